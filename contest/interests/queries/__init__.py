"""Finding what ties people to works."""

from contest.interests.queries.barring import (
    barred,
    bars,
    conflicts_between,
    forget,
    in_force,
    keeping_away,
    people_without_interests,
    ties_of_stranger,
)
from contest.interests.queries.declared import has_declared, round_to_declare, tie_of, ties_of, works_declared
from contest.interests.queries.facts import newsrooms_of, successors
from contest.interests.queries.listing import Standing, TieLine, names_alike, tie_lines

__all__ = [
    "Standing",
    "TieLine",
    "barred",
    "bars",
    "conflicts_between",
    "forget",
    "has_declared",
    "in_force",
    "keeping_away",
    "names_alike",
    "newsrooms_of",
    "people_without_interests",
    "round_to_declare",
    "successors",
    "tie_lines",
    "tie_of",
    "ties_of",
    "ties_of_stranger",
    "works_declared",
]
