"""Hold a work against the regulation: facts in, findings out.

Every rule that a machine can check is one function in this package, and the same functions serve the draft while it
is typed, the moment of submission, the secretariat's dossier, the self check of somebody who has not signed in, and
the question what an amendment would change. Facts that are not known (None) are not judged. The order in which
instalments or authors were typed never matters.
"""

from contest.entries.eligibility.authors import allowance, line_of
from contest.entries.eligibility.checking import check
from contest.entries.eligibility.entrants import CLOSED, channel_of, places_left
from contest.entries.eligibility.facts import (
    Author,
    Award,
    Channel,
    Entered,
    Facts,
    Likeness,
    Published,
    SameWork,
    Sender,
    Unit,
)
from contest.entries.eligibility.instalments import needed_inside

__all__ = [
    "CLOSED",
    "Author",
    "Award",
    "Channel",
    "Entered",
    "Facts",
    "Likeness",
    "Published",
    "SameWork",
    "Sender",
    "Unit",
    "allowance",
    "channel_of",
    "check",
    "line_of",
    "needed_inside",
    "places_left",
]
