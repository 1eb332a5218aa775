"""Reopening a sheet for a juror, and an extra juror for a work."""

from __future__ import annotations

from datetime import datetime

from contest import audit
from contest.accounts.models import User
from contest.database import db, lock
from contest.entries.models import Entry
from contest.judging import emails, queries
from contest.judging.models import Assignment, Reopening, Round
from contest.judging.refusals import (
    InConflict,
    NotAJuror,
    NoThirdHere,
    NotInRound,
    Recused,
    ReopeningNeedsReason,
    ReopeningTooShort,
    ThirdExists,
)
from contest.judging.services.assigning import give
from contest.judging.services.rounds import check_not_sealed, check_sheet_open


def reopen(assignment: Assignment, *, until: datetime, reason: str, by: User, now: datetime) -> Reopening:
    """Give one juror extra time for one work, for a late sheet or to mark again.

    :raise RoundSealed: once the round is sealed
    :raise ReopeningRefused: without a reason, or if the time ends before now or before the round does
    """
    window = assignment.round.window()
    check_sheet_open(assignment)
    if assignment.recused_at is not None:
        raise Recused
    for kind in queries.conflicts_in(assignment.round, [assignment.juror_id], [assignment.entry_id]).values():
        if kind[0].blocks:
            raise InConflict(kind[0])
    if not reason:
        raise ReopeningNeedsReason
    if until <= now or until <= window.closes:
        raise ReopeningTooShort(closes=window.closes)
    extra = Reopening(
        round_id=assignment.round_id, assignment_id=assignment.id, until=until, reason=reason, by_id=by.id, at=now
    )
    db.session.add(extra)
    db.session.flush()
    audit.record(
        "assignment.reopened",
        contest_id=assignment.round.contest_id,
        by=by,
        about=f"assignment:{assignment.id}",
        now=now,
        details={
            "round": assignment.round.code,
            "entry": assignment.entry.code,
            "juror": assignment.juror.subject,
            "until": until.isoformat(),
        },
    )
    work = queries.work_in(assignment.round, assignment.entry_id)
    if work is None:
        raise NotInRound
    name = queries.name_for_juror(assignment.round, work.category, work.entry.code, work.alias)
    emails.sheet_reopened(extra, name, now=now)
    return extra


def assign_third(
    round_: Round, entry: Entry, juror: User, *, until: datetime, reason: str, by: User, now: datetime
) -> Assignment:
    """Give a work whose sheets differ too far to one more juror, with time until a moment.

    Whether the sheets differ too far is for the caller, who has them tallied. The extra juror may sit on another panel
    or on none: where the whole panel has marked a work, everybody on it has their sheet already.

    :param until: end of the time for the sheet; looked at only when the round's own end comes before it
    :raise RoundSealed: once the round is sealed
    :raise ThirdRefused: if the regulation gives no extra juror, or the work has one who has not stepped back
    :raise AssignmentRefused: if the juror is in conflict, or has or had the work
    :raise ReopeningRefused: if the round is closed and the time ends before now, or without a reason
    """
    check_not_sealed(round_)
    lock(round_)
    rule = round_.contest.regulation.round(round_.code).discrepancy
    if rule is None or not rule.consequence.startswith("third_"):
        raise NoThirdHere
    if juror.id not in {person.id for person in queries.jurors_of(round_.contest)}:
        raise NotAJuror
    if any(line.third and line.recused_at is None for line in queries.assignment_lines(round_, [entry.id])):
        raise ThirdExists
    assignment = give(round_, entry, juror, third=True, by=by, now=now)
    window = round_.window()
    if until > window.closes or not window.takes_sheets(now):
        reopen(assignment, until=until, reason=reason, by=by, now=now)
    return assignment
