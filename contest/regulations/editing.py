"""Changing single values of a document without touching how it is written: comments, order and spacing stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from contest.regulations import document
from contest.regulations.problems import Problem, RegulationInvalid


def written(text: str, values: Mapping[str, Any]) -> str:
    """Write values at their paths into a document.

    :param values: by dotted path; an item of a list of tables is named by its code: ``rounds.so_khao.opens``
    :raise KeyError: if a path leads through something that is not there
    :raise RegulationInvalid: if the text is not TOML at all
    """
    document.read(text)
    try:
        parsed = tomlkit.parse(text)
        for path, value in values.items():
            *way, last = path.split(".")
            table = _at(parsed, way)
            if not isinstance(table, dict):
                raise KeyError(last)
            if not _is_already(table.get(last), value):
                table[last] = value
        return tomlkit.dumps(parsed)
    except TOMLKitError as error:
        raise RegulationInvalid([Problem("", document.NO_TOML)]) from error


def _is_already(item: Any, value: Any) -> bool:
    """Say whether a value is written already; a day and a moment on it compare as equal and are not."""
    plain = item.unwrap() if hasattr(item, "unwrap") else item
    return type(plain) is type(value) and plain == value


def value_at(values: Mapping[str, Any], path: str) -> Any:
    """Read what a document says at a path, or None."""
    try:
        return _at(values, path.split("."))
    except KeyError:
        return None


def _at(table: Any, way: Sequence[str]) -> Any:
    for step in way:
        if isinstance(table, list):
            coded = [item for item in table if isinstance(item, dict) and item.get("code") == step]
            table = dict(zip([step], coded, strict=False))
        if not isinstance(table, dict) or step not in table:
            raise KeyError(step)
        table = table[step]
    return table
