"""Where each name of the document belongs, for whoever has written it in another table or misspelt it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from contest.errors import N_

UNKNOWN = N_("The regulation knows nothing of this name; check its spelling or remove it.")
MEANT = N_("The regulation knows nothing of this name here; is “%(name)s” meant?")
ELSEWHERE = N_("This name does not belong here but in %(tables)s.")
AT_THE_TOP = N_("This name belongs at the top of the document, before its first table.")
MOST_TABLES = 3
"""A name that belongs in more tables tells nothing of what was meant."""
LIKE = 0.8

Homes = Mapping[str, tuple[str, ...]]


@cache
def homes(model: type[BaseModel]) -> Homes:
    """List the tables, by their paths, in which each name may stand; the document itself is the empty path."""
    found: dict[str, list[str]] = {}
    for name, table in _names(model, ""):
        if table not in found.setdefault(name, []):
            found[name].append(table)
    return {name: tuple(tables) for name, tables in found.items()}


def _names(model: type[BaseModel], path: str) -> Iterator[tuple[str, str]]:
    for key, field in model.model_fields.items():
        name = field.alias or key
        yield name, path
        for part in _tables(field.annotation):
            yield from _names(part, f"{path}.{name}" if path else name)


def _tables(kind: Any) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for argument in get_args(kind):
        yield from _tables(argument)


def strange(name: str, table: str, known: Homes) -> tuple[str, dict[str, Any]]:
    """Say of a name that may not stand in a table what was most likely meant: a sentence and its parameters."""
    tables = known.get(name, ())
    if tables == ("",):
        return AT_THE_TOP, {}
    if 0 < len(tables) <= MOST_TABLES and "" not in tables:
        return ELSEWHERE, {"tables": ", ".join(tables)}
    here = [other for other, at in known.items() if table in at]
    close = get_close_matches(name, here, 1, LIKE)
    return (MEANT, {"name": close[0]}) if close else (UNKNOWN, {})
