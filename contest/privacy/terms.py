"""How long the law gives to answer and to carry out what somebody asks about their data.

Source: Nghị định 356/2025/NĐ-CP: an answer within two working days; correcting within 10 days, stopping after a
withdrawal within 15, deleting within 20; each may be extended once.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from contest.errors import N_

ANSWER_WORKING_DAYS = 2
BREACH_HOURS = 72
"""Within which an incident is reported to the authority, from when it was known (Luật 91/2025/QH15, Điều 23)."""


class Wish(StrEnum):
    """What somebody asks about their data."""

    ERASURE = "erasure"
    CORRECTION = "correction"
    OBJECTION = "objection"

    @property
    def label(self) -> str:
        """The wish in words, as a message id."""
        return WISHES[self]

    @property
    def days(self) -> int:
        """Days that the law gives to carry it out."""
        return DAYS[self]


WISHES = {
    Wish.ERASURE: N_("Erase my data"),
    Wish.CORRECTION: N_("Correct my data"),
    Wish.OBJECTION: N_("Restrict or object to the processing"),
}
DAYS = {Wish.ERASURE: 20, Wish.CORRECTION: 10, Wish.OBJECTION: 15}


class Standing(StrEnum):
    """Where a request stands."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DONE = "done"

    @property
    def label(self) -> str:
        """The state in words, as a message id."""
        return STANDINGS[self]

    @property
    def mark(self) -> str:
        """Name of the mark that shows the state in a table."""
        return MARKS[self]


STANDINGS = {
    Standing.ASKED: N_("Waiting for a decision"),
    Standing.APPROVED: N_("Granted, to be carried out"),
    Standing.REFUSED: N_("Refused with a reason"),
    Standing.WITHDRAWN: N_("Taken back"),
    Standing.DONE: N_("Carried out"),
}
MARKS = {
    Standing.ASKED: "wait",
    Standing.APPROVED: "now",
    Standing.REFUSED: "no",
    Standing.WITHDRAWN: "gone",
    Standing.DONE: "ok",
}
OPEN = (Standing.ASKED, Standing.APPROVED)


def answer_by(received_on: date) -> date:
    """Give the last day for an answer; Saturdays and Sundays do not count, public holidays are not known here."""
    day, left = received_on, ANSWER_WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


def due_on(wish: Wish, received_on: date) -> date:
    """Give the last day for carrying it out."""
    return received_on + timedelta(days=wish.days)


def report_by(known_at: datetime) -> datetime:
    """Give the moment by which an incident has to be reported."""
    return known_at + timedelta(hours=BREACH_HOURS)
