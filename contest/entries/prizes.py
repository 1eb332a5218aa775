"""What works received in the end: asked of the room above that shows published results, which announces itself here.

It says nothing before the publication, to nobody: whoever asks here cannot learn a result early::

    @prizes.source
    def prizes_by_work(contest: Contest) -> Mapping[str, Sequence[Prize]] | None:
        return None if … else {"BI-0001": (Prize("Giải A"),)}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from contest.regulations.models import Contest


@dataclass(frozen=True, slots=True)
class Prize:
    """One prize of a work, as the decision in force calls it.

    :ivar is_suspended: whether it is taken back for the time being
    """

    name: str
    is_suspended: bool = False


Prizes: TypeAlias = Mapping[str, Sequence[Prize]]
Source: TypeAlias = Callable[["Contest"], Prizes | None]

_sources: dict[str, Source] = {}


def source(find: Source) -> Source:
    """Announce a function that finds the prizes of all works of a contest by code; None before they are published."""
    _sources[f"{find.__module__}.{find.__qualname__}"] = find
    return find


def published(contest: Contest) -> Prizes | None:
    """Ask what works of a contest received; None before that is public."""
    told = [prizes for find in _sources.values() if (prizes := find(contest)) is not None]
    return {code: held for prizes in told for code, held in prizes.items()} if told else None
