"""What winners and those who pay them can do, and how the staff answers."""

from contest.winners.services.answering import ask_correction, confirm
from contest.winners.services.banking import (
    forget_bank_details,
    give_bank_details,
    keys_in_use,
    rotate_keys,
    withdraw_bank_details,
)
from contest.winners.services.following import follows_lines
from contest.winners.services.paying import divide, mark_paid, mark_returned, reveal, reveal_all, undo_payment
from contest.winners.services.settling import accept, ask, check_confirmed, correct, decline, pass_over, remind
from contest.winners.services.wishing import Wish

__all__ = [
    "Wish",
    "accept",
    "ask",
    "ask_correction",
    "check_confirmed",
    "confirm",
    "correct",
    "decline",
    "divide",
    "follows_lines",
    "forget_bank_details",
    "give_bank_details",
    "keys_in_use",
    "mark_paid",
    "mark_returned",
    "pass_over",
    "remind",
    "reveal",
    "reveal_all",
    "rotate_keys",
    "undo_payment",
    "withdraw_bank_details",
]
