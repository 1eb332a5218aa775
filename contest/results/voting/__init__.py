"""Votes of a council.

Shares are compared as whole numbers, never as decimals. Members who are present and vote for nothing count as present.
No count names a voter.
"""

from contest.results.voting.counting import Electorate, Paper, Spoiled, count_votes, majority
from contest.results.voting.votes import Count, Counts, Held, Support, Vote, Voted, reached

__all__ = [
    "Count",
    "Counts",
    "Electorate",
    "Held",
    "Paper",
    "Spoiled",
    "Support",
    "Vote",
    "Voted",
    "count_votes",
    "majority",
    "reached",
]
