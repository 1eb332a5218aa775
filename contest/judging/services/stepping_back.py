"""A juror steps back from a work, or has an interest in it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from contest import audit
from contest.accounts.models import User
from contest.database import db, lock
from contest.entries.models import Entry
from contest.interests import services as interests
from contest.judging.models import Assignment, Round
from contest.judging.refusals import NotYourAssignment, RecusalNeedsReason, Recused
from contest.judging.services.rounds import check_not_sealed


def recuse(assignment: Assignment, *, reason: str, by: User, now: datetime) -> None:
    """Let a juror step back from a work. The assignment stays, marked; a sheet sent before no longer counts.

    :raise RoundSealed: once the round is sealed
    :raise RecusalNeedsReason: without a reason
    """
    check_own(assignment, by)
    check_not_sealed(assignment.round)
    if not reason:
        raise RecusalNeedsReason
    lock(assignment)
    assignment.recused_at, assignment.recusal_reason = now, reason
    declare_conflict(by, assignment.entry, note=reason, by=by, now=now)
    audit.record(
        "assignment.recused",
        contest_id=assignment.round.contest_id,
        by=by,
        about=f"assignment:{assignment.id}",
        now=now,
        details={"round": assignment.round.code, "entry": assignment.entry.code},
    )


def declare_conflict(juror: User, entry: Entry, *, note: str = "", by: User, now: datetime) -> None:
    """Remember that a juror has an interest in a work: they never get it, and lose it where they have it."""
    interests.declare(juror, entry, note=note, by=by, now=now)


@interests.reaction
def take_off_desk(juror: User, entry: Entry, note: str, by: User, now: datetime) -> None:
    """Take a work off the desk of somebody who is kept from it. Sealed rounds are left as they were."""
    held = db.session.scalars(
        select(Assignment)
        .join(Assignment.round)
        .where(
            Assignment.juror_id == juror.id,
            Assignment.entry_id == entry.id,
            Assignment.recused_at.is_(None),
            Round.sealed_at.is_(None),
        )
    )
    for assignment in held:
        assignment.recused_at, assignment.recusal_reason = now, note


def check_own(assignment: Assignment, juror: User) -> None:
    if assignment.juror_id != juror.id:
        raise NotYourAssignment
    if assignment.recused_at is not None:
        raise Recused
