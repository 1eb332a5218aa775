"""Which works of a group take which prize of the tiers: by floors and quotas, by bands, or by vote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal, TypeAlias

from contest.results.ranking import Orders, Place
from contest.results.voting import Support


@dataclass(frozen=True, slots=True)
class Offer:
    """One tier as it stands in one group.

    :ivar quota: at most so many; None for as many as earn it
    :ivar floor: the least exact mean, in hundredths of a point
    :ivar exact: whether exactly the quota must be given
    """

    code: str
    quota: int | None
    floor: int = 0
    exact: bool = False


class Why(StrEnum):
    """What a tier answered to a work."""

    GIVEN = "given"
    BELOW_FLOOR = "below_floor"
    ABOVE_BAND = "above_band"
    QUOTA_FULL = "quota_full"
    NOT_CARRIED = "not_carried"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of one tier: with the floor (hundredths) or the quota that decided."""

    tier: str
    why: Why
    limit: int | None


@dataclass(frozen=True, slots=True)
class Award:
    """What one work receives, None when no tier took it, and the answers of the tiers from the highest down."""

    entry: str
    place: int
    tier: str | None
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Equal works for which the rules hold unequal prizes: their order is people's to choose.

    ``prizes`` is what they will receive once ordered, best first; None where there is no prize left.
    """

    entries: tuple[str, ...]
    prizes: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class TierCount:
    """How many of a tier's prizes are given; fewer than the quota is allowed unless it is exact, none too."""

    tier: str
    quota: int | None
    floor: int
    exact: bool
    given: int

    @property
    def is_short(self) -> bool:
        """Whether an exact number of prizes is not reached."""
        return self.exact and self.quota is not None and self.given < self.quota


@dataclass(frozen=True, slots=True)
class Prizes:
    """Prizes of one group, and the questions left open."""

    awards: tuple[Award, ...]
    questions: tuple[Question, ...]
    tiers: tuple[TierCount, ...]


# By mean -------------------------------------------------------------------------------------------------------------


def award(places: Sequence[Place], tiers: Sequence[Offer], method: Literal["quota", "bands"] = "quota") -> Prizes:
    """Give each work, best first, the highest tier whose floor it reaches and whose quota is not full.

    With ``bands`` only the tier in whose band the mean lies can take it: at least its floor, and less than the floor
    of the tier above. No quota and no floor is ever passed. Works that share a place receive the same; where the quota
    does not allow it the whole group is returned as a question, and none of it is given a prize.

    A work without a mean (in a voted round) is asked for no floor.

    :param places: of one group, best first
    :param tiers: from the highest down
    """
    left = {tier.code: tier.quota for tier in tiers}
    given: Counter[str] = Counter()
    awards: list[Award] = []
    questions: list[Question] = []
    for _, equals in groupby(places, key=lambda place: place.place):
        group = list(equals)
        drawn = [_draw(place, tiers, left, method) for place in group]
        if len({result.tier for result in drawn}) == 1:
            awards += drawn
            given.update(result.tier for result in drawn if result.tier is not None)
        else:
            prizes = tuple(result.tier for result in drawn)
            questions.append(Question(tuple(place.entry for place in group), prizes))
    return Prizes(tuple(awards), tuple(questions), _counted(tiers, given))


def _counted(tiers: Sequence[Offer], given: Mapping[str, int]) -> tuple[TierCount, ...]:
    return tuple(TierCount(tier.code, tier.quota, tier.floor, tier.exact, given.get(tier.code, 0)) for tier in tiers)


def _draw(place: Place, tiers: Sequence[Offer], left: dict[str, int | None], method: str) -> Award:
    """Take the best prize still open to the work out of what is left."""
    answers: list[Answer] = []
    for answer in _answers(place, tiers, left, method):
        answers.append(answer)
        if answer.why is Why.GIVEN:
            remaining = left[answer.tier]
            left[answer.tier] = None if remaining is None else remaining - 1
            return Award(place.entry, place.place, answer.tier, tuple(answers))
    return Award(place.entry, place.place, None, tuple(answers))


