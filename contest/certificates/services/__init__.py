"""What is done with certificates: prepared, drawn, kept, and brought in line with the decision in force."""

from contest.certificates.services.issuing import (
    Drawn,
    check_drawable,
    decision_of,
    given_on,
    keep_drawn,
    prepare,
    request_drawing,
    specimens,
    words_of,
)

__all__ = [
    "Drawn",
    "check_drawable",
    "decision_of",
    "given_on",
    "keep_drawn",
    "prepare",
    "request_drawing",
    "specimens",
    "words_of",
]
