"""Newsrooms: their kinds, and lists of them as they come from a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contest.errors import N_

Span = tuple[date | None, date | None]


class OutletKind(StrEnum):
    """What an outlet does."""

    NEWSPAPER = "newspaper"
    BROADCASTER = "broadcaster"
    MULTIMEDIA = "multimedia"
    AGENCY = "agency"
    MAGAZINE = "magazine"
    LOCAL = "local"
    BRANCH = "branch"

    @property
    def label(self) -> str:
        """Message id of the kind as people call it."""
        return OUTLET_KIND_LABELS[self]


OUTLET_KIND_LABELS = {
    OutletKind.NEWSPAPER: N_("Newspaper"),
    OutletKind.BROADCASTER: N_("Radio and television"),
    OutletKind.MULTIMEDIA: N_("Multimedia newsroom"),
    OutletKind.AGENCY: N_("News agency"),
    OutletKind.MAGAZINE: N_("Magazine"),
    OutletKind.LOCAL: N_("Local broadcasting centre"),
    OutletKind.BRANCH: N_("Branch of the journalists' association"),
}


@dataclass(frozen=True)
class OutletLine:
    """One line of an imported list of outlets."""

    number: int
    name: str
    kind: OutletKind
    valid_from: date | None
    valid_until: date | None
    successor: str


def overlap(one: Span, other: Span) -> bool:
    """Say whether two spans of days share a day; an open end goes on for ever."""
    return (one[0] or date.min) <= (other[1] or date.max) and (other[0] or date.min) <= (one[1] or date.max)


class BadLine(ValueError):
    """One line of an imported list cannot be read.

    :ivar reason: message id of a sentence that names the line
    """

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(reason)
        self.number, self.reason = number, reason


CELLS = 5
MAX_LINES = 500
MAX_NAME = 200
_HEADINGS = frozenset({"kind", "loại", "loại hình"})

_NO_NAME = N_("Line %(line)s has no name of an outlet. Nothing was imported.")
_LONG_NAME = N_("The name on line %(line)s has more than 200 characters. Nothing was imported.")
_NO_KIND = N_("The kind on line %(line)s is none of the kinds listed here. Nothing was imported.")
_NO_DATE = N_("A date on line %(line)s is not written like 19/05/2025. Nothing was imported.")
_REVERSED = N_("On line %(line)s the last day lies before the first one. Nothing was imported.")
_TOO_MANY_CELLS = N_("Line %(line)s has more than five cells. Nothing was imported.")
_TOO_MANY_LINES = N_("The list has more than 500 lines. Import it in parts. Nothing was imported.")
_UNREADABLE = N_("Line %(line)s cannot be read as CSV. Nothing was imported.")


def outlet_lines(text: str, kinds: Mapping[str, OutletKind]) -> list[OutletLine]:
    """Read a list of outlets as CSV: name, kind, first day, last day, successor.

    A spreadsheet in Vietnamese writes semicolons, a copy from one pastes tabs, others write commas: the first line
    tells. A line of headings is passed over.

    :param kinds: what each kind is called, in small letters
    :raise BadLine: for the first line that cannot be read
    """
    text = text.removeprefix("\ufeff")
    heading = text.partition("\n")[0]
    delimiter = next((mark for mark in "\t;" if mark in heading), ",")
    found = []
    for number, cells in _numbered_cells(text, delimiter):
        if number > MAX_LINES:
            raise BadLine(number, _TOO_MANY_LINES)
        if any(cells) and not (number == 1 and cells[1:2] and cells[1].lower() in _HEADINGS):
            found.append(_outlet_line(number, cells, kinds))
    return found


def _numbered_cells(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    rows: list[tuple[int, list[str]]] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True), start=1):
            rows.append((number, [" ".join(cell.split()) for cell in cells]))
    except csv.Error as error:
        raise BadLine(len(rows) + 1, _UNREADABLE) from error
    return rows


def _outlet_line(number: int, cells: list[str], kinds: Mapping[str, OutletKind]) -> OutletLine:
    if len(cells) > CELLS:
        raise BadLine(number, _TOO_MANY_CELLS)
    name, kind, first, last, successor = cells + [""] * (CELLS - len(cells))
    if not name:
        raise BadLine(number, _NO_NAME)
    if len(name) > MAX_NAME:
        raise BadLine(number, _LONG_NAME)
    if kind.lower() not in kinds:
        raise BadLine(number, _NO_KIND)
    try:
        valid_from, valid_until = _day(first), _day(last)
    except ValueError as error:
        raise BadLine(number, _NO_DATE) from error
    if valid_from and valid_until and valid_until < valid_from:
        raise BadLine(number, _REVERSED)
    return OutletLine(number, name, kinds[kind.lower()], valid_from, valid_until, successor)


def _day(text: str) -> date | None:
    """Read a day as Vietnamese or as ISO writes it."""
    if not text:
        return None
    if "/" not in text:
        return date.fromisoformat(text)
    day, month, year = (int(part) for part in text.split("/"))
    return date(year, month, day)
