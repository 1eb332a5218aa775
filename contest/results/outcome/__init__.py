"""The outcome of a round as one pure function of its material.

It raises for no material, however odd, under any regulation that checks.
"""

from contest.results.outcome.concluding import conclude
from contest.results.outcome.round import AnyStanding, GroupOutcome, MissingVote, RoundOutcome, tiers_of

__all__ = ["AnyStanding", "GroupOutcome", "MissingVote", "RoundOutcome", "conclude", "tiers_of"]
