"""Counting votes: who was there, what each ballot came to, and what it carried.

Shares are compared as whole numbers, never as decimals. Members who are present and vote for nothing count as present.
No count names a voter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from contest.regulations.voting import VoteRule
from contest.results.ranking import BALLOT, CARRIED, VOTES
from contest.results.tally import Exact

YES, NO = "yes", "no"


class Spoiled(StrEnum):
    """Why a paper is not counted."""

    NOT_A_MEMBER = "not_a_member"
    NOT_PRESENT = "not_present"
    TWICE = "twice"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Paper:
    """What one member voted in one ballot."""

    ballot: int
    voter: str
    choice: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Electorate:
    """Who votes.

    :ivar present: who was recorded as present, by ballot; of other ballots those count who cast a paper
    """

    members: frozenset[str]
    chairs: frozenset[str] = frozenset()
    present: Mapping[int, frozenset[str]] = field(default_factory=dict)
    pseudonyms: bool = False
    """Whether a voter who is no member may be a member's pseudonym, which a secret vote has."""


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


# Counting ------------------------------------------------------------------------------------------------------------


def count_votes(
    rule: VoteRule,
    subjects: Collection[str],
    papers: Iterable[Paper],
    electorate: Electorate,
    *,
    question: str = "",
    panel: str = "",
    tiers: Sequence[str] = (),
) -> Vote:
    """Count a vote: each ballot on what no ballot before it has carried, as many ballots as the rule allows.

    A ballot without its quorum does not count and is not counted against that number. The order of papers never
    matters; what a paper says of anything that is not up for the vote is passed over.

    :param subjects: works or newsrooms that are up
    :param tiers: in a vote on tiers: their codes, from the highest down
    """
    held: list[Held] = []
    found: dict[str, list[Count]] = {subject: [] for subject in sorted(subjects)}
    open_: list[str] = list(found)
    by_ballot: dict[int, list[Paper]] = {}
    for paper in papers:
        by_ballot.setdefault(paper.ballot, []).append(paper)
    for ballot in sorted(by_ballot):
        if sum(each.counts for each in held) == _most_ballots(rule):
            break
        one, counted = _held(rule, ballot, by_ballot[ballot], electorate, subjects)
        held.append(one)
        if not one.counts:
            continue
        for subject, count in _counts(rule, open_, counted, one, question, tiers, electorate.chairs):
            found[subject].append(count)
        open_ = [subject for subject in open_ if found[subject][-1].carried is None]
    return Vote(question, panel, rule.kind, tuple(held), {subject: tuple(counts) for subject, counts in found.items()})


def _most_ballots(rule: VoteRule) -> int:
    """A ranking carries nothing over into a second ballot."""
    return 1 if rule.kind == "ranking" else rule.ballots


def _held(
    rule: VoteRule, ballot: int, papers: Sequence[Paper], electorate: Electorate, subjects: Collection[str]
) -> tuple[Held, list[Paper]]:
    """Sort the papers of one ballot, and say whether it has its quorum; give the ballot and the papers that count.

    Whoever cast a paper is present, a spoiled one too; more papers than people recorded are more people.
    """
    admitted, left_out = _admitted(ballot, papers, electorate)
    times = Counter(paper.voter for paper in admitted)
    counted = []
    for paper in admitted:
        if times[paper.voter] > 1:
            left_out[Spoiled.TWICE] += 1
        elif rule.kind == "approval" and rule.most is not None and _named(paper, subjects) > rule.most:
            left_out[Spoiled.TOO_MANY] += 1
        else:
            counted.append(paper)

    members = len(electorate.members)
    present = min(members, max(len(times), len(electorate.present.get(ballot, frozenset()) & electorate.members)))
    counts = present > 0 and present >= rule.quorum * members
    reasons = {str(reason): number for reason, number in sorted(left_out.items())}
    return Held(ballot, members, present, len(counted), rule.quorum, counts, reasons), counted


