"""How a council votes."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from contest.regulations.shape import Count, Flag, Part, Share

VoteKind = Literal["yes_no", "tier", "approval", "ranking"]
Majority = Literal["present", "members", "two_thirds"]


class VoteRule(Part):
    """One vote: what stands on a ballot, who must be there, and what carries.

    A quorum and a majority are counted exactly; abstaining members who are present count as present.
    """

    kind: VoteKind
    """``yes_no``: yes or no to each work; ``tier``: one tier, or none, for each work; ``approval``: up to ``most``
    works named; ``ranking``: works put in order."""
    most: Count | None = None
    """How many works a ballot may name, in an approval."""
    quorum: Share = Fraction(1, 2)
    """The share of the members that must be present, at least."""
    majority: Majority = "present"
    """More than half of those present, more than half of all members, or at least two thirds of those present."""
    ballots: Count = 1
    """How many times the council votes at most; what is not carried in one goes into the next."""
    casting_vote: Flag = False
    """Whether the chair's own vote decides when exactly half are for a work."""
    secret: Flag = True
    """Whether it stays unknown who voted how; the bundle then carries pseudonyms that change with every ballot."""
