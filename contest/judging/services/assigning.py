"""Giving single works to jurors, and taking them back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from contest import audit
from contest.accounts.models import User
from contest.database import db, lock
from contest.entries.models import Entry
from contest.judging import queries
from contest.judging.assignment import Flaw, flaws
from contest.judging.models import Assignment, Reopening, Round, RoundEntry
from contest.judging.refusals import AlreadyAssigned, InConflict, NotInRound, NotOnPanel, SheetExists
from contest.judging.services.rounds import check_not_sealed, check_sheet_open, tell_jurors
from contest.judging.services.spreading import refusal_of


def assign(round_: Round, entry: Entry, juror: User, *, by: User, now: datetime) -> Assignment:
    """Give a work to a juror of its panel.

    :raise RoundSealed: once the round is sealed
    :raise AssignmentRefused: if the juror is not on the panel, is in conflict, or has or had the work
    """
    check_not_sealed(round_)
    work = queries.work_in(round_, entry.id)
    if work is None:
        raise NotInRound
    panel = queries.panels_of(round_).get(work.panel)
    if panel is None or juror.id not in {member.user_id for member in panel.members}:
        raise NotOnPanel
    return give(round_, entry, juror, by=by, now=now)


def give(
    round_: Round,
    entry: Entry,
    juror: User,
    *,
    third: bool = False,
    advisory: bool = False,
    remarking: bool = False,
    by: User,
    now: datetime,
) -> Assignment:
    """Put a work on a juror's desk, wherever they sit.

    A work that the whole panel marks first may lie there already, to be compared; then it counts from now on.

    :param third: as one more juror than the regulation asks for
    :param advisory: only to compare jurors with each other; the sheet counts nowhere
    :param remarking: after the sealing; they are written to with the end of their time
    :raise AssignmentRefused: if the work is not in the round, or the juror is in conflict, or has or had the work
    """
    work = queries.work_in(round_, entry.id)
    if work is None:
        raise NotInRound
    for kind in queries.conflicts_in(round_, [juror.id], [entry.id]).get((juror.id, entry.id), ()):
        if kind.blocks:
            raise InConflict(kind)
    held = db.session.scalar(select(Assignment).filter_by(round_id=round_.id, entry_id=entry.id, juror_id=juror.id))
    if held is not None and not (may_count(held, work) and not third and not advisory and not remarking):
        raise AlreadyAssigned
    assignment = held or Assignment(round_id=round_.id, entry_id=entry.id, juror_id=juror.id, assigned_at=now)
    assignment.third, assignment.advisory, assignment.remarking = third, advisory, remarking
    db.session.add(assignment)
    try:
        db.session.flush()
    except IntegrityError as twin:
        raise AlreadyAssigned from twin
    audit.record(
        "assignment.made",
        contest_id=round_.contest_id,
        by=by,
        about=f"assignment:{assignment.id}",
        now=now,
        details={"round": round_.code, "entry": entry.code, "juror": juror.subject}
        | ({"third": True} if third else {})
        | ({"advisory": True} if advisory else {})
        | ({"remarking": True} if remarking else {}),
    )
    if held is None and not remarking:
        tell_jurors(round_, [juror.id], now=now)
    return assignment


def may_count(held: Assignment, work: RoundEntry) -> bool:
    """Say whether a work that a juror has only to be compared may become one of their own.

    One that the whole panel marks first may. One that was marked again without their knowing may not: somebody
    who knows that mark would choose whether it counts.
    """
    return held.advisory and held.recused_at is None and work.first


def unassign(assignment: Assignment, *, by: User, now: datetime) -> None:
    """Take a work back from a juror who has sent no sheet for it.

    :raise RoundSealed: once the round is sealed
    :raise SheetExists: if a sheet was sent
    """
    check_sheet_open(assignment)
    lock(assignment)
    if queries.newest_sheet(assignment) is not None:
        raise SheetExists
    audit.record(
        "assignment.taken_back",
        contest_id=assignment.round.contest_id,
        by=by,
        about=f"assignment:{assignment.id}",
        now=now,
        details={
            "round": assignment.round.code,
            "entry": assignment.entry.code,
            "juror": assignment.juror.subject,
            "had_draft": assignment.draft is not None,
        },
    )
    for extra in db.session.scalars(select(Reopening).filter_by(assignment_id=assignment.id)):
        db.session.delete(extra)
    db.session.delete(assignment)
    db.session.flush()


def choose_jurors(round_: Round, entry: Entry, jurors: Collection[User], *, by: User, now: datetime) -> None:
    """Let exactly these jurors have a work, besides those who stepped back from it.

    :raise AssignmentRefused: as giving and taking back do, or if one who would get it is away or has all they take
    """
    wanted = {juror.id: juror for juror in jurors}
    current = {line.juror_id: line for line in queries.assignment_lines(round_, [entry.id])}
    _check_can_take(round_, entry, wanted.keys(), now)
    for juror_id, line in current.items():
        if line.recused_at is None and not line.third and not line.advisory and juror_id not in wanted:
            unassign(db.session.get_one(Assignment, line.id), by=by, now=now)
    for juror_id, juror in wanted.items():
        if juror_id not in current or current[juror_id].advisory:
            assign(round_, entry, juror, by=by, now=now)


def _check_can_take(round_: Round, entry: Entry, juror_ids: Iterable[int], now: datetime) -> None:
    """Pass where nobody gets the work beyond their quota or while they are away; who has it already may keep it."""
    work = queries.work_in(round_, entry.id)
    if work is None:
        raise NotInRound
    posed = queries.posed(round_, panel=work.panel, now=now)
    others = {
        (each.entry_id, juror_id)
        for each in posed.problem.works
        if each.entry_id != entry.id
        for juror_id in each.settled | each.held
    }
    for line, flaw in flaws(posed.problem, others | {(entry.id, juror_id) for juror_id in juror_ids}).items():
        if line[0] == entry.id and flaw in (Flaw.quota, Flaw.away):
            raise refusal_of(flaw, posed, line)
