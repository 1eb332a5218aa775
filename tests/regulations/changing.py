"""Changing the plain values of a document, item by item, to make other documents of it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

GONE = object()
"""Stands for a value that is taken away."""


def changed(values: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Put values at their places: ``rounds.so_khao.opens``, an item of a list by its code or by its number from 0.

    A place that ends with ``+`` adds an item to a list.
    """
    document = deepcopy(dict(values))
    for place, value in changes.items():
        *way, last = place.split(".")
        here: Any = document
        for step in way:
            here = _item(here, step)
        if last == "+":
            here.append(deepcopy(value))
        elif isinstance(here, list):
            here[here.index(_item(here, last))] = deepcopy(value)
        elif value is GONE:
            del here[last]
        else:
            here[last] = deepcopy(value)
    return document


def _item(here: Any, step: str) -> Any:
    if isinstance(here, list):
        return here[int(step)] if step.isdecimal() else next(item for item in here if item["code"] == step)
    return here.setdefault(step, {})
