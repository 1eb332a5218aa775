"""What people do in a meeting of the council."""

from contest.council.services.balloting import close_vote, open_vote
from contest.council.services.calling_the_roll import Answer, call_the_roll
from contest.council.services.discussing import (
    decide_proposal,
    propose,
    take_up,
    take_up_standings,
    take_up_work,
    withdraw_proposal,
    write_note,
)
from contest.council.services.holding import call_meeting, close_meeting, move, open_meeting

__all__ = [
    "Answer",
    "call_meeting",
    "call_the_roll",
    "close_meeting",
    "close_vote",
    "decide_proposal",
    "move",
    "open_meeting",
    "open_vote",
    "propose",
    "take_up",
    "take_up_standings",
    "take_up_work",
    "withdraw_proposal",
    "write_note",
]