def _admitted(ballot: int, papers: Sequence[Paper], electorate: Electorate) -> tuple[list[Paper], Counter[str]]:
    """Leave out the papers of those who may not vote, or were not there."""
    present = electorate.present.get(ballot)
    left_out: Counter[str] = Counter()
    admitted = []
    for paper in papers:
        is_member = paper.voter in electorate.members
        if not is_member and not electorate.pseudonyms:
            left_out[Spoiled.NOT_A_MEMBER] += 1
        elif is_member and present is not None and paper.voter not in present:
            left_out[Spoiled.NOT_PRESENT] += 1
        else:
            admitted.append(paper)
    return admitted, left_out


def _named(paper: Paper, subjects: Collection[str]) -> int:
    return sum(paper.choice.get(subject) == YES for subject in subjects)


def majority(rule: VoteRule, held: Held) -> tuple[int, int]:
    """Give of how many members a majority is counted, and how many votes it needs.

    More than half of those present or of all members; at least two thirds of those present.
    """
    if rule.majority == "two_thirds":
        return held.present, -(-2 * held.present // 3)
    of = held.members if rule.majority == "members" else held.present
    return of, of // 2 + 1


def _counts(
    rule: VoteRule,
    subjects: Sequence[str],
    papers: Sequence[Paper],
    held: Held,
    question: str,
    tiers: Sequence[str],
    chairs: frozenset[str],
) -> Iterator[tuple[str, Count]]:
    if rule.kind == "ranking":
        yield from _ranked(subjects, papers, held, question)
        return
    for subject in subjects:
        votes = [(paper.choice.get(subject), paper.voter in chairs) for paper in papers]
        yield (
            subject,
            (
                _on_tiers(rule, votes, held, question, tiers)
                if rule.kind == "tier"
                else _yes_no(rule, votes, held, question)
            ),
        )


_Votes: TypeAlias = Sequence[tuple[str | None, bool]]
"""What each paper says of one work, and whether it is the chair's."""


def _yes_no(rule: VoteRule, votes: _Votes, held: Held, question: str) -> Count:
    of, needed = majority(rule, held)
    yes = sum(vote in (YES, question or YES) for vote, _ in votes)
    no = sum(vote == NO for vote, _ in votes)
    casting = _casts(rule, yes, of, [vote in (YES, question or YES) for vote, chairs in votes if chairs])
    carried = YES if yes >= needed or casting else None
    return Count(question, held.ballot, of, needed, yes, no, casting=casting, carried=carried)


def _casts(rule: VoteRule, votes: int, of: int, chairs: Sequence[bool]) -> bool:
    """Say whether the chair's own vote decides: exactly half are for, and so is every chair who voted."""
    return rule.casting_vote and rule.majority != "two_thirds" and 2 * votes == of > 0 and bool(chairs) and all(chairs)


def _on_tiers(rule: VoteRule, votes: _Votes, held: Held, question: str, tiers: Sequence[str]) -> Count:
    """Find the highest tier for which the votes for it or a higher one reach the majority."""
    of, needed = majority(rule, held)
    named = Counter(vote for vote, _ in votes if vote in tiers)
    known = {tier: named[tier] for tier in tiers}
    reached = 0
    for number, tier in enumerate(tiers):
        reached += named[tier]
        casting = _casts(rule, reached, of, [vote in tiers[: number + 1] for vote, chairs in votes if chairs])
        if reached >= needed or casting:
            return Count(question, held.ballot, of, needed, tiers=known, casting=casting, carried=tier)
    return Count(question, held.ballot, of, needed, tiers=known)


def _ranked(subjects: Sequence[str], papers: Sequence[Paper], held: Held, question: str) -> Iterator[tuple[str, Count]]:
    """Add up the places; a work that a paper leaves out comes after all that it names."""
    sums: Counter[str] = Counter()
    for paper in papers:
        sums.update(_places(paper, subjects))
    for subject in subjects:
        yield subject, Count(question, held.ballot, papers=len(papers), sum=sums[subject])


def _places(paper: Paper, subjects: Sequence[str]) -> dict[str, int]:
    """Give the place of each work on a paper, among those that are up; equal numbers share a place."""
    given = {subject: int(text) for subject in subjects if _is_place(text := paper.choice.get(subject, ""))}
    ordered = sorted(given.values())
    return {subject: 1 + ordered.index(given[subject]) if subject in given else len(given) + 1 for subject in subjects}


def _is_place(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 6 and int(text) > 0


# What it came to -----------------------------------------------------------------------------------------------------


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
