"""What people can ask about their data, what organizers decide, what is carried out, and what goes by itself."""

from contest.privacy.services.erasure import erase, reapply
from contest.privacy.services.periods import BY_OTHERS, PERIODS, Period
from contest.privacy.services.records import change_incident, opened, record_incident
from contest.privacy.services.requests import (
    CARRY_OUT,
    ask,
    carry_out,
    decide,
    enter_paper,
    hasten,
    mark_done,
    take_back,
    withdraw_consent,
)

__all__ = [
    "BY_OTHERS",
    "CARRY_OUT",
    "PERIODS",
    "Period",
    "ask",
    "carry_out",
    "change_incident",
    "decide",
    "enter_paper",
    "erase",
    "hasten",
    "mark_done",
    "opened",
    "reapply",
    "record_incident",
    "take_back",
    "withdraw_consent",
]
