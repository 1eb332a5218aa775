"""Who judges what: jurors for every work without conflicts, evenly, within quotas, with as few changes as possible."""

from contest.judging.assignment.checking import Flaw, flaws
from contest.judging.assignment.linking import Overlap, overlaps
from contest.judging.assignment.network import Line
from contest.judging.assignment.prices import Cost
from contest.judging.assignment.problem import Problem, Seat, Work, share_of
from contest.judging.assignment.reasons import Leaving, Reason
from contest.judging.assignment.shortage import Unserved
from contest.judging.assignment.solving import Spread, solve, told

__all__ = [
    "Cost",
    "Flaw",
    "Leaving",
    "Line",
    "Overlap",
    "Problem",
    "Reason",
    "Seat",
    "Spread",
    "Unserved",
    "Work",
    "flaws",
    "overlaps",
    "share_of",
    "solve",
    "told",
]
