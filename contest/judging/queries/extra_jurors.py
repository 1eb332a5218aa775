"""Who may be asked to mark a work once more than its own jurors."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from contest.accounts.models import Membership, Role, User
from contest.database import db
from contest.entries.models import Entry
from contest.interests.kinds import Kind
from contest.judging.models import Assignment, Reopening, Round, ScoreSheet
from contest.judging.queries.assigning import assignment_lines, loads_of
from contest.judging.queries.conditions import IN_CONTEST
from contest.judging.queries.conflicts import conflicts_in
from contest.judging.queries.panels import jurors_of

READS_SEALED_MARKS = (Role.CHAIR, Role.SECRETARY, Role.ORGANIZER, Role.OBSERVER)


class ExtraJuror(NamedTuple):
    """A juror of the contest who does not have a work, and what ties them to it.

    :ivar works: that they have in the round
    """

    juror: User
    conflicts: tuple[Kind, ...]
    works: int

    @property
    def is_barred(self) -> bool:
        """Whether they cannot be given the work at all."""
        return any(kind.blocks for kind in self.conflicts)


def extra_jurors(round_: Round, entry: Entry) -> list[ExtraJuror]:
    """The jurors of the contest who do not have a work, by name; an extra juror who has sent nothing is among them."""
    holders = {
        line.juror_id
        for line in assignment_lines(round_, [entry.id])
        if line.recused_at is None and (line.sent or not line.third)
    }
    jurors = [juror for juror in jurors_of(round_.contest) if juror.id not in holders]
    ties, loads = conflicts_in(round_, [juror.id for juror in jurors], [entry.id]), loads_of(round_)
    return [ExtraJuror(juror, ties.get((juror.id, entry.id), ()), loads.get(juror.id, 0)) for juror in jurors]


def jurors_to_remark(round_: Round, entry: Entry) -> list[ExtraJuror]:
    """Who may be asked to mark a work of a sealed round again, by name: jurors who never had the work in any round.

    Whoever reads the marks of sealed rounds in another role is not among them: they know what the others gave.
    """
    had = select(Assignment.juror_id).where(Assignment.entry_id == entry.id)
    reads = select(Membership.user_id).where(
        Membership.contest_id == round_.contest_id, Membership.role.in_(READS_SEALED_MARKS)
    )
    barred = set(db.session.scalars(had)) | set(db.session.scalars(reads))
    jurors = [juror for juror in jurors_of(round_.contest) if juror.id not in barred]
    ties, loads = conflicts_in(round_, [juror.id for juror in jurors], [entry.id]), loads_of(round_)
    return [ExtraJuror(juror, ties.get((juror.id, entry.id), ()), loads.get(juror.id, 0)) for juror in jurors]


def remarking(round_: Round) -> list[Assignment]:
    """Who marks a work of a sealed round again, by work and name of the juror, until the round is concluded again."""
    return list(
        db.session.scalars(
            select(Assignment)
            .join(Assignment.juror)
            .join(Assignment.entry)
            .where(Assignment.round_id == round_.id, Assignment.remarking)
            .options(contains_eager(Assignment.juror), contains_eager(Assignment.entry).defer(Entry.draft))
            .order_by(Entry.code, Assignment.id)
        )
    )


class AwaitedThird(NamedTuple):
    """An extra juror who has sent no sheet, and until when they may; without extra time that is None."""

    assignment: Assignment
    until: datetime | None


def awaited_thirds(round_: Round) -> list[AwaitedThird]:
    """The extra jurors of a round who have sent no sheet, whether their time is over or not."""
    until = select(func.max(Reopening.until)).where(Reopening.assignment_id == Assignment.id).scalar_subquery()
    rows = db.session.execute(
        select(Assignment, until)
        .join(Assignment.entry)
        .where(
            Assignment.round_id == round_.id,
            Assignment.third,
            Assignment.recused_at.is_(None),
            IN_CONTEST,
            ~select(ScoreSheet.id).where(ScoreSheet.assignment_id == Assignment.id).exists(),
        )
        .options(joinedload(Assignment.juror), contains_eager(Assignment.entry).defer(Entry.draft))
        .order_by(Assignment.id)
    )
    return [AwaitedThird(assignment, moment) for assignment, moment in rows]
