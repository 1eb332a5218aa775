"""What differs between two documents: each value that changed, at its path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

LONGEST = 200


@dataclass(frozen=True)
class Change:
    """One value before and after; None where there was or will be nothing."""

    path: str
    before: str | None
    after: str | None


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """List what differs, in the order of the document; items of lists are followed by their codes."""
    old, new = dict(_leaves("", before)), dict(_leaves("", after))
    paths = [*new, *(path for path in old if path not in new)]
    return tuple(Change(path, old.get(path), new.get(path)) for path in paths if old.get(path) != new.get(path))


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(f"{path}.{key}" if path else key, item)
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for number, item in enumerate(value, 1):
            code = item.get("code") if isinstance(item, dict) else None
            yield from _leaves(f"{path}[{code if isinstance(code, str) else f'#{number}'}]", item)
    else:
        yield path, _shown(value)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return f"{value:%H:%M, %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int | Decimal):
        return str(value).replace(".", ",")
    text = str(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
