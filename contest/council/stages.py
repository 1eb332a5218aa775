"""What a meeting goes through, and what may become of it from where it stands."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from contest.errors import N_


class Stage(StrEnum):
    """Where a meeting stands."""

    CALLED = "called"
    OPEN = "open"
    ADJOURNED = "adjourned"
    CLOSED = "closed"
    SIGNED = "signed"


class How(StrEnum):
    """In what way a member takes part."""

    ROOM = "room"
    ONLINE = "online"
    ABSENT = "absent"

    @property
    def is_present(self) -> bool:
        """Whether the member counts towards the quorum."""
        return self is not How.ABSENT

    @property
    def label(self) -> str:
        """The way in a few words, an English msgid."""
        return HOW_LABELS[self]


HOW_LABELS = {How.ROOM: N_("in the room"), How.ONLINE: N_("online"), How.ABSENT: N_("absent")}


class Topic(StrEnum):
    """What kind of thing is taken up."""

    WORK = "work"
    STANDINGS = "standings"
    BALLOT = "ballot"
    FREE = "free"


class Step(StrEnum):
    """What a line of the minutes tells."""

    OPENED = "opened"
    ROLL = "roll"
    ARRIVED = "arrived"
    LEFT = "left"
    TAKEN_UP = "taken_up"
    NOTED = "noted"
    PROPOSED = "proposed"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    BALLOT_OPENED = "ballot_opened"
    BALLOT_CLOSED = "ballot_closed"
    PAPER_ADDED = "paper_added"
    ACT = "act"
    ADJOURNED = "adjourned"
    RESUMED = "resumed"
    CLOSED = "closed"
    SIGNED = "signed"


class Move(StrEnum):
    """A step that needs no words."""

    ADJOURN = "adjourn"
    RESUME = "resume"
    SIGN = "sign"

    @property
    def label(self) -> str:
        """What the button says, an English msgid."""
        return MOVE_LABELS[self]


MOVE_LABELS = {
    Move.ADJOURN: N_("Adjourn the meeting"),
    Move.RESUME: N_("Resume the meeting"),
    Move.SIGN: N_("The minutes are signed"),
}

MOVES = {Stage.OPEN: (Move.ADJOURN,), Stage.ADJOURNED: (Move.RESUME,), Stage.CLOSED: (Move.SIGN,)}
"""What may be done with one press of a button."""

RUNNING = frozenset({Stage.OPEN, Stage.ADJOURNED})
"""Stages of a meeting that is under way."""

ADDED_TO = RUNNING | {Stage.CLOSED}
"""Stages in which who was there and what was said may still be written down."""

LATE = timedelta(minutes=5)
"""How long after its hour a step may be typed in before the minutes say that it was."""


def is_entered_later(at: datetime, recorded_at: datetime) -> bool:
    """Say whether a step was typed in so long after its hour that a reader must know."""
    return recorded_at - at >= LATE
