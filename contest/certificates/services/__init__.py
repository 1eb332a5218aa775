"""What is done with certificates: prepared, drawn, kept, and brought in line with the decision in force."""

from contest.certificates.services.designing import (
    Meant,
    begin_template,
    restore_template,
    retire_template,
    save_template,
)
from contest.certificates.services.drawing import Drawn, check_drawable, is_behind, keep_drawn, request_drawing
from contest.certificates.services.examining import Examined, examine
from contest.certificates.services.following import consequences_of, follow_decision
from contest.certificates.services.issuing import prepare
from contest.certificates.services.keeping_up import follow_lines
from contest.certificates.services.keys import know_certificate, know_code_key, withdraw_key
from contest.certificates.services.redesigning import behind_templates, take_up_templates
from contest.certificates.services.register import decision_of, given_on, words_of
from contest.certificates.services.showing import (
    LONGEST,
    SHORTEST,
    Extremes,
    Specimen,
    check_words,
    extremes,
    specimen_of,
    specimens,
)

__all__ = [
    "LONGEST",
    "SHORTEST",
    "Drawn",
    "Examined",
    "Extremes",
    "Meant",
    "Specimen",
    "begin_template",
    "behind_templates",
    "check_drawable",
    "check_words",
    "consequences_of",
    "decision_of",
    "examine",
    "extremes",
    "follow_decision",
    "follow_lines",
    "given_on",
    "is_behind",
    "keep_drawn",
    "know_certificate",
    "know_code_key",
    "prepare",
    "request_drawing",
    "restore_template",
    "retire_template",
    "save_template",
    "specimen_of",
    "specimens",
    "take_up_templates",
    "withdraw_key",
    "words_of",
]
