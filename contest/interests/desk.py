"""Works that somebody has before them: asked of the room above that gives works to people."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple


class Work(NamedTuple):
    """A work that lies before somebody, as they may know it."""

    entry_id: int
    name: str


Source = Callable[[Any, Any], Iterable[Work]]
Chairing = Callable[[Any, Any], Iterable[int]]

Way = Callable[[str | None], str | None]

_sources: list[Source] = []
_ways: list[Way] = []
_chairing: list[Chairing] = []


def source(find: Source) -> Source:
    """Announce a function that finds the works before somebody in a contest."""
    _sources.append(find)
    return find


def chairing(find: Chairing) -> Chairing:
    """Announce a function that finds the works over whose jurors somebody presides in a contest."""
    _chairing.append(find)
    return find


def works_before(contest: Any, user: Any) -> list[Work]:
    """Every work before somebody, each once."""
    return list({work.entry_id: work for find in _sources for work in find(contest, user)}.values())


def works_chaired(contest: Any, user: Any) -> frozenset[int]:
    """The works over whose jurors somebody presides: they may decide on interests in these."""
    return frozenset(entry_id for find in _chairing for entry_id in find(contest, user))


def way(find: Way) -> Way:
    """Announce a function that gives the address of a sheet by its number, and of the desk where none is named."""
    _ways.append(find)
    return find


def address_of(sheet: str | None) -> str | None:
    """Where somebody goes on who was asked on the way to a sheet; None where there is no desk to go to."""
    return next((address for find in _ways if (address := find(sheet))), None)
