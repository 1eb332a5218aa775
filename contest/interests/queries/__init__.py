"""Finding what ties people to works."""

from contest.interests.queries.barring import (
    barred,
    bars,
    conflicts_between,
    forget,
    in_force,
    keeping_away,
    people_without_interests,
)
from contest.interests.queries.facts import newsrooms_of, successors

__all__ = [
    "barred",
    "bars",
    "conflicts_between",
    "forget",
    "in_force",
    "keeping_away",
    "newsrooms_of",
    "people_without_interests",
    "successors",
]
