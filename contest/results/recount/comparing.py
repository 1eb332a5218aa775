"""Where two results differ: every place by the codes of what stands there, what was expected and what was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

NAMES = ("round", "group", "category", "entry", "prize", "tier", "outlet", "juror", "rule", "subject")
"""Fields that name an item of a list, the first that names each item once."""
MISSING = "–"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place at which the results differ.

    :ivar place: like ``result.json: rounds[chung_khao].groups[BAO_IN].lines[BI-0001].mean``
    :ivar expected: what was computed again, as JSON values; `MISSING` when there is nothing
    :ivar found: what the bundle says
    """

    place: str
    expected: Any
    found: Any


def differences(expected: Any, found: Any, path: str = "") -> Iterator[Difference]:
    """Name every place at which two JSON values differ, the deepest that says it."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for name in sorted(expected.keys() | found.keys()):
            place = f"{path}.{name}" if path else name
            yield from differences(expected.get(name, MISSING), found.get(name, MISSING), place)
    elif isinstance(expected, list) and isinstance(found, list):
        yield from _of_lists(expected, found, path)
    elif type(expected) is not type(found) or expected != found:
        yield Difference(path, expected, found)


def _of_lists(expected: list[Any], found: list[Any], path: str) -> Iterator[Difference]:
    ours, theirs = _named(expected), _named(found)
    if ours is None or theirs is None:
        for position in range(max(len(expected), len(found))):
            yield from differences(_at(expected, position), _at(found, position), f"{path}[#{position + 1}]")
        return
    same = True
    for name in [*ours, *(name for name in theirs if name not in ours)]:
        for difference in differences(ours.get(name, MISSING), theirs.get(name, MISSING), f"{path}[{name}]"):
            same = False
            yield difference
    if same and list(ours) != list(theirs):
        yield Difference(path, list(ours), list(theirs))


def _at(items: list[Any], position: int) -> Any:
    return items[position] if position < len(items) else MISSING


def _named(items: list[Any]) -> dict[str, Any] | None:
    """Items by the field that names each once; None if there is none."""
    for field in NAMES:
        named = {item[field]: item for item in items if isinstance(item, dict) and isinstance(item.get(field), str)}
        if len(named) == len(items):
            return named
    return None
