"""One sheet of a juror: as it is opened, as it is saved, as it was sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select
from sqlalchemy.orm import aliased, contains_eager

from contest.accounts.models import User
from contest.database import db
from contest.entries import codes
from contest.entries.models import Entry
from contest.judging.models import Assignment, Reopening, Round, RoundEntry, ScoreSheet, SheetDraft
from contest.judging.queries.conditions import IN_CONTEST
from contest.judging.queries.counted_sheets import _newest, _same_work
from contest.regulations.models import Contest, RegulationVersion
from contest.regulations.scoring import Criterion


class Sheet(NamedTuple):
    """All that a juror's page for one work needs besides the work itself."""

    assignment: Assignment
    work: RoundEntry
    newest: ScoreSheet | None
    reopened_until: datetime | None

    @property
    def draft(self) -> SheetDraft | None:
        """What the juror typed so far."""
        return self.assignment.draft


def _reachable() -> tuple[ColumnElement[bool], ...]:
    """The juror's own, not given back, in a round of the contest that was opened."""
    return (
        Assignment.id == bindparam("assignment"),
        Assignment.juror_id == bindparam("juror"),
        Assignment.recused_at.is_(None),
        Round.contest_id == bindparam("contest"),
        Round.opened_at.is_not(None),
        IN_CONTEST,
    )


@cache
def _sheet() -> Select[Assignment, RoundEntry, ScoreSheet, datetime]:
    until = select(func.max(Reopening.until)).where(Reopening.assignment_id == Assignment.id).scalar_subquery()
    return (
        select(Assignment, RoundEntry, ScoreSheet, until)
        .join(Assignment.round)
        .join(RoundEntry, _same_work())
        .join(Assignment.entry)
        .join(RoundEntry.revision)
        .outerjoin(Round.version)
        .outerjoin(Assignment.draft)
        .outerjoin(ScoreSheet, and_(ScoreSheet.assignment_id == Assignment.id, _newest()))
        .where(*_reachable())
        .options(
            contains_eager(Assignment.round).contains_eager(Round.version),
            contains_eager(Assignment.entry).defer(Entry.draft),
            contains_eager(Assignment.draft),
            contains_eager(RoundEntry.revision),
        )
        .execution_options(populate_existing=True)
    )


def sheet_of(juror: User, contest: Contest, assignment_id: int) -> Sheet | None:
    """One assignment of this juror in this contest, unless they stepped back or the round is not open to them."""
    row = db.session.execute(_sheet(), {"assignment": assignment_id, "juror": juror.id, "contest": contest.id}).first()
    return Sheet(*row) if row else None


class Typing(NamedTuple):
    """A sheet that is being saved or sent: what deciding on it needs, without the work itself."""

    assignment: Assignment
    category: str
    code: str | None
    alias: str

    @property
    def rubric(self) -> tuple[Criterion, ...]:
        """The criteria of the sheet."""
        return self.assignment.round.rubric(self.category)

    @property
    def name(self) -> str:
        """What the juror calls the work."""
        return name_for_juror(self.assignment.round, self.category, self.code, self.alias)


@cache
def _typing() -> Select[Assignment, str, str | None, str]:
    newest = aliased(RegulationVersion, name="newest_version")
    return (
        select(Assignment, RoundEntry.category, Entry.code, RoundEntry.alias)
        .join(Assignment.juror)
        .join(Assignment.round)
        .join(Round.contest)
        .join(RoundEntry, _same_work())
        .join(Assignment.entry)
        .outerjoin(newest, newest.id == Contest.version_id)
        .outerjoin(Round.version)
        .outerjoin(Assignment.draft)
        .where(*_reachable())
        .options(
            contains_eager(Assignment.juror),
            contains_eager(Assignment.draft),
            contains_eager(Assignment.round).options(
                contains_eager(Round.version),
                contains_eager(Round.contest).contains_eager(Contest.version.of_type(newest)),
            ),
        )
        .execution_options(populate_existing=True)
    )


def typing_of(juror_id: int, contest_id: int, assignment_id: int) -> Typing | None:
    """The sheet that a juror types or sends, in one query together with all that was read before and may be old."""
    row = db.session.execute(_typing(), {"assignment": assignment_id, "juror": juror_id, "contest": contest_id}).first()
    return Typing(*row) if row else None


def name_for_juror(round_: Round, category: str, code: str | None, alias: str) -> str:
    """What jurors of a round call a work: its code, or its alias where names are hidden."""
    if round_.rule.blind:
        return alias
    rule = round_.regulation.category(category)
    return codes.shown(code or "", {rule.prefix: rule.shown_prefix})


class Judged(NamedTuple):
    """What a sheet is about, for deciding on it."""

    category: str
    code: str | None
    reopened_until: datetime | None


@cache
def _judged() -> Select[str, str | None, datetime | None]:
    until = select(func.max(Reopening.until)).where(Reopening.assignment_id == Assignment.id).scalar_subquery()
    return (
        select(RoundEntry.category, Entry.code, until)
        .select_from(Assignment)
        .join(RoundEntry, _same_work())
        .join(Assignment.entry)
        .where(Assignment.id == bindparam("assignment"), IN_CONTEST)
    )


def judged_by(assignment: Assignment) -> Judged | None:
    """The work of an assignment, if it is still in the contest, and the extra time there is for it."""
    row = db.session.execute(_judged(), {"assignment": assignment.id}).first()
    return Judged(*row) if row else None


def history_of(newest: ScoreSheet | None) -> Sequence[ScoreSheet]:
    """All sheets of a sheet that was corrected, newest first; nothing for one that was not."""
    if newest is None or newest.revision == 1:
        return ()
    return db.session.scalars(
        select(ScoreSheet).where(ScoreSheet.assignment_id == newest.assignment_id).order_by(ScoreSheet.revision.desc())
    ).all()
