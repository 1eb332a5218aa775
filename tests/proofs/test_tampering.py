"""Whatever one changes in a protected table, past the system, is found and named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Connection,
    Date,
    DateTime,
    Row,
    Table,
    UniqueConstraint,
    func,
    insert,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError

from contest import audit
from contest.audit import protection
from contest.audit.models import AuditHead, AuditLine
from contest.audit.protection import PROTECTED, Protected, key_of
from contest.database import db
from tests.world import World

KINDS = ("edit", "remove", "insert", "exchange", "respell")
NOT_IN_A_LINE = {"id"}
"""What a line of the log does not say: under which number the table keeps it."""


@pytest.fixture
def connection(world: World) -> Iterator[Connection]:
    """The rows of a played instance in the hands of somebody who may do anything; all of it is taken back."""
    with world.app.app_context():
        connection = db.session.connection()
        protection.lift(connection)
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        yield connection
        db.session.rollback()


def test_any_single_edit_removal_insertion_or_exchange_is_found_and_named(
    connection: Connection, request: pytest.FixtureRequest
) -> None:
    """Rows of every protected table are altered at random; the finder names exactly those. (A7, F5)"""
    long = request.config.getoption("--long")
    assert found() == set()
    for seed in range(12 if long else 1):
        chance = Random(seed)
        tables = list(PROTECTED) if long else ["audit_line", "score_sheet", *chance.sample(list(PROTECTED), 5)]
        for name in tables:
            protected = PROTECTED[name]
            rows = connection.execute(select(protected.table)).all()
            for kind in KINDS if long else chance.sample(KINDS, 1):
                if len(rows) > (1 if kind == "exchange" else 0):
                    check(connection, protected, kind, rows, chance, f"{kind} in {name}, seed {seed}")


def check(
    connection: Connection, protected: Protected, kind: str, rows: list[Row[Any]], chance: Random, told: str
) -> None:
    """Do one thing to a table, see that it is named, and take it back."""
    aside = connection.begin_nested()
    try:
        expected = tamper(connection, protected, kind, rows, chance)
    except (
        IntegrityError
    ):  # the database refuses it even without a trigger: a number given twice, a reference to nothing
        expected = None
    else:
        assert found() >= expected, told
    aside.rollback()


def found() -> set[tuple[str, str]]:
    """What the finder names, as table and key."""
    chains = sorted(db.session.scalars(select(AuditLine.chain).union(select(AuditHead.chain))))
    lines = {("audit", str(chain)) for chain in chains if audit.verify(chain) is not None}
    return lines | {(flaw.table, flaw.key) for flaw in audit.flaws()}


def tamper(
    connection: Connection, protected: Protected, kind: str, rows: list[Row[Any]], chance: Random
) -> set[tuple[str, str]]:
    """Change something, and say what must be named."""
    table, row = protected.table, chance.choice(rows)
    if kind == "remove":
        connection.execute(table.delete().where(is_row(table, row)))
        return named(protected, row)
    if kind == "insert":
        invented = copied(connection, protected, row)
        connection.execute(insert(table).values(invented))
        return named(protected, invented)
    if kind == "exchange" and table is AuditLine.__table__:
        return lines_exchanged(connection, protected, row, rows, chance)
    if kind == "exchange":
        others = [each for each in rows if said(protected, each) != said(protected, row)]
        if not others:
            return set()
        other = chance.choice(others)
        aside = dict.fromkeys(protected.key[-1:], -1)
        connection.execute(update(table).where(is_row(table, row)).values(keys(table, row, aside)))
        connection.execute(update(table).where(is_row(table, other)).values(keys(table, row)))
        connection.execute(update(table).where(is_row(table, row, aside)).values(keys(table, other)))
        return named(protected, row) | named(protected, other)
    if kind == "respell":
        spellings = other_spellings(connection, table, row)
        if not spellings:
            return set()
        column = chance.choice(sorted(spellings))
        spelling = literal_column(spellings[column])
        connection.execute(update(table).where(is_row(table, row)).values({column: spelling}))
        return named(protected, row)
    columns = [name for name in protected.columns if protected.is_bound or name not in NOT_IN_A_LINE]
    column = chance.choice(columns)
    values = {column: other_value(row._mapping[column], table.c[column].type)}
    connection.execute(update(table).where(is_row(table, row)).values(values))
    return named(protected, row)


def other_spellings(connection: Connection, table: Table, row: Row[Any]) -> dict[str, str]:
    """Give other ways in which a column can keep what the program would read as the same, as SQL."""
    protected, found = PROTECTED[table.name], {}
    for name in protected.columns:
        kind, value = table.c[name].type, row._mapping[name]
        kind = getattr(kind, "impl", kind)
        if isinstance(kind, JSON) and value is None:
            found[name] = "'null'"
        if connection.dialect.name != "sqlite" or not value:
            continue
        if isinstance(kind, Boolean):
            found[name] = "2"
        elif isinstance(kind, DateTime):
            found[name] = f"replace({name}, ' ', 'T')"
        elif isinstance(kind, Date):
            found[name] = f"replace({name}, '-', '')"
    return found


def lines_exchanged(
    connection: Connection, protected: Protected, row: Row[Any], rows: list[Row[Any]], chance: Random
) -> set[tuple[str, str]]:
    """Let two lines of a chain change their numbers."""
    others = [each for each in rows if each.chain == row.chain and each.number != row.number]
    if not others:
        return set()
    table, other = protected.table, chance.choice(others)
    for each, number in ((row, -1), (other, row.number), (row, other.number)):
        connection.execute(update(table).where(is_row(table, each)).values(number=number))
    return named(protected, row)


def said(protected: Protected, row: Row[Any]) -> dict[str, Any]:
    return {name: row._mapping[name] for name in protected.columns if name not in protected.key}


def named(protected: Protected, row: Any) -> set[tuple[str, str]]:
    """How the finder names a row: a line of the log by its chain."""
    values = row if isinstance(row, dict) else row._mapping
    return (
        {(protected.table.name, key_of(protected, values))} if protected.is_bound else {("audit", str(values["chain"]))}
    )


def keys(table: Table, row: Row[Any], aside: dict[str, Any] | None = None) -> dict[str, Any]:
    return {column.name: row._mapping[column.name] for column in table.primary_key} | (aside or {})


def is_row(table: Table, row: Row[Any], aside: dict[str, Any] | None = None) -> Any:
    return db.and_(*(table.c[name] == value for name, value in keys(table, row, aside).items()))


def copied(connection: Connection, protected: Protected, row: Row[Any]) -> dict[str, Any]:
    """A row like another, under keys of its own."""
    table, values = protected.table, dict(row._mapping)
    unique = {
        column.name for each in table.constraints if isinstance(each, UniqueConstraint) for column in each.columns
    }
    own = protected.key[-1]
    for name in unique | {own}:
        if not table.c[name].foreign_keys or name == own:
            values[name] = (
                connection.scalar(select(func.max(table.c[name]))) + 1000
                if isinstance(values[name], int)
                else other_value(values[name], table.c[name].type)
            )
    return values


def other_value(value: Any, kind: Any) -> Any:
    """Give a value of the same kind that is not this one."""
    if value is None:
        simple = {int: 1, bool: True, str: "khác", date: date(2025, 9, 1), datetime: datetime(2025, 9, 1, tzinfo=UTC)}
        return {} if isinstance(kind, JSON) else simple[kind.python_type]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, datetime | date):
        return value + timedelta(days=1)
    if isinstance(value, dict):
        return {**value, "khác": 1}
    if isinstance(value, list):
        return [*value, "khác"]
    kinds = getattr(kind, "enum_class", None)
    if kinds is not None:
        return next(each for each in kinds if each != value)
    return ("0" if not str(value).startswith("0") else "1") + str(value)[1:]
