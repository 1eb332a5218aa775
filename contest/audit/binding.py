"""What was written once, bound into the log: with each line go the hashes of the rows that were written before it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Row, event, select, tuple_
from sqlalchemy.orm import Session, UOWTransaction, object_mapper

from contest.audit.protection import PROTECTED, Protected, key_of
from contest.database import db

Bound = dict[str, dict[str, str | None]]
"""Hash of each row by table and key; None for a row that an act removed."""

WAITING = "rows_to_bind"
AT_ONCE = 500
"""Rows that are asked for by key in one statement."""


def row_hash(values: Mapping[str, Any]) -> str:
    """Hash what a row says, the same on every engine.

    What is empty is left out, so that a column that is added later changes nothing.
    """
    said = {name: _plain(value) for name, value in values.items() if value is not None}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return value


def hashes(found: Protected, rows: Iterable[Row[Any]]) -> Iterator[tuple[str, str]]:
    """Give key and hash of each row."""
    for row in rows:
        values = row._asdict()
        yield key_of(found, values), row_hash(values)


def columns_of(found: Protected) -> list[Any]:
    """The columns that are read to hash a row."""
    return [found.table.c[name] for name in dict.fromkeys((*found.key, *found.columns))]


def is_one_of(found: Protected, keys: Sequence[tuple[Any, ...]]) -> ColumnElement[bool]:
    """Whether a row has one of these keys."""
    columns = [found.table.c[name] for name in found.key]
    return tuple_(*columns).in_(keys) if len(columns) > 1 else columns[0].in_([key[0] for key in keys])


@event.listens_for(db.session, "after_flush")
def _notice(session: Session, context: UOWTransaction) -> None:
    """Remember what was written, to be bound by the next line."""
    for row in session.new:
        _note(session, row, gone=False)
    for row in session.deleted:
        _note(session, row, gone=True)


def _note(session: Session, row: Any, *, gone: bool) -> None:
    mapper = object_mapper(row)
    found = PROTECTED.get(mapper.local_table.name)  # type: ignore[attr-defined]  # a table, of every model
    if found is not None and found.is_bound:
        waiting = session.info.setdefault(WAITING, {}).setdefault(found.table.name, {})
        waiting[tuple(mapper.primary_key_from_instance(row))] = gone


@event.listens_for(db.session, "after_soft_rollback")
def _forget(session: Session, previous: Any) -> None:
    if not session.in_nested_transaction():
        session.info.pop(WAITING, None)


def is_waiting() -> bool:
    """Whether something was written since the last line."""
    return bool(db.session().info.get(WAITING))


def take() -> Bound | None:
    """Give the hash of every row written since the last line, read back as the database has them."""
    waiting = db.session().info.pop(WAITING, None)
    if not waiting:
        return None
    bound: Bound = {}
    for name, keys in waiting.items():
        found = PROTECTED[name]
        bound[name] = {":".join(map(str, key)): None for key, gone in keys.items() if gone}
        there = [key for key, gone in keys.items() if not gone]
        for start in range(0, len(there), AT_ONCE):
            rows = db.session.execute(
                select(*columns_of(found)).where(is_one_of(found, there[start : start + AT_ONCE]))
            )
            bound[name].update(hashes(found, rows))
    return {name: keys for name, keys in bound.items() if keys} or None
