"""The line that will be printed of a prize, as its winners read it, and what a correction makes of it.

A correction touches names as printed, their order, the unit and the title; never who wrote the work, the prize or the
money. Whoever confirms a line confirms exactly these words: its fingerprint is kept with the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from unicodedata import normalize

from contest.audit.chain import canonical

AWARD, NEWSROOM = "giai", "tap-the"
"""The two kinds of lines, as they stand in addresses: the prize of a work, and of a newsroom."""

Copy = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Author:
    """One author as printed.

    :ivar subject: random id of the person
    """

    subject: str
    name: str
    pen_names: str


@dataclass(frozen=True, slots=True)
class Line:
    """What is printed of one prize.

    :ivar number: of the prize among those of works, or of newsrooms
    :ivar section: code of the part of the list in which it stands
    :ivar authors: in their order; the newsroom alone for a prize of a newsroom
    """

    kind: str
    number: int
    section: str
    prize: str
    category: str
    genre: str
    title: str
    unit: str
    authors: tuple[Author, ...]
    entry_id: int | None
    entry_code: str
    shown_code: str
    money: int
    is_suspended: bool = False

    @property
    def key(self) -> str:
        """The line in addresses and in the log."""
        return f"{self.kind}-{self.number}"

    @property
    def purse(self) -> str:
        """For what money is paid, whichever prize it has: that of a work stays when the work moves up in its part."""
        return self.key if self.entry_id is None else f"{self.entry_id}:{self.section}"

    @property
    def called(self) -> str:
        """Whose words stand on it: lines of the same work, or of the same newsroom, are corrected as one."""
        return self.authors[0].name if self.is_of_newsroom else self.entry_code

    @property
    def is_of_newsroom(self) -> bool:
        """Whether the prize is one of a newsroom, which is given for no single work."""
        return self.kind == NEWSROOM

    @property
    def names(self) -> str:
        """The authors in one line, as a list of winners names them."""
        return ", ".join(
            f"{author.name} ({author.pen_names})" if author.pen_names else author.name for author in self.authors
        )

    @property
    def fingerprint(self) -> str:
        """What changes as soon as one printed letter does."""
        authors = [[author.subject, author.name, author.pen_names] for author in self.authors]
        printed = [self.key, self.prize, self.category, self.genre, self.title, self.unit, authors]
        return sha256(canonical(printed)).hexdigest()


def lines_of(copy: Copy) -> Iterator[Line]:
    """Read the lines of a decision in their order, those of newsrooms last; awards that are taken back have none."""
    return (line for line in given_lines(copy) if not line.is_suspended)


def given_lines(copy: Copy) -> Iterator[Line]:
    """Read the lines of all awards that are not revoked, also of those that are suspended."""
    for line in copy["awards"]:
        yield Line(
            kind=AWARD,
            number=line["award_id"],
            section=line["section"],
            prize=tidy(line["tier_name"]),
            category=tidy(line["category_name"]),
            genre=tidy(line["genre_name"]),
            title=tidy(line["title"]),
            unit=tidy(line["unit"]),
            authors=tuple(
                Author(author["subject"], tidy(author["name"]), tidy(author["pen_names"])) for author in line["authors"]
            ),
            entry_id=line["entry_id"],
            entry_code=line["entry_code"],
            shown_code=line["shown_code"],
            money=line["money"],
            is_suspended=bool(line.get("suspended")),
        )
    for line in copy["collective"]:
        yield Line(
            kind=NEWSROOM,
            number=line["collective_id"],
            section="",
            prize=tidy(line["tier_name"]),
            category="",
            genre="",
            title="",
            unit="",
            authors=(Author("", tidy(line["outlet"]), ""),),
            entry_id=None,
            entry_code="",
            shown_code="",
            money=line["money"],
            is_suspended=bool(line.get("suspended")),
        )


def find(lines: Iterable[Line], key: str) -> Line | None:
    """Find a line by its key."""
    return next((line for line in lines if line.key == key), None)


def tidy(text: str) -> str:
    """Bring a text to the letters that are printed: NFC with single spaces."""
    return " ".join(normalize("NFC", text).split())


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a line as somebody wishes it.

    :ivar field: ``title``, ``unit``, ``order``, or ``name:<place>`` and ``pen_names:<place>`` of the author who stands
        at a place, counted from 1, before any change
    """

    field: str
    before: str
    after: str


