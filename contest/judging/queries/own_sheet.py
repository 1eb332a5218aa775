"""One sheet of a juror: as it is opened, as it is saved, as it was sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, inspect, select
from sqlalchemy.orm import aliased, contains_eager

from contest.accounts.models import User
from contest.database import db
from contest.entries import codes
from contest.entries.models import Entry, EntryRevision, EntryState
from contest.judging.models import (
    Assignment,
    DraftRevision,
    JurorNote,
    Reopening,
    Round,
    RoundEntry,
    ScoreSheet,
    SheetDraft,
)
from contest.judging.queries.conditions import IN_CONTEST, same_work
from contest.judging.queries.counted_sheets import newest_revision
from contest.judging.window import Window
from contest.regulations.models import Contest, RegulationVersion
from contest.regulations.schema import Regulation, remembered
from contest.regulations.scoring import Criterion
from contest.web.wall import asked_of


class Sheet(NamedTuple):
    """All that a juror's page for one work needs besides the work itself."""

    assignment: Assignment
    work: RoundEntry
    newest: ScoreSheet | None
    reopened_until: datetime | None
    note: JurorNote | None
    earlier_at: datetime | None  # when the last state before the draft was typed

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
def _sheet() -> Select[Assignment, RoundEntry, ScoreSheet, datetime, JurorNote, datetime]:
    until = select(func.max(Reopening.until)).where(Reopening.assignment_id == Assignment.id).scalar_subquery()
    earlier = (
        select(DraftRevision.saved_at)
        .where(DraftRevision.assignment_id == Assignment.id, DraftRevision.number == SheetDraft.kept)
        .scalar_subquery()
    )
    return asked_of(
        Assignment,
        select(Assignment, RoundEntry, ScoreSheet, until, JurorNote, earlier)
        .join(Assignment.round)
        .join(RoundEntry, same_work())
        .join(Assignment.entry)
        .join(RoundEntry.revision)
        .outerjoin(Round.version)
        .outerjoin(Assignment.draft)
        .outerjoin(JurorNote, JurorNote.assignment_id == Assignment.id)
        .outerjoin(ScoreSheet, and_(ScoreSheet.assignment_id == Assignment.id, newest_revision()))
        .where(*_reachable())
        .options(
            contains_eager(Assignment.round).contains_eager(Round.version),
            contains_eager(Assignment.entry).load_only(Entry.code),
            contains_eager(Assignment.draft),
            contains_eager(RoundEntry.revision).load_only(EntryRevision.content),
        )
        .execution_options(populate_existing=True),
    )


def sheet_of(juror: User, contest: Contest, assignment_id: int) -> Sheet | None:
    """One assignment of this juror in this contest, unless they stepped back or the round is not open to them."""
    row = db.session.execute(_sheet(), {"assignment": assignment_id, "juror": juror.id, "contest": contest.id}).first()
    return Sheet(*row) if row else None


class Typing(NamedTuple):
    """A sheet that is being typed, as far as reading the form needs it: rows of the round are not loaded for it."""

    assignment: Assignment
    category: str
    code: str | None
    alias: str
    round_code: str
    version: str

    @property
    def number(self) -> int:
        """Number of the assignment."""
        return number_of(self.assignment)

    @property
    def regulation(self) -> Regulation:
        """The regulation by which the round is judged."""
        return remembered(self.version) or self.assignment.round.regulation

    @property
    def rubric(self) -> tuple[Criterion, ...]:
        """The criteria of the sheet."""
        return self.regulation.round(self.round_code).rubrics.get(self.category, ())

    @property
    def name(self) -> str:
        """What the juror calls the work."""
        return name_of_work(self.regulation, self.round_code, self.category, self.code, self.alias)


@cache
def _typing() -> Select[Assignment, str, str | None, str, str, str]:
    return asked_of(
        Assignment,
        select(Assignment, RoundEntry.category, Entry.code, RoundEntry.alias, Round.code, RegulationVersion.sha256)
        .join(Assignment.round)
        .join(RoundEntry, same_work())
        .join(Assignment.entry)
        .join(Round.version)
        .where(*_reachable()),
    )


def typing_of(juror_id: int, contest_id: int, assignment_id: int) -> Typing | None:
    """The sheet that a juror types or sends."""
    row = db.session.execute(_typing(), {"assignment": assignment_id, "juror": juror_id, "contest": contest_id}).first()
    return Typing(*row) if row else None


def name_for_juror(round_: Round, category: str, code: str | None, alias: str) -> str:
    """What jurors of a round call a work: its code, or its alias where names are hidden."""
    return name_of_work(round_.regulation, round_.code, category, code, alias)


