"""The way from sealing to the wall: the stages that the regulation asks for, taken one after the other and once.

A stage that the regulation does not ask for is passed through: without a posting the decision follows the approval,
without approvals the posting follows the proposal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from contest.clock import ZONE
from contest.errors import ContestError
from contest.regulations.schema import Regulation
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

LATE: Final = 17
"""The hour from which on a list that is hung counts from the next day: the offices are closed, nobody reads it."""

REACHES: Final = dict(zip(Act, STAGES[2:], strict=True))
"""The stage each act leads to."""

_MISSING: Final[dict[Act, type[refusals.NotNow]]] = {
    Act.PROPOSE: refusals.NotProposed,
    Act.APPROVE: refusals.NotApproved,
    Act.POST: refusals.NotPosted,
    Act.DECIDE: refusals.NotDecided,
    Act.PREPARE: refusals.NotPrepared,
}
"""What is said when an act is still missing before the next."""


def way(regulation: Regulation) -> tuple[Act, ...]:
    """List the acts that the regulation asks for, in order."""
    passed = set()
    if regulation.gates.approvals == ():
        passed.add(Act.APPROVE)
    if not regulation.has_posting:
        passed.add(Act.POST)
    return tuple(act for act in Act if act not in passed)


@dataclass(frozen=True, slots=True)
class Situation:
    """What the gates look at.

    :ivar way: the acts that are asked for, in order
    :ivar unsealed: names of the rounds that are not sealed
    :ivar bodies: who approves, in order; None for one approval whose body is named when it is recorded
    :ivar approved: how many have approved the list as it is proposed now
    :ivar posted_until: the last day of the posting, None before it
    :ivar complaint_days: after it, during which complaints are still taken in
    :ivar unanswered: numbers of the complaints that wait for their answer
    :ivar kept: acts that wait for something else, and what it is
    """

    stage: str
    way: tuple[Act, ...] = tuple(Act)
    unsealed: tuple[str, ...] = ()
    bodies: tuple[str, ...] | None = None
    approved: int = 0
    posted_until: date | None = None
    kept: Mapping[Act, ContestError] = field(default_factory=dict)
    complaint_days: int = 0
    unanswered: tuple[str, ...] = ()

    @property
    def complaints_end(self) -> datetime | None:
        """The instant from which no complaint about the posted list can arrive any more; None before the posting."""
        if self.posted_until is None:
            return None
        return end_of(self.posted_until + timedelta(days=self.complaint_days))

    @property
    def next_body(self) -> str | None:
        """Who approves next; None where nobody is named."""
        return self.bodies[self.approved] if self.bodies and self.approved < len(self.bodies) else None

    @property
    def is_last_approval(self) -> bool:
        """Whether the list is approved once the next approval is recorded."""
        return self.approved + 1 >= len(self.bodies or ("",))


def end_of(day: date) -> datetime:
    """Give the instant after a local day, which is when a span that includes it is over."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), ZONE)


def first_full_day(now: datetime) -> date:
    """Give the day from which a posting counts: today, or the next day for a list that is hung late in the day."""
    local = now.astimezone(ZONE)
    return local.date() + timedelta(days=1 if local.hour >= LATE else 0)


def last_day(first: date, days: int, promised: date | None = None) -> date:
    """Give the last of so many days, the first counted, and no day before the one that the calendar promised."""
    counted = first + timedelta(days=days - 1)
    return max(counted, promised) if promised is not None else counted


def is_done(act: Act, stage: str) -> bool:
    """Say whether the contest has passed the act."""
    return STAGES.index(stage) >= STAGES.index(REACHES[act])


def before(act: Act, way: Sequence[Act]) -> Act | None:
    """Give the act that has to come first, None for the first of all."""
    earlier = way[: way.index(act)]
    return earlier[-1] if earlier else None


def check(act: Act, situation: Situation, now: datetime) -> None:
    """Pass when it is the turn of the act.

    :raise ContestError: with the sentence that says what is missing
    """
    if is_done(act, situation.stage):
        raise refusals.AlreadyDone
    if act not in situation.way:
        raise refusals.NotAsked
    if act is Act.PROPOSE and situation.unsealed:
        raise refusals.RoundsUnsealed(rounds=", ".join(situation.unsealed))
    earlier = before(act, situation.way)
    if earlier is not None and not is_done(earlier, situation.stage):
        raise _missing(earlier, situation)
    if STAGES.index(situation.stage) < STAGES.index("running"):
        raise refusals.NotNow
    if act is Act.DECIDE:
        _check_complaints(situation, now)
    if act in situation.kept:
        raise situation.kept[act]


def _check_complaints(situation: Situation, now: datetime) -> None:
    """Pass when the posting is over, no complaint can arrive any more, and every one has its answer."""
    if situation.posted_until is not None and now < end_of(situation.posted_until):
        raise refusals.PostingNotEnded(at=end_of(situation.posted_until))
    if situation.complaints_end is not None and now < situation.complaints_end:
        raise refusals.ComplaintsMayArrive(at=situation.complaints_end)
    if situation.unanswered:
        raise refusals.ComplaintsUnanswered(complaints=", ".join(situation.unanswered))


def _missing(act: Act, situation: Situation) -> refusals.NotNow:
    """Say what is missing; an approval by the body whose turn it is."""
    if act is Act.APPROVE and is_done(Act.PROPOSE, situation.stage) and situation.next_body is not None:
        return refusals.NotApprovedBy(body=situation.next_body)
    return _MISSING[act]()


def check_decided_on(decided_on: date, situation: Situation, now: datetime) -> None:
    """Pass when a decision may bear a date: after the posting, and not later than today.

    :raise ContestError: at the field of the date
    """
    if situation.posted_until is not None and decided_on <= situation.posted_until:
        raise refusals.DecidedTooEarly(on=f"{situation.posted_until:%d/%m/%Y}")
    if decided_on > now.astimezone(ZONE).date():
        raise refusals.DecidedInFuture
