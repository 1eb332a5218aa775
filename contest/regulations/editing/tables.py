"""Writing names and values into the lines of one table, keeping how all the others are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contest.regulations.editing.intent import Row, Rows, applied, same, split
from contest.regulations.editing.rendering import dotted, rendered
from contest.regulations.editing.scanning import Item, Key, Listed, Statement, entries, listed, statements

INDENT = "\n    "


def says(body: str, way: Key) -> bool:
    """Say whether the lines of a table hold a name, or one that leads through it."""
    return any(statement.key[: len(way)] == way for statement in statements(body)[0])


def with_value(body: str, way: Key, value: Any, old: Any) -> str:
    """Write a value into the lines below a heading.

    :param old: what stands there now, as it is read
    """
    lines, rest = statements(body)
    return "".join(line.text for line in _among(lines, way, value, old, ending="\n")) + rest


def in_inline(table: str, way: Key, value: Any, old: Any) -> str:
    """Write a value into an inline table."""
    inside = [replace(entry, before=entry.before) for entry in _among(entries(table), way, value, old, ending="")]
    return "{" + ", ".join(entry.text for entry in inside) + "}"


def _among(lines: list[Statement], way: Key, value: Any, old: Any, *, ending: str) -> list[Statement]:
    for number, line in enumerate(lines):
        if line.key == way:
            if value is None or (isinstance(value, Rows) and not value.rows):
                return lines[:number] + lines[number + 1 :]
            return [*lines[:number], replace(line, value=_changed(line.value, value, old)), *lines[number + 1 :]]
        if line.key == way[: len(line.key)] and line.value.startswith("{"):
            inner = in_inline(line.value, way[len(line.key) :], value, old)
            return [*lines[:number], replace(line, value=inner), *lines[number + 1 :]]
    through = [line for line in lines if line.key[: len(way)] == way]
    if through and isinstance(value, Mapping):
        gone = dict.fromkeys(old) if isinstance(old, dict) else {}
        for name, inner in {**gone, **value}.items():
            lines = _among(lines, (*way, name), inner, old.get(name) if gone else None, ending=ending)
        return lines
    lines = [line for line in lines if line not in through]
    if value is None or (isinstance(value, Rows) and not value.rows):
        return lines
    siblings = len(way) > 1 and any(line.key[:1] == way[:1] for line in lines)
    key, written = (way, value) if siblings else (way[:1], _nested(way[1:], value))
    if lines and ending and not lines[-1].after.endswith("\n"):
        lines = [*lines[:-1], replace(lines[-1], after=lines[-1].after + "\n")]
    return [*lines, Statement(f"{dotted(key)} = ", key, _fresh(written, in_lines=bool(ending)), ending)]


def _nested(way: Key, value: Any) -> Any:
    for name in reversed(way):
        value = {name: value}
    return value


def _changed(text: str, value: Any, old: Any) -> str:
    """Write a value in the place of another, keeping what they share."""
    if isinstance(value, Rows):
        return _rows_changed(text, value, old) if text.startswith("[") else _fresh(value, in_lines=True)
    if isinstance(value, Mapping) and isinstance(old, dict) and text.startswith("{"):
        for name in old.keys() - value.keys():
            text = in_inline(text, (name,), None, old[name])
        for name, inner in value.items():
            if not same(old.get(name), inner):
                text = in_inline(text, (name,), inner, old.get(name))
        return text
    if isinstance(value, list | tuple) and isinstance(old, list) and text.startswith("["):
        return _list_changed(text, list(value), old)
    return rendered(value)


def _list_changed(text: str, value: list[Any], old: list[Any]) -> str:
    known = listed(text)
    left = list(zip(old, known.items, strict=True))
    items = []
    for wanted in value:
        kept = next((number for number, (was, _) in enumerate(left) if same(was, wanted)), None)
        items.append(left.pop(kept)[1] if kept is not None else Item("", rendered(wanted)))
    return known.with_items(items).text


def _rows_changed(text: str, rows: Rows, old: Any) -> str:
    known = listed(text)
    items = []
    for row in rows.rows:
        if row.origin is None:
            items.append(Item("", rendered(plain_row(row))))
            continue
        item, was = known.items[row.origin], old[row.origin]
        for key, value in row.values.items():
            item = replace(item, value=in_inline(item.value, split(key), value, value_of(was, split(key))))
        items.append(item)
    changed = known.with_items(items)
    if not known.items:
        changed = _in_lines(changed)
    return changed.text


def _fresh(value: Any, *, in_lines: bool) -> str:
    if not isinstance(value, Rows):
        return rendered(_unrolled(value))
    written = Listed(tuple(Item("", rendered(plain_row(row))) for row in value.rows), "", False)
    return (_in_lines(written) if in_lines else written.with_items(list(written.items))).text


def _in_lines(known: Listed) -> Listed:
    items = tuple(replace(item, lead=INDENT) for item in known.items)
    return replace(known, items=items, closing="\n", trailing_comma=True)


def _unrolled(value: Any) -> Any:
    if isinstance(value, Rows):
        return [plain_row(row) for row in value.rows]
    if isinstance(value, Mapping):
        return {key: _unrolled(inner) for key, inner in value.items()}
    return value


def plain_row(row: Row) -> dict[str, Any]:
    """Give a new row as a plain table."""
    return applied({}, row.values)


def value_of(table: Any, way: Key) -> Any:
    """Read what a table says at a name, or None."""
    for name in way:
        table = table.get(name) if isinstance(table, dict) else None
    return table
