"""What a vote came to: for each work, ballot by ballot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from contest.results.ranking import BALLOT, CARRIED, VOTES
from contest.results.tally import Exact

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Held:
    """One ballot as it was held; without its quorum it does not count."""

    ballot: int
    members: int
    present: int
    cast: int
    quorum: Fraction
    counts: bool
    left_out: Mapping[str, int]
    """How many papers are not counted, by reason."""


@dataclass(frozen=True, slots=True)
class Count:
    """What one ballot came to for one work: with the votes needed, of how many members."""

    question: str
    ballot: int
    of: int = 0
    needed: int = 0
    yes: int = 0
    no: int = 0
    tiers: Mapping[str, int] | None = None
    """In a vote on tiers: how many named each."""
    casting: bool = False
    """Whether the vote of the chair decided."""
    carried: str | None = None
    """``yes``, or the code of the tier."""
    papers: int = 0
    """In a ranking: how many were counted."""
    sum: int = 0
    """In a ranking: of the places."""


@dataclass(frozen=True, slots=True)
class Support:
    """How far a work is carried for one prize: an earlier ballot is better, then a greater share of the votes."""

    ballot: int
    share: Fraction

    @property
    def key(self) -> tuple[int, Fraction]:
        """What supports are compared by, higher is better."""
        return -self.ballot, self.share


Counts: TypeAlias = Mapping[str, tuple[Count, ...]]
"""By work (or newsroom), in the order of the ballots it stood in."""


@dataclass(frozen=True, slots=True)
class Vote:
    """One question put to one electorate: every ballot held, and what it came to for each work."""

    question: str
    panel: str
    kind: str
    held: tuple[Held, ...]
    counts: Counts

    @property
    def is_decided(self) -> bool:
        """Whether a ballot was held that counts."""
        return any(each.counts for each in self.held)

    def support(self, subject: str, prize: str = YES, tiers: Sequence[str] = ()) -> Support | None:
        """Say how far a work is carried; None when it is not.

        :param prize: the tier asked about, in a vote on tiers; a tier or a higher one must have been carried
        :param tiers: all tiers, from the highest down
        """
        for count in self.counts.get(subject, ()):
            if self.kind == "ranking":
                return Support(count.ballot, -_average(count))
            if self.kind != "tier" and count.carried == YES:
                return Support(count.ballot, Fraction(count.yes, count.of))
            if self.kind == "tier" and count.carried in _down_to(prize, tiers):
                return Support(count.ballot, Fraction(_votes_down_to(prize, count, tiers), count.of))
        return None


@dataclass(frozen=True, slots=True)
class Voted:
    """What a work has reached in a voted round."""

    entry: str
    counts: tuple[Count, ...]
    level: int = 0
    """How high a prize it is carried for: 1 for the lowest or where there are no tiers, 0 for none."""
    support: Support | None = None
    """For that prize; where it is carried for none, its share in the last ballot it stood in."""
    carried: str | None = None
    """Code of that tier, or ``yes``."""

    @property
    def is_ranked(self) -> bool:
        """Whether a ballot was held on it."""
        return bool(self.counts)

    def measure(self, rule: str) -> Exact | None:
        """Give the value of the work under a rule of ranking, higher is better; None when it has none."""
        if rule == CARRIED:
            return self.level
        if rule == BALLOT:
            return -self.support.ballot if self.level and self.support is not None else 0
        if rule == VOTES:
            return self.support.share if self.support is not None else 0
        return None


def _average(count: Count) -> Fraction:
    return Fraction(count.sum, count.papers or 1)


def _down_to(prize: str, tiers: Sequence[str]) -> Sequence[str]:
    """Name a tier and all above it."""
    return tiers[: tiers.index(prize) + 1] if prize in tiers else ()


def _votes_down_to(prize: str, count: Count, tiers: Sequence[str]) -> int:
    return sum((count.tiers or {}).get(tier, 0) for tier in _down_to(prize, tiers))


def reached(entry: str, votes: Mapping[str, Vote], tiers: Sequence[str]) -> Voted:
    """Put together what a work has reached in a voted round.

    :param votes: by question; in a vote tier by tier the questions are tiers, else the one question is empty
    :param tiers: from the highest down; empty when no prizes are voted on
    """
    counts = tuple(count for vote in votes.values() for count in vote.counts.get(entry, ()))
    for number, tier in enumerate(tiers):
        vote = votes.get("") or votes.get(tier)
        if vote is None or vote.kind == "ranking" or (vote.question == "" and vote.kind != "tier"):
            continue
        support = vote.support(entry, tier, tiers)
        if support is not None:
            return Voted(entry, counts, len(tiers) - number, support, tier)
    vote = votes.get("")
    support = vote.support(entry) if vote is not None and vote.kind != "tier" else None
    if support is not None and vote is not None:
        is_ranking = vote.kind == "ranking"
        return Voted(entry, counts, 0 if is_ranking else 1, support, None if is_ranking else YES)
    return Voted(entry, counts, 0, _without_majority(counts))


def _without_majority(counts: Sequence[Count]) -> Support | None:
    if not counts:
        return None
    last = counts[-1]
    votes = sum(last.tiers.values()) if last.tiers is not None else last.yes
    return Support(last.ballot, Fraction(votes, last.of or 1))
