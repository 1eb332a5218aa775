"""Playing a contest through, with the services that people use, at the hours of its calendar."""

from contest.demo.services.announcing import announce
from contest.demo.services.complaining import hear_complaints
from contest.demo.services.deciding import decide, post_the_list
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
    "close_round",
    "confirm_lines",
    "decide",
    "discuss",
    "end_meeting",
    "enter",
    "hear_complaints",
    "hours_of",
    "invented_works",
    "mark",
    "meet_now",
    "open_round",
    "pay",
    "post_the_list",
    "screen",
    "sent_entries",
    "vote",
]
