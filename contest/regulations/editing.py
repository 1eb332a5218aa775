"""Changing single values of a document without touching how it is written: comments, order and spacing stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomlkit

from contest.regulations import document


def written(text: str, values: Mapping[str, Any]) -> str:
    """Write values at their paths into a document.

    :param values: by dotted path; an item of a list of tables is named by its code: ``rounds.so_khao.opens``
    :raise KeyError: if a path leads through something that is not there
    :raise RegulationInvalid: if the text is not TOML at all
    """
    document.read(text)
    parsed = tomlkit.parse(text)
    for path, value in values.items():
        *way, last = path.split(".")
        table: Any = parsed
        for step in way:
            table = _step(table, step)
        if not _is_already(table.get(last), value):
            table[last] = value
    return tomlkit.dumps(parsed)


def _is_already(item: Any, value: Any) -> bool:
    """Say whether a value is written already; a day and a moment on it compare as equal and are not."""
    plain = item.unwrap() if hasattr(item, "unwrap") else item
    return type(plain) is type(value) and plain == value


def _step(table: Any, step: str) -> Any:
    if isinstance(table, list):
        for item in table:
            if item.get("code") == step:
                return item
        raise KeyError(step)
    return table[step]


def value_at(values: Mapping[str, Any], path: str) -> Any:
    """Read what a document says at a path, or None."""
    here: Any = values
    for step in path.split("."):
        try:
            here = _step(here, step)
        except (KeyError, TypeError, AttributeError):
            return None
    return here
