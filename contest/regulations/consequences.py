"""What an amendment would mean for works that are already here: asked of the rooms above, which announce themselves.

A room that holds works says once, in its own ``consequences.py``, which is loaded with the room::

    @consequences.source
    def works_judged_otherwise(contest_id: int, before: Regulation, after: Regulation) -> Iterable[Consequence]:
        ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from contest.regulations.schema import Regulation


@dataclass(frozen=True)
class Consequence:
    """One work that an amendment would let pass or fail otherwise than the regulation in force.

    :ivar code: the code of the work as people see it, such as BĐT-0042
    :ivar failing: rules that it keeps now and would break, by the keys that `Regulation.cite` takes after the amendment
    :ivar passing: rules that it breaks now and would keep, by the keys that `Regulation.cite` takes before it
    """

    code: str
    title: str
    failing: tuple[str, ...] = ()
    passing: tuple[str, ...] = ()


Source = Callable[[int, Regulation, Regulation], Iterable[Consequence]]

_sources: dict[str, Source] = {}


def source(find: Source) -> Source:
    """Announce a function that finds the works of a contest whose standing an amendment changes."""
    _sources[f"{find.__module__}.{find.__qualname__}"] = find
    return find


def consequences(contest_id: int, before: Regulation, after: Regulation) -> tuple[Consequence, ...]:
    """Ask every room that announced itself, in the order of the codes."""
    found = [line for find in _sources.values() for line in find(contest_id, before, after)]
    return tuple(sorted(found, key=lambda line: line.code))
