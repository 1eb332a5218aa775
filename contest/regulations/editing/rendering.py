"""Values as they are written in a document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import tomlkit

from contest.regulations.editing.scanning import Key

GROUPED_FROM = 100_000
_BARE_NAME = re.compile(r"[A-Za-z0-9_-]+")


def rendered(value: Any) -> str:
    """Write a value: large numbers in groups of three, lists and tables on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"{value:_}" if abs(value) >= GROUPED_FROM else str(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name(key)} = {rendered(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(rendered(item) for item in value) + "]"
    return str(tomlkit.item(value).as_string())


def name(word: str) -> str:
    """Write one name, in quotation marks where it needs them."""
    return word if _BARE_NAME.fullmatch(word) else str(tomlkit.item(word).as_string())


def dotted(key: Key) -> str:
    """Write a name that leads through tables."""
    return ".".join(name(word) for word in key)
