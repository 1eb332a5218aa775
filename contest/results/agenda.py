"""What a council can vote on next: what was carried decides what comes after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contest.regulations.voting import VoteRule
from contest.results.choosing import candidates_of
from contest.results.outcome import RoundOutcome
from contest.results.voting import Vote


@dataclass(frozen=True, slots=True)
class NextVote:
    """A question, how many times it is voted on with this one, and about what."""

    question: str
    ballot: int
    subjects: tuple[str, ...]


def next_votes(outcome: RoundOutcome, held: Mapping[str, int]) -> list[NextVote]:
    """List what can be put to the vote now.

    A ballot without its quorum is repeated; what a ballot did not carry goes into the next, as many as the rule
    allows. Tiers are asked from the highest down, and a lower one once the higher has been voted on. A prize over the
    groups is asked when it is its turn.

    :param held: the last ballot on each question so far, those without their quorum included
    """
    rule = outcome.material.rule.vote
    found = [*(_on_works(outcome, rule) if rule is not None else ()), *_on_prizes(outcome)]
    return [NextVote(question, held.get(question, 0) + 1, subjects) for question, subjects in found if subjects]


def _on_works(outcome: RoundOutcome, rule: VoteRule) -> Iterator[tuple[str, tuple[str, ...]]]:
    missing: dict[str, list[str]] = {}
    for each in outcome.missing_votes:
        missing.setdefault(each.question, []).extend(each.entries)
    prizes = outcome.prizes
    for question in dict.fromkeys(vote.question for vote in outcome.votes):
        again = [
            entry
            for vote in outcome.votes
            if vote.question == question and _may_repeat(vote, rule)
            for entry, counts in vote.counts.items()
            if counts and counts[-1].carried is None and not (question and prizes.get(entry))
        ]
        waiting = missing.get(question, [])
        yield question, tuple(sorted({*waiting, *again} & set(outcome.works)))
        if waiting and question:
            return  # the lower tiers are asked about what this one leaves


def _on_prizes(outcome: RoundOutcome) -> Iterator[tuple[str, tuple[str, ...]]]:
    if not outcome.is_last or outcome.missing_votes or any(not standing.is_ranked for standing in outcome.standings):
        return
    rules = {prize.code: prize.vote for prize in outcome.material.ruling.special_prizes}
    rules |= {prize.code: prize.vote for prize in outcome.material.ruling.thematic_prizes}
    rules |= {prize.code: prize.vote for prize in outcome.material.ruling.collective_prizes}
    for prize in outcome.extra_prizes:
        rule = rules[prize.code]
        if prize.by == "vote" and rule is not None:
            taken = {winner.subject for winner in prize.winners}
            short = len(taken) < prize.quota and prize.vote is not None and _may_repeat(prize.vote, rule)
            if prize.is_open or short:
                yield prize.code, tuple(each for each in candidates_of(outcome, prize.code) if each not in taken)
        if prize.is_open or prize.question is not None:
            return  # later prizes may hang on this one


def _may_repeat(vote: Vote, rule: VoteRule) -> bool:
    """Say whether what a vote did not carry may be voted on again."""
    counted = sum(each.counts for each in vote.held)
    return vote.kind != "ranking" and 0 < counted < rule.ballots
