"""Playing a contest through, with the services that people use, at the hours of its calendar."""

from contest.demo.services.announcing import announce
from contest.demo.services.deciding import bring_to_decision
from contest.demo.services.entering import enter, invented_works, screen, sent_entries
from contest.demo.services.founding import AUTHOR, DOMAIN, PRESET, Cast, Play, begin, hours_of
from contest.demo.services.judging import assignments, close_round, mark, open_round, vote
from contest.demo.services.meeting import begin_meeting, discuss, end_meeting, meet_now
from contest.demo.services.winning import confirm_lines, pay

__all__ = [
    "AUTHOR",
    "DOMAIN",
    "PRESET",
    "Cast",
    "Play",
    "announce",
    "assignments",
    "begin",
    "begin_meeting",
    "bring_to_decision",
    "close_round",
    "confirm_lines",
    "discuss",
    "end_meeting",
    "enter",
    "hours_of",
    "invented_works",
    "mark",
    "meet_now",
    "open_round",
    "pay",
    "screen",
    "sent_entries",
    "vote",
]
