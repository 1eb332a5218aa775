"""What an amendment would change for works that were sent: asked of the rooms above, which announce themselves here.

A room that holds works against a regulation says so once, in its own ``consequences.py``, which is loaded with the
room::

    @consequences.source
    def changed_works(contest: Contest, before: Regulation, after: Regulation) -> Iterable[Consequence]:
        ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contest.regulations.models import Contest
    from contest.regulations.schema import Regulation


@dataclass(frozen=True)
class Point:
    """A rule that a work fails.

    :ivar rule: key of the rule
    :ivar article: where the regulation states it, the new one where it newly fails, the old one where it failed before
    :ivar message: message id of the sentence, with places for the parameters
    """

    rule: str
    article: str
    message: str
    params: Mapping[str, str | int]


@dataclass(frozen=True)
class Consequence:
    """One work that an amendment would let fail or pass.

    :ivar code: the code as people see it
    :ivar failing: what it would newly fail
    :ivar passing: what it fails now and would fail no more
    """

    entry_id: int
    code: str
    title: str
    failing: tuple[Point, ...]
    passing: tuple[Point, ...]


Source = Callable[["Contest", "Regulation", "Regulation"], Iterable[Consequence]]

_sources: dict[str, Source] = {}


def source(find: Source) -> Source:
    """Announce a function that finds the works of a contest for which a draft would change something."""
    _sources[f"{find.__module__}.{find.__qualname__}"] = find
    return find


def consequences(contest: Contest, before: Regulation, after: Regulation) -> list[Consequence]:
    """Ask every room that announced itself, by the codes of the works.

    :param before: the regulation in force
    :param after: the draft, which keeps every code in use
    """
    found = [one for find in _sources.values() for one in find(contest, before, after)]
    return sorted(found, key=lambda one: (one.code, one.entry_id))
