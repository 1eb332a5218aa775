"""Who is needed for a decision, and what a show of hands carries.

A member who stays away from a work is present all the same: they count towards the quorum, and a majority of those
present is counted of all who are present, exactly as a ballot of the regulation counts abstaining members. They only
have no vote on that work. So nobody can turn a minority into a majority by having others step back.
"""

from __future__ import annotations

from dataclasses import dataclass

from contest.regulations.scoring import RoundRule
from contest.regulations.voting import VoteRule
from contest.results.voting import Held, majority


@dataclass(frozen=True)
class House:
    """Who could decide on a question, in numbers.

    :ivar entitled: those present who do not stay away from what it is about
    :ivar quorum: how many must be present
    :ivar chair_votes: whether whoever presides is among those entitled; only their own vote can be the casting one
    """

    members: int
    present: int
    entitled: int
    quorum: int
    chair_votes: bool = True

    @property
    def has_quorum(self) -> bool:
        """Whether enough members are present to decide."""
        return 0 < self.present >= self.quorum


@dataclass(frozen=True)
class Hands:
    """A show of hands.

    :ivar chair_for: whether whoever presides raised their hand for it
    """

    yes: int
    no: int
    abstained: int
    chair_for: bool = False


@dataclass(frozen=True)
class Verdict:
    """What a show of hands came to: how many were needed, of how many."""

    of: int
    needed: int
    casting: bool
    carried: bool


def rule_of(round_rule: RoundRule) -> VoteRule:
    """Find the rule by which a council decides: that of its ballots, else more than half with half of all present."""
    return round_rule.vote or VoteRule(kind="yes_no")


def count_hands(rule: VoteRule, house: House, hands: Hands) -> Verdict:
    """Say whether a proposal is carried."""
    held = Held(1, house.members, house.present, hands.yes + hands.no, rule.quorum, house.has_quorum, {})
    of, needed = majority(rule, held)
    half = rule.majority != "two_thirds" and 2 * hands.yes == of > 0
    casting = rule.casting_vote and half and hands.chair_for and house.chair_votes
    return Verdict(of, needed, casting, hands.yes >= needed or casting)


def fits(house: House, hands: Hands) -> bool:
    """Say whether no more hands were raised than members could raise."""
    return min(hands.yes, hands.no, hands.abstained) >= 0 and hands.yes + hands.no + hands.abstained <= house.entitled
