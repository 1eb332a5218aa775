"""Prizes over the groups: special ones among the winners, thematic ones, and those for newsrooms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from contest.regulations.prizes import CollectivePrize, SpecialPrize, ThematicPrize
from contest.results.acts import Choice
from contest.results.awards import Filled, Key, Question, fill
from contest.results.ranking import Orders
from contest.results.tally import Exact
from contest.results.voting import Count, Vote


class PassedOver(StrEnum):
    """Why somebody who was named, carried or among the best does not take a prize."""

    NOT_A_CANDIDATE = "not_a_candidate"
    BELOW_FLOOR = "below_floor"
    QUOTA_FULL = "quota_full"


@dataclass(frozen=True, slots=True)
class Winner:
    """Who takes a prize, and what it rests on.

    :ivar subject: the work, or the newsroom
    :ivar count: the last ballot on it
    :ivar replaces: the tier whose prize the work gives back
    """

    subject: str
    mean: Exact | None = None
    count: Count | None = None
    works: int | None = None
    points: Fraction | None = None
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class ExtraPrize:
    """What came of one prize over the groups.

    :ivar candidates: how many could take it
    :ivar is_open: whether people must still vote or choose
    :ivar act: number of the act that chose
    :ivar settled: number of the act that ordered equals
    :ivar question: equals at the edge, whom only people can order
    """

    code: str
    by: str
    quota: int
    floor: int | None
    candidates: int
    winners: tuple[Winner, ...] = ()
    passed_over: tuple[tuple[str, PassedOver], ...] = ()
    is_open: bool = False
    act: int | None = None
    settled: int | None = None
    question: Question | None = None
    vote: Vote | None = None


@dataclass(frozen=True, slots=True)
class Deciding:
    """How people's decisions about these prizes are looked up.

    :ivar votes: counts the vote on a prize over its candidates; None when no vote is held on it
    """

    chosen: Mapping[str, Choice]
    orders: Mapping[str, Orders]
    votes: Callable[[str, frozenset[str]], Vote | None]


@dataclass(frozen=True, slots=True)
class _Drawn:
    filled: Filled
    passed_over: tuple[tuple[str, PassedOver], ...] = ()
    is_open: bool = False
    act: int | None = None
    vote: Vote | None = None


Means: TypeAlias = Mapping[str, Exact | None]
"""The exact mean of each candidate; None in a voted round."""


def special(prize: SpecialPrize, tiers: Mapping[str, str], means: Means, deciding: Deciding) -> ExtraPrize:
    """Draw a prize from the winners of named tiers, over all groups.

    :param tiers: tier that each work has won; works that may take nothing more left out
    :param means: of all works
    """
    candidates = {entry: means.get(entry) for entry, tier in tiers.items() if tier in prize.from_tiers}
    drawn = _draw(prize.code, prize.by, prize.quota, prize.floor, candidates, deciding)
    winners = tuple(
        Winner(
            entry,
            mean=candidates[entry],
            count=_count(drawn.vote, entry),
            replaces=tiers[entry] if prize.replaces else None,
        )
        for entry in drawn.filled.taken
    )
    return _made(prize.code, prize.by, prize.quota, prize.floor, len(candidates), winners, drawn)


def thematic(prize: ThematicPrize, candidates: Means, deciding: Deciding) -> ExtraPrize:
    """Give a prize to works on a theme, across the groups.

    :param candidates: works that it is for and that may take it
    """
    drawn = _draw(prize.code, prize.by, prize.quota, prize.floor, candidates, deciding)
    winners = tuple(
        Winner(entry, mean=candidates[entry], count=_count(drawn.vote, entry)) for entry in drawn.filled.taken
    )
    return _made(prize.code, prize.by, prize.quota, prize.floor, len(candidates), winners, drawn)


def collective(
    prize: CollectivePrize, works: Mapping[str, int], won: Mapping[str, Counter[str]], deciding: Deciding
) -> ExtraPrize:
    """Give a prize to newsrooms: by points for works and prizes, by vote, or by act.

    :param works: accepted works of each newsroom
    :param won: prizes of each newsroom, by code
    """
    points = {
        outlet: points_of(prize, number, won.get(outlet, Counter()))
        for outlet, number in works.items()
        if outlet and number >= prize.minimum_works
    }
    if prize.by == "formula":
        earned: dict[str, Key] = {outlet: earned for outlet, earned in points.items() if earned > 0}
        drawn = _Drawn(fill(earned, prize.quota, deciding.orders.get(prize.code)))
    else:
        drawn = _draw(prize.code, prize.by, prize.quota, 0, dict.fromkeys(points), deciding)
    winners = tuple(
        Winner(
            outlet,
            count=_count(drawn.vote, outlet),
            works=works[outlet],
            points=points[outlet] if prize.by == "formula" else None,
        )
        for outlet in drawn.filled.taken
    )
    return _made(prize.code, prize.by, prize.quota, None, len(points), winners, drawn)


def points_of(prize: CollectivePrize, works: int, won: Mapping[str, int]) -> Fraction:
    """Give the points of a newsroom: so many for each accepted work, and for each prize by its code."""
    for_works = works * (prize.points_per_work or Fraction())
    return sum((won.get(code, 0) * weight for code, weight in prize.points_per_prize.items()), for_works)


# Drawing -------------------------------------------------------------------------------------------------------------


def _draw(code: str, by: str, quota: int, floor: int, means: Means, deciding: Deciding) -> _Drawn:
    below = {entry for entry, mean in means.items() if mean is not None and mean < floor}
    candidates = {entry: mean for entry, mean in means.items() if entry not in below}
    if by == "act":
        return _by_act(code, quota, candidates, below, deciding)
    if by == "vote":
        return _by_vote(code, quota, candidates, deciding)
    keys: dict[str, Key] = {entry: mean for entry, mean in candidates.items() if mean is not None}
    return _Drawn(fill(keys, quota, deciding.orders.get(code)))


def _by_act(code: str, quota: int, candidates: Means, below: set[str], deciding: Deciding) -> _Drawn:
    """Take those whom a recorded act names, as many as there are prizes; nobody may take it who is no candidate."""
    choice = deciding.chosen.get(code)
    if choice is None:
        return _Drawn(Filled(()), is_open=bool(candidates))
    named = [subject for subject in choice.subjects if subject in candidates]
    passed_over = [
        (subject, PassedOver.BELOW_FLOOR if subject in below else PassedOver.NOT_A_CANDIDATE)
        for subject in choice.subjects
        if subject not in candidates
    ]
    passed_over += [(subject, PassedOver.QUOTA_FULL) for subject in named[quota:]]
    return _Drawn(Filled(tuple(named[:quota])), tuple(passed_over), act=choice.act)


def _by_vote(code: str, quota: int, candidates: Means, deciding: Deciding) -> _Drawn:
    vote = deciding.votes(code, frozenset(candidates))
    if vote is None or not vote.is_decided:
        return _Drawn(Filled(()), is_open=bool(candidates), vote=vote)
    keys: dict[str, Key] = {
        subject: found.key for subject in candidates if (found := vote.support(subject, code, (code,))) is not None
    }
    filled = fill(keys, quota, deciding.orders.get(code))
    over = () if vote.kind == "ranking" else sorted(set(keys) - set(filled.taken) - set(filled.asked))
    return _Drawn(filled, tuple((subject, PassedOver.QUOTA_FULL) for subject in over), vote=vote)


def _count(vote: Vote | None, subject: str) -> Count | None:
    counts = vote.counts.get(subject, ()) if vote is not None else ()
    return counts[-1] if counts else None


def _made(
    code: str, by: str, quota: int, floor: int | None, candidates: int, winners: tuple[Winner, ...], drawn: _Drawn
) -> ExtraPrize:
    filled = drawn.filled
    question = None
    if filled.asked:
        prizes = tuple(code if number < filled.seats else None for number in range(len(filled.asked)))
        question = Question(filled.asked, prizes)
    return ExtraPrize(
        code=code,
        by=by,
        quota=quota,
        floor=floor,
        candidates=candidates,
        winners=winners,
        passed_over=drawn.passed_over,
        is_open=drawn.is_open,
        act=drawn.act,
        settled=filled.act,
        question=question,
        vote=drawn.vote,
    )
