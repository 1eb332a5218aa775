"""Finding the table of a document that a value belongs into, and keeping the sections of lists of tables in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from contest.regulations.editing.intent import Row, Rows, same, split
from contest.regulations.editing.rendering import dotted
from contest.regulations.editing.scanning import Key, Section, sections
from contest.regulations.editing.tables import says, value_of, with_value

USUAL_ORDER = (
    "letterhead", "calendar", "limits", "prior_awards", "entrants", "genres", "topics", "categories", "statements",
    "rubrics", "rounds", "awarding", "prizes", "base_salary", "special_prizes", "thematic_prizes", "collective_prizes",
    "gates", "safeguards", "carry_on", "certificate", "chapters",
)  # fmt: skip
"""Where a table that the document lacks is put."""


def placed(text: str, before: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    """Write values into a document; those that it holds already are left alone."""
    parts = sections(text)
    if _changes(before, values):
        parts = _write(parts, (), before, values)
    return "".join(part.text for part in parts)


def _changes(before: Any, values: Mapping[str, Any]) -> bool:
    return any(not _holds(value_of(before, split(key)), value) for key, value in values.items())


def _holds(old: Any, value: Any) -> bool:
    if not isinstance(value, Rows):
        return same(old, value) if value is not None else old is None
    known = old if isinstance(old, list) else []
    return [row.origin for row in value.rows] == list(range(len(known))) and not any(
        _changes(known[number], row.values) for number, row in enumerate(value.rows)
    )


def _write(parts: list[Section], base: Key, before: Any, values: Mapping[str, Any]) -> list[Section]:
    """Write values into one table.

    :param parts: the sections of that table, its own first
    :param base: the path of its heading
    """
    for key, value in values.items():
        way = split(key)
        old = value_of(before, way)
        if not _holds(old, value):
            parts = _put(parts, base, way, old, value)
    return parts


def _put(parts: list[Section], base: Key, way: Key, old: Any, value: Any) -> list[Section]:
    full = base + way
    starts = [number for number, part in enumerate(parts) if part.is_item and part.path == full and number]
    if isinstance(value, Rows) and starts:
        return _rearranged(parts, full, starts, old, value)
    own = [part for part in parts[1:] if part.path[: len(full)] == full]
    if own and isinstance(value, Mapping) and not starts:
        gone = dict.fromkeys(old) if isinstance(old, dict) else {}
        return _write(parts, base, _nest(way, old), {f"{'.'.join(way)}.{k}": v for k, v in {**gone, **value}.items()})
    if own:
        parts = _without(parts, own)
    if isinstance(value, Rows) and value.in_sections and len(way) == 1 and not says(parts[0].body, way):
        return _insert(parts, base, _begun(full, value))
    for length in range(len(way) - 1, -1, -1):
        for number, part in enumerate(parts):
            if part.path == base + way[:length] and (not part.is_item or number == 0):
                body = with_value(part.body, way[length:], value, old)
                return [*parts[:number], replace(part, body=body), *parts[number + 1 :]]
        if length == 1 and not base and value is not None and not says(parts[0].body, way[:1]):
            fresh = Section("\n", "", f"[{dotted(way[:1])}]\n", way[:1], False, with_value("", way[1:], value, None))
            return _insert(parts, (), [fresh])
    return parts


def _nest(way: Key, value: Any) -> Any:
    for name in reversed(way):
        value = {name: value}
    return value


def _without(parts: list[Section], removed: list[Section]) -> list[Section]:
    """Leave sections out; comments that belong to their place stay there."""
    kept: list[Section] = []
    above = ""
    for part in parts:
        if any(part is gone for gone in removed):
            above += part.above if "#" in part.above else ""
        else:
            kept.append(replace(part, above=above + part.above) if above else part)
            above = ""
    return kept


def _rearranged(parts: list[Section], full: Key, starts: list[int], old: Any, value: Rows) -> list[Section]:
    """Give a list of tables its rows: each with its changes, in their order, where the list stands."""
    owner: dict[int, int] = {}
    for number, part in enumerate(parts):
        if number >= starts[0] and part.path[: len(full)] == full:
            owner[number] = sum(start <= number for start in starts) - 1
    items = [[parts[number] for number, item in owner.items() if item == index] for index in range(len(starts))]
    edited = {
        row.origin: _write(items[row.origin], full, old[row.origin], row.values)
        for row in value.rows
        if row.origin is not None
    }
    if [row.origin for row in value.rows] == list(range(len(starts))) and list(owner) == list(
        range(starts[0], starts[0] + len(owner))
    ):
        ordered = [part for index in range(len(starts)) for part in edited[index]]
    else:
        ordered = _ordered(items, edited, full, value)
    rest = [part for number, part in enumerate(parts) if number not in owner and number > starts[0]]
    removed = [items[index][0] for index in range(len(starts)) if index not in edited]
    comments = "".join(first.above for first in removed if "#" in first.above and first is not items[0][0])
    if comments and rest:
        rest = [replace(rest[0], above=comments + rest[0].above), *rest[1:]]
    return [*parts[: starts[0]], *_ended(ordered), *rest]


def _ordered(items: list[list[Section]], edited: Mapping[int, list[Section]], full: Key, value: Rows) -> list[Section]:
    """Put the tables of a list in order; what stands above the first belongs to the place and stays."""
    above = items[0][0].above
    between = next((item[0].above for item in items[1:] if "#" not in item[0].above), "\n")
    ordered = []
    for number, row in enumerate(value.rows):
        group = edited[row.origin] if row.origin is not None else list(_begun(full, Rows((row,))))
        if number == 0:
            head = above
        elif group[0] is not None and row.origin != 0 and "#" in group[0].above:
            head = group[0].above
        else:
            head = between
        ordered += [replace(group[0], above=head), *group[1:]]
    return ordered


def _ended(parts: list[Section]) -> Iterator[Section]:
    for part in parts:
        text = part.heading + part.body
        yield (
            part
            if text.endswith("\n")
            else replace(part, body=part.body + "\n")
            if part.body
            else replace(part, heading=part.heading + "\n")
        )


def _begun(full: Key, value: Rows) -> list[Section]:
    """Write a list of tables anew."""
    begun: list[Section] = []
    for row in value.rows:
        own = Section("\n", "", f"[[{dotted(full)}]]\n", full, True, "")
        begun += _write([own], full, {}, row.values)
    return begun


def _insert(parts: list[Section], base: Key, fresh: list[Section]) -> list[Section]:
    """Put new sections where they usually stand: behind the table they belong to, or in the order of the reference."""
    number = len(parts)
    if not base and fresh:
        rank = {name: place for place, name in enumerate(USUAL_ORDER)}
        own = rank.get(fresh[0].path[0], len(rank))
        number = next(
            (at for at, part in enumerate(parts) if part.path and rank.get(part.path[0], -1) > own), len(parts)
        )
    return [*_ended(parts[:number]), *fresh, *parts[number:]]


__all__ = ["Row", "placed"]