def name_of_work(regulation: Regulation, round_code: str, category: str, code: str | None, alias: str) -> str:
    """What jurors call a work by this regulation."""
    if regulation.round(round_code).blind:
        return alias
    rule = regulation.category(category)
    return codes.shown(code or "", {rule.prefix: rule.shown_prefix})


class Judged(NamedTuple):
    """All that deciding on a sheet rests on, as it is inside the transaction."""

    assignment: Assignment
    newest: ScoreSheet | None
    category: str
    code: str | None
    reopened_until: datetime | None
    state: EntryState
    bound_version: str | None
    newest_version: str | None

    @property
    def regulation(self) -> Regulation:
        """The regulation by which the round is judged."""
        return remembered(self.bound_version or "") or self.assignment.round.regulation

    @property
    def rubric(self) -> tuple[Criterion, ...]:
        """The criteria of the sheet."""
        return self.regulation.round(self.assignment.round.code).rubrics.get(self.category, ())

    @property
    def window(self) -> Window:
        """When the sheet is taken in."""
        round_ = self.assignment.round
        return round_.window(
            self.reopened_until, remembered(self.newest_version or ""), remarking=self.assignment.remarking
        )


@cache
def _judged() -> Select[Assignment, ScoreSheet, str, str | None, datetime, EntryState, str, str]:
    until = select(func.max(Reopening.until)).where(Reopening.assignment_id == Assignment.id).scalar_subquery()
    newest = aliased(RegulationVersion, name="newest_version")
    return (
        select(
            Assignment,
            ScoreSheet,
            RoundEntry.category,
            Entry.code,
            until,
            Entry.state,
            RegulationVersion.sha256,
            newest.sha256,
        )
        .join(Assignment.juror)
        .join(Assignment.round)
        .join(Round.contest)
        .join(RoundEntry, same_work())
        .join(Assignment.entry)
        .outerjoin(Round.version)
        .outerjoin(Assignment.draft)
        .outerjoin(newest, newest.id == Contest.version_id)
        .outerjoin(ScoreSheet, and_(ScoreSheet.assignment_id == Assignment.id, newest_revision()))
        .where(Assignment.id == bindparam("assignment"))
        .options(contains_eager(Assignment.juror), contains_eager(Assignment.round), contains_eager(Assignment.draft))
        .execution_options(populate_existing=True)
    )


def judged_by(assignment: Assignment) -> Judged | None:
    """What deciding on the sheet of an assignment needs: one query, which reads everything anew.

    Everything that was read before a transaction is let go at its beginning; asking for it here row by row would be
    six more questions on every save.
    """
    row = db.session.execute(_judged(), {"assignment": number_of(assignment)}).first()
    return Judged(*row) if row else None


@cache
def _drafted() -> Select[Assignment]:
    return (
        select(Assignment)
        .join(Assignment.juror)
        .join(Assignment.round)
        .outerjoin(Assignment.draft)
        .where(Assignment.id == bindparam("assignment"))
        .options(contains_eager(Assignment.juror), contains_eager(Assignment.round), contains_eager(Assignment.draft))
        .execution_options(populate_existing=True)
    )


def read_again(assignment: Assignment) -> Assignment:
    """Read an assignment with juror, round and draft in one query: all that keeping a draft rests on."""
    return db.session.scalars(_drafted(), {"assignment": number_of(assignment)}).one()


def number_of(assignment: Assignment) -> int:
    """Number of an assignment, also when a transaction has let go of its row."""
    found: int = inspect(assignment).identity[0]
    return found


def history_of(newest: ScoreSheet | None) -> Sequence[ScoreSheet]:
    """All sheets of a sheet that was corrected, newest first; nothing for one that was not."""
    if newest is None or newest.revision == 1:
        return ()
    return _sheets_of(newest.assignment_id)


def sheets_sent(assignment: Assignment) -> Sequence[ScoreSheet]:
    """All sheets of an assignment, newest first."""
    return _sheets_of(assignment.id)


@cache
def _sheets() -> Select[ScoreSheet]:
    wanted = ScoreSheet.assignment_id == bindparam("assignment")
    return select(ScoreSheet).where(wanted).order_by(ScoreSheet.revision.desc())


def _sheets_of(assignment_id: int) -> Sequence[ScoreSheet]:
    return db.session.scalars(_sheets(), {"assignment": assignment_id}).all()


def earlier_states(assignment: Assignment) -> Sequence[DraftRevision]:
    """The states of a draft that were kept, newest first."""
    return db.session.scalars(
        select(DraftRevision).where(DraftRevision.assignment_id == assignment.id).order_by(DraftRevision.number.desc())
    ).all()
