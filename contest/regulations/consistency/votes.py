"""Votes that cannot be held as they are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contest.errors import N_
from contest.regulations.problems import Problem

if TYPE_CHECKING:
    from contest.regulations.prizes import CollectivePrize, SpecialPrize, ThematicPrize
    from contest.regulations.schema import Regulation
    from contest.regulations.voting import VoteRule

APPROVAL_WITHOUT_MOST = N_("An approval must say how many works a ballot may name: write most.")
ONLY_APPROVAL_HAS_MOST = N_(
    'Only an approval says how many works a ballot may name; write kind = "approval", or leave this out.'
)
NOTHING_CARRIED = N_("A ranking puts works in order and carries none by a majority; leave “%(setting)s” out.")
NO_HALF = N_("Exactly half is never two thirds, so the chair's vote could not decide; leave casting_vote out.")
TIERS_IN_THE_LAST_ROUND = N_(
    "Members can name tiers only in the last round, where tiers are given; write yes_no, approval or ranking."
)
NO_TIERS_HERE = N_("One prize is voted on here, so members cannot name tiers; write yes_no, approval or ranking.")
VOTE_WITHOUT_RULE = N_(
    'The prize is given by a vote, so the vote must be described; add vote, such as {kind = "yes_no"}.'
)
RULE_WITHOUT_VOTE = N_('The prize is not given by a vote; write by = "vote", or leave vote out.')


def of_rounds(regulation: Regulation) -> Iterator[Problem]:
    """Find votes of rounds that contradict themselves."""
    for number, rule in enumerate(regulation.rounds, 1):
        if rule.vote is None:
            continue
        path = f"rounds[{rule.code}].vote"
        yield from _vote(rule.vote, path)
        if rule.vote.kind == "tier" and number < len(regulation.rounds):
            yield Problem(f"{path}.kind", TIERS_IN_THE_LAST_ROUND)


def of_prizes(regulation: Regulation) -> Iterator[Problem]:
    """Find votes on special, thematic and collective prizes that are missing, too many or contradict themselves."""
    prizes: tuple[tuple[str, SpecialPrize | ThematicPrize | CollectivePrize], ...] = (
        *(("special_prizes", prize) for prize in regulation.special_prizes),
        *(("thematic_prizes", prize) for prize in regulation.thematic_prizes),
        *(("collective_prizes", prize) for prize in regulation.collective_prizes),
    )
    for section, prize in prizes:
        path = f"{section}[{prize.code}].vote"
        if prize.vote is None:
            if prize.by == "vote":
                yield Problem(path, VOTE_WITHOUT_RULE)
            continue
        if prize.by != "vote":
            yield Problem(path, RULE_WITHOUT_VOTE)
        if prize.vote.kind == "tier":
            yield Problem(f"{path}.kind", NO_TIERS_HERE)
        yield from _vote(prize.vote, path)


def _vote(rule: VoteRule, path: str) -> Iterator[Problem]:
    if rule.kind == "approval" and rule.most is None:
        yield Problem(f"{path}.most", APPROVAL_WITHOUT_MOST)
    if rule.kind != "approval" and rule.most is not None:
        yield Problem(f"{path}.most", ONLY_APPROVAL_HAS_MOST)
    if rule.kind == "ranking":
        fields = type(rule).model_fields
        for setting in ("majority", "ballots", "casting_vote"):
            if getattr(rule, setting) != fields[setting].default:
                yield Problem(f"{path}.{setting}", NOTHING_CARRIED, {"setting": setting})
    elif rule.casting_vote and rule.majority == "two_thirds":
        yield Problem(f"{path}.casting_vote", NO_HALF)
