"""What is done with certificates: prepared, drawn, kept, and brought in line with the decision in force."""

from contest.certificates.services.drawing import Drawn, check_drawable, is_behind, keep_drawn, request_drawing
from contest.certificates.services.examining import Examined, examine
from contest.certificates.services.following import consequences_of, follow_decision
from contest.certificates.services.issuing import prepare, specimen_of, specimens
from contest.certificates.services.keys import know_certificate, know_code_key, withdraw_key
from contest.certificates.services.register import decision_of, given_on, words_of

__all__ = [
    "Drawn",
    "Examined",
    "check_drawable",
    "consequences_of",
    "decision_of",
    "examine",
    "follow_decision",
    "given_on",
    "is_behind",
    "keep_drawn",
    "know_certificate",
    "know_code_key",
    "prepare",
    "request_drawing",
    "specimen_of",
    "specimens",
    "withdraw_key",
    "words_of",
]
