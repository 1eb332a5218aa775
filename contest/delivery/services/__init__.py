"""Keeping what was printed and taken, and writing to whom certificates concern."""

from contest.delivery.services.printing import record_download, record_prints, spoil
from contest.delivery.services.telling import tell_again, tell_everybody, tell_on_publication

__all__ = [
    "record_download",
    "record_prints",
    "spoil",
    "tell_again",
    "tell_everybody",
    "tell_on_publication",
]
