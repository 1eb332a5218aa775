"""What each room says about its personal data: the modules ``personal.py``, put together in ``create_app``."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from flask import Flask, current_app

EXTENSION = "personal"


def bind(app: Flask, rooms: Mapping[str, ModuleType]) -> None:
    """Tell which rooms keep personal data."""
    app.extensions[EXTENSION] = dict(rooms)


def rooms() -> Mapping[str, ModuleType]:
    """Give the rooms that keep personal data, from the lowest floor up."""
    found: Mapping[str, ModuleType] = current_app.extensions[EXTENSION]
    return found


def kept_columns(name: str) -> frozenset[str]:
    """Put together what the rooms say of columns that stay as they are.

    :param name: ``KEPT`` for what stays by law for everybody, ``KEPT_OF_WINNERS`` for what tells of published awards
    """
    return frozenset().union(*(getattr(room, name, ()) for room in rooms().values()))
