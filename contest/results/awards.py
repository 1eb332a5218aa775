"""Which entries of a category take which prize, by floors and quotas, best first."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Protocol

from contest.results.ranking import Place


class TierRule(Protocol):
    """What the regulation says of one tier."""

    @property
    def code(self) -> str: ...
    @property
    def quota(self) -> int: ...
    @property
    def floor(self) -> int: ...


class Why(StrEnum):
    """What a tier answered to an entry."""

    GIVEN = "given"
    BELOW_FLOOR = "below_floor"
    QUOTA_FULL = "quota_full"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of one tier: with the floor (hundredths) or the quota that decided."""

    tier: str
    why: Why
    limit: int


@dataclass(frozen=True, slots=True)
class Award:
    """What one entry receives, None when no tier took it, and the answers of the tiers from the highest down."""

    entry: str
    place: int
    tier: str | None
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Equal entries for which the rules hold unequal prizes: their order is people's to choose.

    ``prizes`` is what the entries will receive once ordered, best first; None where there is no prize left.
    """

    entries: tuple[str, ...]
    prizes: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class TierCount:
    """How many of a tier's prizes are given; fewer than the quota is allowed, none too."""

    tier: str
    quota: int
    floor: int
    given: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Prizes of one category, and the questions left open."""

    awards: tuple[Award, ...]
    questions: tuple[Question, ...]
    tiers: tuple[TierCount, ...]


def award(places: Sequence[Place], tiers: Sequence[TierRule]) -> Outcome:
    """Give each entry, best first, the highest tier whose floor it reaches and whose quota is not full.

    No quota and no floor is ever passed. Entries that share a place receive the same; where the quota
    does not allow it the whole group is returned as a question, and none of it is given a prize.

    :param places: of one category, best first
    :param tiers: from the highest down
    """
    left = Counter({tier.code: tier.quota for tier in tiers})
    given: Counter[str] = Counter()
    awards: list[Award] = []
    questions: list[Question] = []
    for _, equals in groupby(places, key=lambda place: place.place):
        group = list(equals)
        drawn = [_draw(place, tiers, left) for place in group]
        if len({result.tier for result in drawn}) == 1:
            awards += drawn
            given.update(result.tier for result in drawn if result.tier is not None)
        else:
            prizes = tuple(result.tier for result in drawn)
            questions.append(Question(tuple(place.entry for place in group), prizes))
    return Outcome(
        tuple(awards),
        tuple(questions),
        tuple(TierCount(tier.code, tier.quota, tier.floor, given[tier.code]) for tier in tiers),
    )


def _draw(place: Place, tiers: Sequence[TierRule], left: Counter[str]) -> Award:
    """Take the best prize still open to the entry out of what is left."""
    answers: list[Answer] = []
    for answer in _answers(place, tiers, left):
        answers.append(answer)
        if answer.why is Why.GIVEN:
            left[answer.tier] -= 1
            return Award(place.entry, place.place, answer.tier, tuple(answers))
    return Award(place.entry, place.place, None, tuple(answers))


def _answers(place: Place, tiers: Sequence[TierRule], left: Counter[str]) -> Iterator[Answer]:
    for tier in tiers:
        if place.mean < tier.floor:
            yield Answer(tier.code, Why.BELOW_FLOOR, tier.floor)
        elif left[tier.code] <= 0:
            yield Answer(tier.code, Why.QUOTA_FULL, tier.quota)
        else:
            yield Answer(tier.code, Why.GIVEN, tier.floor)
