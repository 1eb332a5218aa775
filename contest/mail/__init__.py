"""Letters: written to an outbox in the transaction that causes them, delivered after it, kept for the staff to read."""

from contest.mail.models import LETTER_STATES, Letter, LetterState
from contest.mail.services import deliver_due, in_vietnamese, post, render, resend

__all__ = ["LETTER_STATES", "Letter", "LetterState", "deliver_due", "in_vietnamese", "post", "render", "resend"]
