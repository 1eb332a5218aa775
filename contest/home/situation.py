"""What is true of a contest now: decided from its calendar, its stage and the moment, and from nothing else.

The calendar says when works are received and marks are given; from sealing to the wall the acts of people count,
because a list is posted when somebody posts it and not when the calendar hoped for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from contest.errors import N_


class Phase(StrEnum):
    """Where a contest stands, as its readers see it."""

    PREPARING = "preparing"
    BEFORE = "before"
    RECEIVING = "receiving"
    SCREENING = "screening"
    ROUND = "round"
    BETWEEN = "between"
    CONCLUDING = "concluding"
    POSTED = "posted"
    DECIDED = "decided"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        """Message id of the phase, for the line above the nameplate."""
        return LABELS[self]


LABELS = {
    Phase.PREPARING: N_("In preparation"),
    Phase.BEFORE: N_("Not yet open for works"),
    Phase.RECEIVING: N_("Receiving works now"),
    Phase.SCREENING: N_("Checking the dossiers"),
    Phase.ROUND: N_("Judging goes on"),
    Phase.BETWEEN: N_("Between two rounds"),
    Phase.CONCLUDING: N_("Concluding the judging"),
    Phase.POSTED: N_("Posting the proposed list"),
    Phase.DECIDED: N_("Decided, awaiting the ceremony"),
    Phase.PUBLISHED: N_("Results published"),
}

# Stages that people's acts decide; before them, the calendar speaks.
BY_STAGE = {
    "setup": Phase.PREPARING,
    "proposed": Phase.CONCLUDING,
    "approved": Phase.CONCLUDING,
    "posted": Phase.POSTED,
    "decided": Phase.DECIDED,
    "prepared": Phase.DECIDED,
    "published": Phase.PUBLISHED,
}


class Span(Protocol):
    """Something that opens and closes."""

    @property
    def opens(self) -> datetime:
        """The first instant inside."""

    @property
    def closes(self) -> datetime:
        """The first instant after it."""


class Round(Span, Protocol):
    """A round of judging, as the regulation has it."""

    @property
    def code(self) -> str:
        """What the round is called in addresses and rows."""

    @property
    def name(self) -> str:
        """What people call it."""


@dataclass(frozen=True)
class Situation:
    """The phase, and what it is about.

    :param round: the round that is open, or that opens next, or that closed last
    :param until: the instant at which the phase ends by the calendar, where the calendar ends it
    """

    phase: Phase
    round: Round | None = None
    until: datetime | None = None


def situation_of(stage: str, receipt: Span, rounds: Iterable[Round], now: datetime) -> Situation:
    """Decide what is true of a contest at a moment.

    :param stage: the contest's stage; ``running`` leaves it to the calendar
    :param receipt: when works are received
    :param rounds: the rounds of judging, in their order
    """
    ordered = tuple(rounds)
    by_act = BY_STAGE.get(stage)
    if by_act is not None:
        return Situation(by_act, ordered[-1] if ordered else None)
    if now < receipt.opens:
        return Situation(Phase.BEFORE, until=receipt.opens)
    if now < receipt.closes:
        return Situation(Phase.RECEIVING, until=receipt.closes)
    for number, judged in enumerate(ordered):
        if now < judged.opens:
            return Situation(Phase.BETWEEN if number else Phase.SCREENING, judged, judged.opens)
        if now < judged.closes:
            return Situation(Phase.ROUND, judged, judged.closes)
    return Situation(Phase.CONCLUDING, ordered[-1] if ordered else None)


@dataclass(frozen=True)
class Remaining:
    """How long something still lasts, in whole days, hours and minutes."""

    days: int
    hours: int
    minutes: int

    @property
    def largest(self) -> tuple[int, str]:
        """The number and the unit a headline names: days; on the last day hours; in the last hour minutes."""
        if self.days:
            return self.days, "day"
        return (self.hours, "hour") if self.hours else (self.minutes, "minute")


def remaining(until: datetime, now: datetime) -> Remaining:
    """Count down to an instant; nothing is left once it has come."""
    minutes = max(0, int((until - now).total_seconds() // 60))
    return Remaining(minutes // 1440, minutes // 60 % 24, minutes % 60)


class Progress(StrEnum):
    """Where a step of the calendar stands."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True)
class Step:
    """One step of the calendar.

    :param key: which step: launch, receiving, screening, round:<code>, posting, ceremony
    :param name: the name a round has in its regulation; empty for the other steps
    """

    key: str
    first: date
    last: date
    progress: Progress
    name: str = ""


# The step that is going on in each phase; a phase between two steps shows the one before as done.
CURRENT = {
    Phase.RECEIVING: "receiving",
    Phase.SCREENING: "screening",
    Phase.POSTED: "posting",
    Phase.DECIDED: "ceremony",
}
DONE_BEFORE = {Phase.PREPARING: "launch", Phase.BEFORE: "receiving", Phase.CONCLUDING: "posting"}


def steps(situation: Situation, dated: Iterable[tuple[str, str, date, date]]) -> list[Step]:
    """Lay out the calendar with what is over, what goes on and what is to come.

    :param dated: key, name, first and last day of every step, in order
    """
    rows = list(dated)
    keys = [key for key, *_ in rows]
    current = CURRENT.get(situation.phase)
    if situation.phase == Phase.ROUND and situation.round is not None:
        current = f"round:{situation.round.code}"
    if current is not None:
        border = keys.index(current)
    elif situation.phase == Phase.PUBLISHED:
        border = len(keys)
    elif situation.phase == Phase.BETWEEN and situation.round is not None:
        border = keys.index(f"round:{situation.round.code}")
    else:
        step = DONE_BEFORE[situation.phase]
        border = keys.index(step if step in keys else "ceremony")  # a regulation need not provide for a posting
    return [
        Step(key, first, last, _progress(number, border, current is not None), name)
        for number, (key, name, first, last) in enumerate(rows)
    ]


def _progress(number: int, border: int, going_on: bool) -> Progress:
    if number == border and going_on:
        return Progress.NOW
    return Progress.DONE if number < border else Progress.NEXT
