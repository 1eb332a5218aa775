"""What people say about interests: they tell, declare and take back, the chair confirms and waives."""

from contest.interests.services.saying import confirm, declare, reaction, waive, withdraw_declaration
from contest.interests.services.telling import declare_for_round, tell_of_newsroom, tell_of_person, withdraw_tie

__all__ = [
    "confirm",
    "declare",
    "declare_for_round",
    "reaction",
    "tell_of_newsroom",
    "tell_of_person",
    "waive",
    "withdraw_declaration",
    "withdraw_tie",
]
