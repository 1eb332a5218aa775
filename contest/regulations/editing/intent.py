"""What shall stand in a document: values at their names, and lists of tables as they shall be."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contest.regulations.editing.scanning import Key


@dataclass(frozen=True)
class Row:
    """One table of a list.

    :ivar origin: which one it has been, counted from 0; None for a new one
    :ivar values: what changes in it, by dotted name: a value, None to leave the name out, or `Rows`
    """

    origin: int | None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Rows:
    """A list of tables as it shall be: what is not among the rows is removed.

    :ivar in_sections: whether a new list is written with a heading for each table, else in square brackets
    """

    rows: tuple[Row, ...]
    in_sections: bool = True


def same(old: Any, new: Any) -> bool:
    """Say whether a value is written already; a day and a moment on it compare as equal and are not."""
    if isinstance(old, bool) or isinstance(new, bool):
        return old is new
    if isinstance(old, list) and isinstance(new, list | tuple):
        return len(old) == len(new) and all(map(same, old, new))
    if isinstance(old, dict) and isinstance(new, Mapping):
        return old.keys() == new.keys() and all(same(old[key], new[key]) for key in old)
    return isinstance(new, type(old)) and bool(old == new)


def split(key: str) -> Key:
    """Read a dotted name."""
    return tuple(key.split("."))


def applied(old: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """Give a table with its new values: what the document must say afterwards."""
    table = dict(old) if isinstance(old, dict) else {}
    for key, value in values.items():
        _put(table, split(key), value)
    return table


def _put(table: dict[str, Any], way: Key, value: Any) -> None:
    first, *rest = way
    if rest:
        inner = table.get(first)
        inner = dict(inner) if isinstance(inner, dict) else {}
        _put(inner, tuple(rest), value)
        if inner or first in table:
            table[first] = inner
    elif isinstance(value, Rows):
        items = rows_applied(table.get(first), value)
        table[first] = items
        if not items:
            del table[first]
    elif value is None:
        table.pop(first, None)
    else:
        table[first] = _plain(value)


def rows_applied(old: Any, rows: Rows) -> list[dict[str, Any]]:
    """Give a list of tables as it shall be."""
    known: Sequence[Any] = old if isinstance(old, list) else ()
    return [applied(known[row.origin] if row.origin is not None else {}, row.values) for row in rows.rows]


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