def _answers(place: Place, tiers: Sequence[Offer], left: Mapping[str, int | None], method: str) -> Iterator[Answer]:
    mean, is_passed = place.mean, False
    for tier in tiers:
        remaining = left[tier.code]
        if is_passed:
            yield Answer(tier.code, Why.ABOVE_BAND, tier.floor)
        elif mean is not None and mean.numerator < tier.floor * mean.denominator:
            yield Answer(tier.code, Why.BELOW_FLOOR, tier.floor)
        elif remaining is not None and remaining <= 0:
            is_passed = method == "bands"
            yield Answer(tier.code, Why.QUOTA_FULL, tier.quota)
        else:
            yield Answer(tier.code, Why.GIVEN, tier.floor)


# By vote -------------------------------------------------------------------------------------------------------------


def award_by_vote(
    places: Sequence[Place],
    tiers: Sequence[Offer],
    support: Callable[[str, str], Support | None],
    orders: Orders | None = None,
) -> Prizes:
    """Give the prizes that a vote carries, from the highest tier down.

    A work that has a prize is out of the lower tiers. When more works are carried than there are prizes, those carried
    in an earlier ballot and then those with more votes take them; equal votes at the edge are a question, and none of
    those asked about is given a prize.

    :param places: of one group
    :param support: how far a work (first) is carried for a tier (second), None when it is not
    :param orders: what recorded acts have chosen
    """
    place_of = {place.entry: place.place for place in places}
    answers: dict[str, list[Answer]] = {place.entry: [] for place in places}
    taken: dict[str, str] = {}
    asked: set[str] = set()
    questions: list[Question] = []
    for tier in tiers:
        waiting = [entry for entry in answers if entry not in taken and entry not in asked]
        carried = {entry: found.key for entry in waiting if (found := support(entry, tier.code)) is not None}
        filled = fill(carried, tier.quota, orders)
        taken |= dict.fromkeys(filled.taken, tier.code)
        asked |= set(filled.asked)
        if filled.asked:
            prizes = tuple(tier.code if number < filled.seats else None for number in range(len(filled.asked)))
            questions.append(Question(filled.asked, prizes))
        for entry in waiting:
            answers[entry].append(_answer_to_vote(tier, is_given=entry in taken, is_carried=entry in carried))
    awards = tuple(
        Award(entry, place_of[entry], taken.get(entry), tuple(said))
        for entry, said in answers.items()
        if entry not in asked
    )
    return Prizes(awards, tuple(questions), _counted(tiers, Counter(taken.values())))


def _answer_to_vote(tier: Offer, *, is_given: bool, is_carried: bool) -> Answer:
    if is_given:
        return Answer(tier.code, Why.GIVEN, tier.quota)
    return Answer(tier.code, Why.QUOTA_FULL if is_carried else Why.NOT_CARRIED, tier.quota)


# Seats ---------------------------------------------------------------------------------------------------------------

Key: TypeAlias = Any
"""What can be compared; higher is better."""


@dataclass(frozen=True, slots=True)
class Filled:
    """Who takes the seats, best first; who stands equal at the edge, and for how many seats; and with which act."""

    taken: tuple[str, ...]
    asked: tuple[str, ...] = ()
    seats: int = 0
    act: int | None = None


def fill(keys: Mapping[str, Key], seats: int | None, orders: Orders | None = None) -> Filled:
    """Give so many seats to the best; no seat is given to one of several equals at the edge without a recorded order.

    :param keys: what each candidate is compared by, higher is better
    :param seats: None for a seat to everyone
    """
    taken: list[str] = []
    ordered = sorted(sorted(keys.items()), key=itemgetter(1), reverse=True)
    for _, equals in groupby(ordered, key=itemgetter(1)):
        group = [candidate for candidate, _ in equals]
        left = len(group) if seats is None else seats - len(taken)
        if left <= 0:
            break
        if len(group) <= left:
            taken += group
            continue
        order = (orders or {}).get(frozenset(group))
        if order is None:
            return Filled(tuple(taken), tuple(group), left)
        return Filled((*taken, *order.entries[:left]), act=order.act)
    return Filled(tuple(taken))
