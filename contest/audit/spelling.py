"""How a value is kept, beside what it says: each has one spelling, and another one is an edit past the system.

A hash is made of what a row says as the program reads it. A database can keep the same in other ways that it does not
find or sort alike: nothing as the ``null`` of JSON, on SQLite also a moment under another zone, or 2 for yes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import JSON, Boolean, ColumnElement, Date, DateTime, Integer, Text, cast, false, func, or_, type_coerce
from sqlalchemy.types import TypeDecorator

from contest.database import db

DAY = "-".join(("[0-9]" * 4, "[0-9]" * 2, "[0-9]" * 2))
MOMENT = f"{DAY} {':'.join(['[0-9]' * 2] * 3)}.{'[0-9]' * 6}"
WHITE = " \t\n\r"  # what may stand around a value of JSON


def is_strange(columns: Iterable[ColumnElement[Any]]) -> ColumnElement[bool]:
    """Whether one of these columns is kept in a way in which the program never writes."""
    on_sqlite = db.engine.dialect.name == "sqlite"
    return or_(false(), *(found for column in columns if (found := _strange(column, on_sqlite=on_sqlite)) is not None))


def _strange(column: ColumnElement[Any], *, on_sqlite: bool) -> ColumnElement[bool] | None:
    kind: Any = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(kind, JSON):
        return func.trim(cast(column, Text), WHITE) == "null"
    if not on_sqlite:
        return None  # it keeps moments, days and yes or no as what they are
    if isinstance(kind, Boolean):
        return type_coerce(column, Integer).not_in((0, 1))
    if isinstance(kind, DateTime | Date):
        return type_coerce(column, Text).op("NOT GLOB")(MOMENT if isinstance(kind, DateTime) else DAY)
    return None
