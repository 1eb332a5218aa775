"""Marking a work of a sealed round again: exactly the jurors who are named, and nobody learns what the others gave."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from contest.accounts.models import User
from contest.database import db, lock
from contest.entries.models import Entry
from contest.judging import queries
from contest.judging.models import Assignment, Round
from contest.judging.refusals import KnowsTheMarks, NotByVotes, NothingToMarkAgain, SheetExists
from contest.judging.services.assigning import give, unassign
from contest.judging.services.extra_time import reopen


def mark_again(
    round_: Round, entry: Entry, jurors: Collection[User], *, until: datetime, reason: str, by: User, now: datetime
) -> list[Assignment]:
    """Let exactly these jurors mark a work of a sealed round, until a moment.

    Whoever was named before, has sent nothing and is not named again gives the work back.

    :raise NothingToMarkAgain: before the sealing; then sheets are simply reopened
    :raise NotByVotes: where the council votes
    :raise KnowsTheMarks: if a juror has or had the work, or reads the marks of the others in another role
    :raise AssignmentRefused: if a juror is in conflict, or one is left out who has sent a sheet already
    :raise ReopeningRefused: without a reason, or if the time ends before now
    """
    lock(round_)
    if round_.sealed_at is None:
        raise NothingToMarkAgain(round=round_.name)
    if round_.rule.is_voted:
        raise NotByVotes(round=round_.name)
    named = {juror.id: juror for juror in jurors}
    held = {one.juror_id: one for one in queries.remarking(round_) if one.entry_id == entry.id}
    for juror_id, assignment in held.items():
        if juror_id not in named and assignment.recused_at is None:
            if assignment.sent_at is not None:
                raise SheetExists
            unassign(assignment, by=by, now=now)
    free = {extra.juror.id for extra in queries.jurors_to_remark(round_, entry)}
    found = []
    for juror_id, juror in named.items():
        assignment = held.get(juror_id) or _given(round_, entry, juror, free, by, now)
        if assignment.sent_at is None:
            reopen(assignment, until=until, reason=reason, by=by, now=now)
        found.append(assignment)
    return found


def _given(round_: Round, entry: Entry, juror: User, free: set[int], by: User, now: datetime) -> Assignment:
    if juror.id not in free:
        raise KnowsTheMarks(juror=juror.name)
    return give(round_, entry, juror, remarking=True, by=by, now=now)


def end_marking_again(round_: Round) -> None:
    """Take in no more sheets of works that were marked again: the round is concluded with them."""
    for assignment in queries.remarking(round_):
        assignment.remarking = False
    db.session.flush()
