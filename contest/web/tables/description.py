"""A table as it is described: what each column is called, what it holds, and how a row gives it."""

from __future__ import annotations

import datetime as days
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from operator import attrgetter
from typing import Any

from contest import clock
from contest.web.formats import rounded

Cell = str | int | float | days.date | days.datetime | bool | None
Given = Callable[[Any], Any]


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    NUMBER = "number"
    POINTS = "points"
    MONEY = "money"
    DATE = "date"
    MOMENT = "moment"
    BOOL = "bool"
    LINK = "link"


@dataclass(frozen=True)
class Column:
    """One column.

    :ivar key: its name in JSON
    :ivar label: its heading, in the language of the reader
    :ivar given: what a row holds there
    :ivar width: in letters
    :ivar decimals: places after the comma, of points
    """

    key: str
    label: str
    kind: Kind
    given: Given
    width: int
    decimals: int = 2

    def of(self, row: Any) -> Cell:
        """Give what a row holds, as a plain value of this kind; None for nothing."""
        value = self.given(row)
        if value is None or value == "":
            return None
        return _PLAIN[self.kind](value, self.decimals)


_PLAIN: dict[Kind, Callable[[Any, int], Cell]] = {
    Kind.TEXT: lambda value, _: str(value),
    Kind.NUMBER: lambda value, _: value if isinstance(value, int) else float(value),
    Kind.POINTS: lambda value, decimals: rounded(Fraction(value) / 100, decimals),
    Kind.MONEY: lambda value, _: int(value),
    Kind.DATE: lambda value, _: _day(value),
    Kind.MOMENT: lambda value, _: clock.local(value).replace(microsecond=0),
    Kind.BOOL: lambda value, _: bool(value),
    Kind.LINK: lambda value, _: str(value),
}


def _day(value: days.date | days.datetime | str) -> days.date:
    if isinstance(value, str):
        return days.date.fromisoformat(value)
    return clock.local(value).date() if isinstance(value, days.datetime) else value


def _column(kind: Kind, width: int) -> Callable[..., Column]:
    def column(key: str, label: str, given: Given | None = None, *, width: int = width, decimals: int = 2) -> Column:
        return Column(key, label, kind, given or attrgetter(key), width, decimals)

    column.__doc__ = f"A column of kind {kind}; a row gives it by its key, unless said otherwise."
    return column


text = _column(Kind.TEXT, 24)
number = _column(Kind.NUMBER, 10)
points = _column(Kind.POINTS, 10)  # given in hundredths of a point
money = _column(Kind.MONEY, 16)
date = _column(Kind.DATE, 12)
moment = _column(Kind.MOMENT, 18)
yes = _column(Kind.BOOL, 10)
link = _column(Kind.LINK, 40)


@dataclass(frozen=True)
class Table:
    """Columns and the rows they are read from.

    :ivar name: of the file, in letters without marks
    :ivar title: what it is, in the language of the reader
    :ivar rows: anything the columns can read; gone through once, so it may come from the database row by row
    :ivar note: what whoever reads it should know, such as what is not in it
    :ivar personal: whether it holds how to reach people, so that taking it is recorded
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Any]
    personal: bool = False
    note: str = ""
