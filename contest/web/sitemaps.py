"""What search engines may read: each room says which lasting pages a contest has, one address lists them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Pages = Iterator[tuple[str, str | None]]
"""Absolute addresses, each with the moment of its last change where it is known."""

_sources: list[Callable[[Any], Pages]] = []


def source(pages_of: Callable[[Any], Pages]) -> Callable[[Any], Pages]:
    """Let a function say which public pages a contest has in its room."""
    if pages_of not in _sources:
        _sources.append(pages_of)
    return pages_of


def pages(contest: Any) -> Pages:
    """The public pages of a contest in all rooms."""
    for pages_of in _sources:
        yield from pages_of(contest)
