"""Who judges what, as a table that people send: which work and which juror each row means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from contest.errors import N_
from contest.web.text import fold


class Column(StrEnum):
    """A column of the table."""

    WORK = "work"
    TITLE = "title"
    PANEL = "panel"
    EMAIL = "email"
    JUROR = "juror"
    STATE = "state"


LABELS = {
    Column.WORK: N_("Code of the work"),
    Column.TITLE: N_("Title"),
    Column.PANEL: N_("Panel"),
    Column.EMAIL: N_("E-mail of the juror"),
    Column.JUROR: N_("Juror"),
    Column.STATE: N_("State"),
}
"""What the columns are called in the file that is offered."""

WORDS = {
    Column.WORK: ("mã tác phẩm", "mã", "mã số", "mã bài", "code", "entry"),
    Column.EMAIL: ("e-mail", "email", "thư điện tử", "e-mail giám khảo", "email giám khảo", "e-mail of the juror"),
    Column.JUROR: ("giám khảo", "họ tên giám khảo", "họ và tên giám khảo", "ủy viên", "juror"),
}
"""What people call the columns that are read; marks, capitals and accents do not matter."""


class Mistake(StrEnum):
    """Why a row means nothing."""

    columns = "columns"
    work = "work"
    juror = "juror"
    several = "several"
    twice = "twice"

    @property
    def sentence(self) -> str:
        """What is wrong, an English msgid that may use ``written``."""
        return SENTENCES[self]


SENTENCES = {
    Mistake.columns: N_("The first row names no column for the code of the work, or none for the juror."),
    Mistake.work: N_("No work with the code “%(written)s” is in this round."),
    Mistake.juror: N_("Nobody on the panels of this round is “%(written)s”."),
    Mistake.several: N_("Several jurors are called “%(written)s”. Write the e-mail of the one who is meant."),
    Mistake.twice: N_("The work is given to this juror twice."),
}


@dataclass(frozen=True)
class Misread:
    """A row that means nothing, by its number in the file."""

    row: int
    mistake: Mistake
    written: str = ""


@dataclass(frozen=True)
class Reading:
    """What a table says.

    :ivar rows: the row of each line, (entry, juror)
    """

    rows: Mapping[tuple[int, int], int]
    misread: tuple[Misread, ...]

    @property
    def chosen(self) -> dict[int, set[int]]:
        """The jurors of each work that the table names."""
        found: dict[int, set[int]] = {}
        for entry_id, juror_id in self.rows:
            found.setdefault(entry_id, set()).add(juror_id)
        return found


def read(
    rows: Iterable[tuple[int, Sequence[str]]],
    *,
    works: Mapping[str, int],
    emails: Mapping[str, int],
    names: Mapping[str, Sequence[int]],
) -> Reading:
    """Read a table of assignments; a row without a juror says nothing of its work and is passed over.

    :param rows: number and cells, the heads first
    :param works: entry by folded code
    :param emails: juror by e-mail in lower case
    :param names: jurors by folded name
    """
    numbered = iter(rows)
    first = next(numbered, (1, ()))
    places = _columns(first[1])
    if Column.WORK not in places or not places.keys() & {Column.EMAIL, Column.JUROR}:
        return Reading({}, (Misread(first[0], Mistake.columns),))
    found: dict[tuple[int, int], int] = {}
    misread: list[Misread] = []
    for number, cells in numbered:
        code, email, name = (_cell(cells, places.get(one)) for one in (Column.WORK, Column.EMAIL, Column.JUROR))
        if not email and not name:
            continue
        jurors = (
            [emails[email.lower()]] if email.lower() in emails else ([] if email else list(names.get(fold(name), ())))
        )
        entry_id = works.get(fold(code))
        if entry_id is None:
            misread.append(Misread(number, Mistake.work, code))
        elif len(jurors) != 1:
            misread.append(Misread(number, Mistake.several if jurors else Mistake.juror, email or name))
        elif (entry_id, jurors[0]) in found:
            misread.append(Misread(number, Mistake.twice))
        else:
            found[entry_id, jurors[0]] = number
    return Reading(found, tuple(misread))


def _columns(heads: Sequence[str]) -> dict[Column, int]:
    meant = {fold(word): column for column, words in WORDS.items() for word in words}
    found: dict[Column, int] = {}
    for place, head in enumerate(heads):
        column = meant.get(fold(head))
        if column is not None:
            found.setdefault(column, place)
    return found


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place].removeprefix("'").strip() if place is not None and place < len(cells) else ""
