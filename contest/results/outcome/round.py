"""What came of a round: standings, places, who goes on or which prizes are given, and what people must still decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from contest.results.acts import Decided
from contest.results.advancement import Advancement
from contest.results.awards import Prizes
from contest.results.extra_prizes import ExtraPrize
from contest.results.material import RoundMaterial, Work
from contest.results.money import Totals
from contest.results.ranking import Place
from contest.results.tally import Standing
from contest.results.voting import Vote, Voted

AnyStanding: TypeAlias = Standing | Voted
"""What a work has reached: by sheets in a scored round, by votes in a voted one."""


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """What came of the works that are compared with each other."""

    group: str
    """Code of the award group in the last round, of the category before."""
    standings: tuple[AnyStanding, ...]
    """By code of the work."""
    places: tuple[Place, ...]
    advancement: Advancement | None = None
    prizes: Prizes | None = None

    @property
    def unplaced(self) -> tuple[AnyStanding, ...]:
        """Works without a countable sheet or vote."""
        return tuple(standing for standing in self.standings if not standing.is_ranked)


@dataclass(frozen=True, slots=True)
class MissingVote:
    """A question that was not put to the vote, or never with its quorum, and the works that wait for it."""

    question: str
    panel: str
    entries: tuple[str, ...]


@dataclass(frozen=True)
class RoundOutcome:
    """What came of a round."""

    material: RoundMaterial
    decided: Decided
    groups: tuple[GroupOutcome, ...]
    ungrouped: tuple[AnyStanding, ...] = ()
    """Works that no group takes; they are ranked nowhere."""
    votes: tuple[Vote, ...] = ()
    missing_votes: tuple[MissingVote, ...] = ()
    special: tuple[ExtraPrize, ...] = ()
    thematic: tuple[ExtraPrize, ...] = ()
    collective: tuple[ExtraPrize, ...] = ()
    money: Totals | None = None
    works: Mapping[str, Work] = field(default_factory=dict)
    """Works still in the contest, by code."""

    @property
    def is_last(self) -> bool:
        """Whether the round gives the prizes."""
        return self.material.is_last

    @property
    def standings(self) -> Iterator[AnyStanding]:
        """Every standing, group by group, then those of no group."""
        for group in self.groups:
            yield from group.standings
        yield from self.ungrouped

    @property
    def extra_prizes(self) -> tuple[ExtraPrize, ...]:
        """Special, thematic and collective prizes, in this order."""
        return (*self.special, *self.thematic, *self.collective)

    @property
    def advancing(self) -> tuple[str, ...]:
        """Works that go on, category by category, best first."""
        return tuple(entry for group in self.groups if group.advancement for entry in group.advancement.entries)

    @cached_property
    def replaced(self) -> dict[str, str]:
        """Special prize by the work that gives back the prize of its tier for it."""
        return {winner.subject: prize.code for prize in self.special for winner in prize.winners if winner.replaces}

    @cached_property
    def prizes(self) -> dict[str, tuple[str, ...]]:
        """What each work takes in the end: the prize of its tier unless it gives it back, special and thematic ones."""
        found: dict[str, list[str]] = {}
        for entry, tier in tiers_of(self.groups).items():
            if entry not in self.replaced:
                found.setdefault(entry, []).append(tier)
        for prize in (*self.special, *self.thematic):
            for winner in prize.winners:
                found.setdefault(winner.subject, []).append(prize.code)
        return {entry: tuple(codes) for entry, codes in found.items()}


def tiers_of(groups: Sequence[GroupOutcome]) -> dict[str, str]:
    """Tier that each winner has reached in its group."""
    return {
        each.entry: each.tier
        for group in groups
        if group.prizes is not None
        for each in group.prizes.awards
        if each.tier is not None
    }