def changes(line: Line, wished: Line, order: tuple[int, ...]) -> list[Change]:
    """List what somebody wishes otherwise than it stands.

    :param wished: the line as typed, its authors still in the old order
    :param order: the places of the authors, counted from 1, as they are to stand
    """
    found = [Change("title", line.title, wished.title), Change("unit", line.unit, wished.unit)]
    for place, (author, asked) in enumerate(zip(line.authors, wished.authors, strict=True), 1):
        found.append(Change(f"name:{place}", author.name, asked.name))
        found.append(Change(f"pen_names:{place}", author.pen_names, asked.pen_names))
    as_is = tuple(range(1, len(line.authors) + 1))
    found.append(Change("order", _written(as_is), _written(order)))
    return [change for change in found if change.before != change.after]


def _written(order: tuple[int, ...]) -> str:
    return ", ".join(map(str, order))


def read_order(text: str) -> tuple[int, ...]:
    """Read an order of authors."""
    return tuple(int(place) for place in text.split(", "))


def still_asks(line: Line, asked: Iterable[Change]) -> bool:
    """Say whether what a correction wants changed still stands as it was when it was asked for."""
    return all(change.before == _value(line, change.field) for change in asked)


def _value(line: Line, field: str) -> str:
    name, _, place = field.partition(":")
    if name == "order":
        return _written(tuple(range(1, len(line.authors) + 1)))
    if place:
        return str(getattr(line.authors[int(place) - 1], name)) if int(place) <= len(line.authors) else ""
    return str(getattr(line, name))


def contradict(one: Iterable[Change], other: Iterable[Change]) -> bool:
    """Say whether two corrections want the same field otherwise."""
    wanted = {change.field: change.after for change in one}
    return any(change.field in wanted and wanted[change.field] != change.after for change in other)


def applied(line: Line, asked: Iterable[Change]) -> Line:
    """Give the line as it reads once a correction is made."""
    authors, order = list(line.authors), tuple(range(1, len(line.authors) + 1))
    plain: dict[str, Any] = {}
    for change in asked:
        name, _, place = change.field.partition(":")
        if name == "order":
            order = read_order(change.after)
        elif place:
            authors[int(place) - 1] = replace(authors[int(place) - 1], **{name: change.after})
        else:
            plain[name] = change.after
    return replace(line, **plain, authors=tuple(authors[place - 1] for place in order))


def corrected(copy: Copy, key: str, asked: Iterable[Change]) -> dict[str, Any]:
    """Give the copy of a decision in which one line is corrected; every other word of it stays.

    A work, or a newsroom, that has several prizes is called the same on each: what is corrected reaches all its lines.
    """
    asked, made = list(asked), deepcopy(dict(copy))
    kind, _, number = key.rpartition("-")
    rows, column = (made["awards"], "award_id") if kind == AWARD else (made["collective"], "collective_id")
    row = next(row for row in rows if row[column] == int(number))
    if kind == NEWSROOM:
        before = row["outlet"]
        after = next((change.after for change in asked if change.field == "name:1"), before)
        for each in rows:
            each["outlet"] = after if each["outlet"] == before else each["outlet"]
        return made
    order = tuple(range(1, len(row["authors"]) + 1))
    for change in asked:
        name, _, place = change.field.partition(":")
        if name == "order":
            order = read_order(change.after)
        elif place:
            row["authors"][int(place) - 1][name] = change.after
        else:
            row[name] = change.after
    row["authors"] = [row["authors"][place - 1] for place in order]
    for each in rows:
        if each["entry_id"] == row["entry_id"]:
            each |= deepcopy({name: row[name] for name in ("title", "unit", "authors")})
    return made
