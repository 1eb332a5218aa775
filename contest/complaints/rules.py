"""When complaints are taken in, how they are numbered, in which state one is, and when its answer is due."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

from contest.clock import ZONE
from contest.errors import N_

PREFIX: Final = "KN-"
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Of follow-up codes, as Crockford wrote it: without I, L, O and U."""
CODE_LENGTH: Final = 16
_ALIKE: Final = str.maketrans({"I": "1", "L": "1", "O": "0"})
_NUMBER: Final = re.compile(r"(?:KN)?[-\s]*0*([1-9][0-9]{0,6})", re.IGNORECASE | re.ASCII)

MOST_FILES: Final = 5
MOST_MEGABYTES: Final = 15
"""Of all files together."""


class About(StrEnum):
    """What a complaint is about."""

    LINE = "line"  # a line of the posted list
    WORK = "work"  # another work of the contest
    LIST = "list"  # the list as a whole


class Verdict(StrEnum):
    """What an answer comes to."""

    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"
    OUTSIDE = "outside"


class State(StrEnum):
    """Where a complaint stands."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    REMARKING = "remarking"
    MERGED = "merged"
    ANSWERED = "answered"


STATE_NAMES: Final = {
    State.RECEIVED: N_("Received"),
    State.ASSIGNED: N_("Being looked into"),
    State.REMARKING: N_("The work is being marked again"),
    State.MERGED: N_("Handled with another complaint"),
    State.ANSWERED: N_("Answered"),
}
VERDICT_NAMES: Final = {
    Verdict.UPHELD: N_("The complaint is right"),
    Verdict.PARTLY: N_("The complaint is partly right"),
    Verdict.NOT_UPHELD: N_("The complaint is not right"),
    Verdict.OUTSIDE: N_("The regulation has no such complaint looked into"),
}
ABOUT_NAMES: Final = {
    About.LINE: N_("A line of the posted list"),
    About.WORK: N_("A work that is not on the list"),
    About.LIST: N_("The list as a whole"),
}


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which complaints about a posted list are taken in.

    :ivar opened_at: when the list was posted
    :ivar until: the last day of the posting, itself included
    :ivar days_after: further days by the regulation
    """

    opened_at: datetime
    until: date
    days_after: int = 0

    @property
    def last_day(self) -> date:
        """The last day on which a complaint is taken in."""
        return self.until + timedelta(days=self.days_after)

    @property
    def ends(self) -> datetime:
        """The instant after that day."""
        return datetime.combine(self.last_day + timedelta(days=1), datetime.min.time(), ZONE)

    def takes(self, now: datetime) -> bool:
        """Say whether a complaint that arrives now is taken in."""
        return self.opened_at <= now < self.ends


def shown(number: int) -> str:
    """Write the number of a complaint as letters and pages name it: KN-0001."""
    return f"{PREFIX}{number:04}"


def number_in(text: str) -> int | None:
    """Read the number of a complaint, however somebody wrote it; None when it is none."""
    found = _NUMBER.fullmatch(text.strip())
    return int(found[1]) if found else None


def subject_of(number: int) -> str:
    """Name a complaint in recorded acts and in the log."""
    return f"complaint:{shown(number)}"


def written_code(code: str) -> str:
    """Write a follow-up code in groups of four, to be read out and copied."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def read_code(text: str) -> str:
    """Read a follow-up code: no matter in which case, with which gaps, and with letters that look like digits."""
    return re.sub(r"[^0-9A-Z]", "", text.upper()).translate(_ALIKE)


def digest(contest: str, code: str) -> str:
    """Name a follow-up code in its row without keeping it.

    A code has 80 bits, so that nobody finds it from its hash.
    """
    return sha256(f"complaint:{contest}:{read_code(code)}".encode()).hexdigest()


def due_on(received_at: datetime, days: int) -> date:
    """Give the last day for the answer, the day of the receipt not counted."""
    return received_at.astimezone(ZONE).date() + timedelta(days=days)


def is_late(due: date, answered_at: datetime | None, now: datetime) -> bool:
    """Say whether a complaint was or is without an answer after its last day."""
    return (answered_at or now).astimezone(ZONE).date() > due


def state_of(*, answered: bool, merged: bool, remarking: bool, assigned: bool) -> State:
    """Tell where a complaint stands; an answer ends everything, also for one that was handled with another."""
    if answered:
        return State.ANSWERED
    if merged:
        return State.MERGED
    if remarking:
        return State.REMARKING
    return State.ASSIGNED if assigned else State.RECEIVED
