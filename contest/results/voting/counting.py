"""Counting the papers of a vote: who was there, what each ballot came to, and what it carried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from contest.regulations.voting import VoteRule
from contest.results.voting.votes import NO, YES, Count, Held, Vote


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
    place: dict[int, int] = {}
    for number, rank in enumerate(sorted(given.values()), start=1):
        place.setdefault(rank, number)
    return {subject: place[given[subject]] if subject in given else len(given) + 1 for subject in subjects}


def _is_place(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 6 and int(text) > 0
