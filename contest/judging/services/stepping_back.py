"""A juror steps back from a work, or has an interest in it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from contest import audit
from contest.accounts.models import User
from contest.accounts.queries import members
from contest.accounts.roles import Role
from contest.database import db, lock
from contest.entries.models import Entry
from contest.interests import services as interests
from contest.interests.queries import bars, conflicts_between
from contest.judging import emails
from contest.judging.models import Assignment, Round
from contest.judging.refusals import NotYourAssignment, RecusalNeedsReason, Recused
from contest.judging.services.replacing import replace_juror
from contest.judging.services.rounds import check_sheet_open


def recuse(assignment: Assignment, *, reason: str, by: User, now: datetime) -> None:
    """Let a juror step back from a work. The assignment stays, marked; a sheet sent before no longer counts.

    :raise RoundSealed: once the round is sealed
    :raise RecusalNeedsReason: without a reason
    """
    check_own(assignment, by)
    check_sheet_open(assignment)
    if not reason:
        raise RecusalNeedsReason
    lock(assignment)
    declare_conflict(by, assignment.entry, note=reason, by=by, now=now)
    if assignment.recused_at is None:  # they had declared it before, and were given the work in spite of it
        take_off_desk(by, assignment.entry, reason, by, now)
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
            or_(Round.sealed_at.is_(None), Assignment.remarking),
        )
        .order_by(Assignment.id)
    )
    for assignment in held:
        assignment.recused_at, assignment.recusal_reason = now, note
        give_on(assignment, by=by, now=now)


def give_on(assignment: Assignment, *, by: User, now: datetime) -> None:
    """Give a work whose juror stepped back to the next best of the panel, and tell the secretariat what came of it."""
    if assignment.advisory or assignment.round.rule.is_voted:
        return
    if assignment.remarking:  # who marks again was named by people, and so is whoever takes their place
        for secretary in secretaries_for(assignment):
            emails.juror_stepped_back(assignment, secretary, given=[], lacks=1, has_quorum=False, now=now)
        return
    came = replace_juror(assignment.round, assignment.entry, by=by, now=now)
    for secretary in secretaries_for(assignment):
        emails.juror_stepped_back(
            assignment,
            secretary,
            given=[one.juror for one in came.given],
            lacks=max(0, came.needed - came.jurors),
            has_quorum=came.has_quorum,
            now=now,
        )


def secretaries_for(assignment: Assignment) -> list[User]:
    """Those of the secretariat who may hear of the work; where there is nobody, the organizers who may."""
    contest, entry_id = assignment.round.contest, assignment.entry_id
    for role in (Role.SECRETARY, Role.ORGANIZER):
        people = [row.user for row in members(contest.id, role) if row.user.is_active]
        kept = conflicts_between(contest, [user.id for user in people], [entry_id])
        if told := [user for user in people if not bars(kept.get((user.id, entry_id), ()))]:
            return told
    return []


def check_own(assignment: Assignment, juror: User) -> None:
    if assignment.juror_id != juror.id:
        raise NotYourAssignment
    if assignment.recused_at is not None:
        raise Recused
