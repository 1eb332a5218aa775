"""Rows in a form that no engine owns: a backup of SQLite can be restored on PostgreSQL and the other way round.

A table is a line with its columns, then a JSON list for each row, in the order of the key. The columns are those that
the database has, not those of the models: a backup is made before a migration too, and read back at its own step.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    bindparam,
    cast,
    inspect,
    select,
    text,
    type_coerce,
)

from contest.database import BYTES_AT_ONCE, WRITING, Json, UtcDateTime, at_once
from contest.upkeep.refusals import BackupAltered

AT_ONCE = 500
"""Rows that are read or put back at once, if they are small."""
STEPS = "alembic_version"
LEFT_BEHIND = frozenset({STEPS, "user_session", "pulse"})
"""Not rows of the contest: the step stands in the head; sessions end with the machine, and so does its pulse."""


@dataclass(frozen=True)
class Fingerprint:
    """What a table came to."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Kind:
    """How values of a column are written and read back."""

    name: str
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


_MOMENT = Kind("moment", lambda value: value.isoformat(timespec="microseconds"), datetime.fromisoformat)
_DAY = Kind("day", lambda value: value.isoformat(), date.fromisoformat)
_BYTES = Kind("bytes", lambda value: b64encode(value).decode(), b64decode)
_KINDS: tuple[tuple[type[Any], Kind], ...] = (
    (UtcDateTime, _MOMENT),
    (Date, _DAY),
    (LargeBinary, _BYTES),
    (JSON, Kind("json", _same, _same)),
    (Boolean, Kind("yes", bool, bool)),
    (Integer, Kind("number", _same, _same)),
    (Float, Kind("float", float, float)),
    (Numeric, Kind("exact", str, _same)),
    (String, Kind("text", _same, _same)),
)


def tables_of(connection: Connection) -> dict[str, Table]:
    """Look at the tables that are there, in the order of their names, and read their values as the models do."""
    found = MetaData()
    found.reflect(connection)
    for table in found.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type = Json
            elif isinstance(column.type, DateTime):
                column.type = UtcDateTime()
    return {name: found.tables[name] for name in sorted(found.tables) if name not in LEFT_BEHIND}


def kind_of(column: Column[Any]) -> Kind:
    """Say how the values of a column are written."""
    return next(kind for of, kind in _KINDS if isinstance(column.type, of))


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """Write a table, a line at a time, the same whatever engine it is read from."""
    kinds = [kind_of(column) for column in table.columns]
    yield _line([[column.name, kind.name] for column, kind in zip(table.columns, kinds, strict=True)])
    order = [_in_order(connection, column) for column in table.primary_key.columns or table.columns]
    asked = select(*map(_as_read, table.columns)).order_by(*order)
    held = at_once(connection, table.columns, most=AT_ONCE)
    for row in connection.execute(asked, execution_options={"yield_per": held}):
        yield _line([None if value is None else kind.write(value) for kind, value in zip(kinds, row, strict=True)])


def fingerprint(written: Iterable[bytes]) -> Fingerprint:
    """Hash the lines of a table; the first is no row."""
    digest, count = sha256(), -1
    for line in written:
        digest.update(line)
        count += 1
    return Fingerprint(count, digest.hexdigest())


def fill(connection: Connection, table: Table, written: Iterator[bytes]) -> None:
    """Put the rows of a table back.

    :raise BackupAltered: if its columns are not those that were written
    """
    columns = [tuple(each) for each in json.loads(next(written))]
    if columns != [(column.name, kind_of(column).name) for column in table.columns]:
        named = {name for name, _ in columns}
        if named != {column.name for column in table.columns}:
            raise BackupAltered(place=table.name)
    kinds = [kind_of(table.columns[name]) for name, _ in columns]
    names = [name for name, _ in columns]
    as_text = {
        column.name: _as_written(connection, column) for column in table.columns if isinstance(column.type, JSON)
    }
    insert = table.insert().values({name: bindparam(name) for name in names} | as_text)

    def row(line: bytes) -> dict[str, Any]:
        return {
            name: None if value is None else kind.read(value)
            for name, kind, value in zip(names, kinds, json.loads(line), strict=True)
        }

    for batch in _batches(written, row):
        connection.execute(insert, batch)


def _batches(written: Iterator[bytes], row: Callable[[bytes], dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    size = 0
    for line in written:
        if batch and (len(batch) == AT_ONCE or size + len(line) > BYTES_AT_ONCE):
            yield batch
            batch, size = [], 0
        batch.append(row(line))
        size += len(line)
    if batch:
        yield batch


@contextmanager
def references_later(connection: Connection) -> Iterator[None]:
    """Let rows come in any order; at the end every reference is checked."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        yield
        return
    keys = connection.execute(
        text(
            "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
        )
    ).all()
    for table, name, _ in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    for table, name, rule in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} {rule}")


def count_on(connection: Connection, table: Table) -> None:
    """Let the numbers of new rows follow those that came back; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for column in table.primary_key.columns:
        sequence = connection.scalar(
            text("SELECT pg_get_serial_sequence(quote_ident(:table), :column)"),
            {"table": table.name, "column": column.name},
        )
        if sequence is not None:
            last = f'(SELECT max("{column.name}") FROM "{table.name}")'  # noqa: S608 - names of our own tables
            connection.exec_driver_sql(f"SELECT setval('{sequence}', coalesce({last}, 1), {last} IS NOT NULL)")


def take_away(engine: Engine) -> None:
    """Take every table away with all that is in it, whatever its rows refuse to lose; all of it or nothing."""
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect().execution_options(**WRITING) as connection:
        if is_sqlite:  # dropping a table would delete what other rows refer to; only heard outside a transaction
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            quoted = connection.dialect.identifier_preparer.quote
            for name in inspect(connection).get_table_names():
                connection.exec_driver_sql(f"DROP TABLE {quoted(name)}{'' if is_sqlite else ' CASCADE'}")
        connection.invalidate()


def _as_read(column: Column[Any]) -> Any:
    """Read a document as its text, which both engines keep as it came: taken apart, it would fill the memory."""
    return cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column


def _as_written(connection: Connection, column: Column[Any]) -> Any:
    """Put the text of a document back as it is."""
    given = bindparam(column.name, type_=Text())
    return cast(given, JSON()) if connection.dialect.name == "postgresql" else type_coerce(given, Text())


def _in_order(connection: Connection, column: Column[Any]) -> Any:
    """Order by the bytes of words: each database has its own idea of their alphabet."""
    return (
        column.collate("C") if connection.dialect.name == "postgresql" and isinstance(column.type, String) else column
    )


def _line(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
