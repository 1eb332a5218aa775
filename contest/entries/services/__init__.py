"""What a person can do with a work: start it, save it, add files, send it, change it, withdraw it."""

from contest.entries.revision import draft_as_sent
from contest.entries.services.carrying import carry_over
from contest.entries.services.drafting import about, attach, check_room, remove_attachment, save_draft, start_entry
from contest.entries.services.infected import tell_infected
from contest.entries.services.openness import check_slot_open, open_parts
from contest.entries.services.revising import findings_of
from contest.entries.services.senders import senders_of
from contest.entries.services.sending import amend, submit, withdraw

__all__ = [
    "about",
    "amend",
    "attach",
    "carry_over",
    "check_room",
    "check_slot_open",
    "draft_as_sent",
    "findings_of",
    "open_parts",
    "remove_attachment",
    "save_draft",
    "senders_of",
    "start_entry",
    "submit",
    "tell_infected",
    "withdraw",
]
