"""The way from sealing to the wall: eight stages, taken one after the other, none skipped and none twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from contest.clock import ZONE
from contest.results import refusals


class Act(StrEnum):
    """What moves a contest one stage on."""

    PROPOSE = "propose"
    APPROVE = "approve"
    POST = "post"
    DECIDE = "decide"
    PREPARE = "prepare"
    PUBLISH = "publish"


STAGES: Final = ("setup", "running", "proposed", "approved", "posted", "decided", "prepared", "published")
"""Every stage, in order."""

REACHES: Final = dict(zip(Act, STAGES[2:], strict=True))
"""The stage each act leads to; it is done from the one before."""

_MISSING: Final[dict[Act, Callable[[], refusals.NotNow]]] = {
    Act.PROPOSE: refusals.NotNow,
    Act.APPROVE: refusals.NotProposed,
    Act.POST: refusals.NotApproved,
    Act.DECIDE: refusals.NotPosted,
    Act.PREPARE: refusals.NotDecided,
    Act.PUBLISH: refusals.NotPrepared,
}


@dataclass(frozen=True, slots=True)
class Situation:
    """What the gates look at.

    :ivar unsealed: names of the rounds that are not sealed
    :ivar posted_until: the last day of the posting, None before it
    """

    stage: str
    unsealed: tuple[str, ...] = ()
    posted_until: date | None = None


def end_of(day: date) -> datetime:
    """Give the instant after a local day, which is when a span that includes it is over."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), ZONE)


def last_day(first: date, days: int) -> date:
    """Give the last of so many days, the first counted."""
    return first + timedelta(days=days - 1)


def is_done(act: Act, stage: str) -> bool:
    """Say whether the contest has passed the act."""
    return STAGES.index(stage) >= STAGES.index(REACHES[act])


def check(act: Act, situation: Situation, now: datetime) -> None:
    """Pass when it is the turn of the act.

    :raise NotNow: with the sentence that says what is missing
    """
    if is_done(act, situation.stage):
        raise refusals.AlreadyDone
    if act is Act.PROPOSE and situation.unsealed:
        raise refusals.RoundsUnsealed(rounds=", ".join(situation.unsealed))
    if STAGES.index(situation.stage) != STAGES.index(REACHES[act]) - 1:
        raise _MISSING[act]()
    if act is Act.DECIDE and situation.posted_until is not None and now < end_of(situation.posted_until):
        raise refusals.PostingNotEnded(at=end_of(situation.posted_until))


def check_decided_on(decided_on: date, situation: Situation, now: datetime) -> None:
    """Pass when a decision may bear a date: after the posting, and not later than today.

    :raise ContestError: at the field of the date
    """
    if situation.posted_until is not None and decided_on <= situation.posted_until:
        raise refusals.DecidedTooEarly(on=f"{situation.posted_until:%d/%m/%Y}")
    if decided_on > now.astimezone(ZONE).date():
        raise refusals.DecidedInFuture
