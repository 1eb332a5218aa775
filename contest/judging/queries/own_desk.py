"""What lies on a juror's desk, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, Text, and_, bindparam, case, cast, func, or_, select
from sqlalchemy.orm import joinedload

from contest.accounts.models import User
from contest.database import db
from contest.entries.models import Entry, EntryRevision
from contest.judging.models import (
    Assignment,
    Panel,
    PanelMember,
    Reopening,
    Round,
    RoundEntry,
    ScoreSheet,
    SheetDraft,
    Sitting,
)
from contest.judging.own_totals import OwnLine, Rubric, adding_up, is_draft_newer, present_total, read_line
from contest.judging.queries.conditions import IN_CONTEST, same_work
from contest.judging.queries.counted_sheets import newest_revision
from contest.judging.queries.own_sheet import name_for_juror
from contest.regulations.models import Contest
from contest.web.wall import asked_of


class Done(StrEnum):
    """How far a juror has come with one work."""

    todo = "todo"
    begun = "begun"
    sent = "sent"


class DeskLine(NamedTuple):
    """One work on a juror's desk."""

    id: int
    entry_id: int
    category: str
    code: str | None
    alias: str
    title: str
    saved_at: datetime | None
    draft: dict[str, str] | None
    sent_at: datetime | None
    marks: dict[str, int] | None
    reopened_until: datetime | None
    version: int | None
    window: str | None
    turn: int | None
    comment: str | None
    revision: int | None
    first: bool
    remarking: bool

    @property
    def by_draft(self) -> bool:
        """Whether what the juror gives at present is in the draft, not in a sheet that was sent."""
        return is_draft_newer(self.saved_at, self.sent_at)

    def present(self, rubric: Rubric) -> OwnLine:
        """What the juror gives the work at present."""
        return read_line(self.id, self.draft, self.marks, rubric, by_draft=self.by_draft)

    def total(self, rubric: Rubric) -> Fraction | None:
        """What the juror gives the work in all at present; None while a criterion has no mark."""
        return present_total(self.draft if self.by_draft else self.marks, rubric, by_draft=self.by_draft)

    @property
    def done(self) -> Done:
        """How far the juror has come."""
        if self.marks is not None:
            return Done.sent
        return Done.begun if self.draft is not None else Done.todo

    def name(self, round_: Round) -> str:
        """What the juror calls the work."""
        return name_for_juror(round_, self.category, self.code, self.alias)


def rounds_on_desk(juror: User, contest: Contest) -> list[Round]:
    """The rounds in which a juror has work or votes and that the secretariat has opened, the latest first."""
    order = {rule.code: number for number, rule in enumerate(contest.regulation.rounds)}
    voted = [rule.code for rule in contest.regulation.rounds if rule.is_voted]
    seats = (
        select(Panel.round_id)
        .join(Panel.members)
        .outerjoin(Sitting, Sitting.round_id == Panel.round_id)
        .where(PanelMember.user_id == juror.id, or_(Sitting.id.is_not(None), Round.code.in_(voted)))
        .correlate(Round)
    )
    found = db.session.scalars(
        select(Round)
        .where(
            Round.contest_id == contest.id,
            Round.opened_at.is_not(None),
            or_(
                Round.id.in_(
                    select(Assignment.round_id).where(Assignment.juror_id == juror.id, Assignment.recused_at.is_(None))
                ),
                Round.id.in_(seats),
            ),
        )
        .options(joinedload(Round.version))
    )
    return sorted(found, key=lambda row: order.get(row.code, -1), reverse=True)


@cache
def _own_work(blind: bool) -> Select[int]:
    """A juror's assignments in a round, in the order of the desk: first what the whole panel marks first.

    By alias where names are hidden: the order of codes would tell when a work came in. Statements that jurors cause
    on every key they press are built once.
    """
    return asked_of(
        Assignment,
        select(Assignment.id)
        .join(RoundEntry, same_work())
        .join(Assignment.entry)
        .where(
            Assignment.juror_id == bindparam("juror"),
            Assignment.round_id == bindparam("round"),
            Assignment.recused_at.is_(None),
            IN_CONTEST,
        )
        .order_by(
            RoundEntry.first.desc(), RoundEntry.category, RoundEntry.alias if blind else Entry.code, Assignment.id
        ),
    )


@cache
def _desk(blind: bool) -> Select[Any]:
    extra = (
        select(Reopening.assignment_id, func.max(Reopening.until).label("until"))
        .where(Reopening.round_id == bindparam("round"))
        .group_by(Reopening.assignment_id)
        .subquery()
    )
    return (
        _own_work(blind)
        .with_only_columns(
            Assignment.id,
            Assignment.entry_id,
            RoundEntry.category,
            Entry.code,
            RoundEntry.alias,
            func.coalesce(func.nullif(RoundEntry.shown_title, ""), Entry.title),
            SheetDraft.updated_at,
            SheetDraft.marks,
            ScoreSheet.submitted_at,
            ScoreSheet.marks,
            extra.c.until,
            SheetDraft.version,
            SheetDraft.window,
            SheetDraft.turn,
            SheetDraft.comment,
            ScoreSheet.revision,
            RoundEntry.first,
            Assignment.remarking,
            maintain_column_froms=True,
        )
        .outerjoin(SheetDraft, SheetDraft.assignment_id == Assignment.id)
        .outerjoin(ScoreSheet, and_(ScoreSheet.assignment_id == Assignment.id, newest_revision()))
        .outerjoin(extra, extra.c.assignment_id == Assignment.id)
    )


def desk(juror: User, round_: Round) -> list[DeskLine]:
    """Everything on a juror's desk in one round, in one query."""
    rows = db.session.execute(_desk(round_.rule.blind), {"juror": juror.id, "round": round_.id})
    return [DeskLine(*row) for row in rows]


class OnPaper(NamedTuple):
    """One work on a juror's desk with what only its printed sheet needs."""

    line: DeskLine
    content: dict[str, Any]
    comment: str | None
    sha256: str | None


def on_paper(juror: User, round_: Round, numbers: Sequence[int]) -> list[OnPaper]:
    """Some works of a juror as their printed sheets need them, in the order of the desk."""
    asked = (
        _desk(round_.rule.blind)
        .add_columns(EntryRevision.content, ScoreSheet.comment, ScoreSheet.sha256)
        .join(EntryRevision, EntryRevision.id == RoundEntry.revision_id)
        .where(Assignment.id.in_(numbers))
    )
    rows = db.session.execute(asked, {"juror": juror.id, "round": round_.id})
    return [OnPaper(DeskLine(*row[:-3]), *row[-3:]) for row in rows]


@cache
def _own_order(blind: bool) -> Select[int, bool, bool, str]:
    by_draft = and_(
        SheetDraft.assignment_id.is_not(None),
        or_(ScoreSheet.id.is_(None), SheetDraft.updated_at > ScoreSheet.submitted_at),
    )
    compared = RoundEntry.category == bindparam("category")
    return (
        _own_work(blind)
        .with_only_columns(
            Assignment.id,
            Assignment.sent_at.is_not(None),
            by_draft,
            cast(case((by_draft, SheetDraft.marks), else_=ScoreSheet.marks), Text),
            maintain_column_froms=True,
        )
        .outerjoin(SheetDraft, and_(compared, SheetDraft.assignment_id == Assignment.id))
        .outerjoin(ScoreSheet, and_(compared, ScoreSheet.assignment_id == Assignment.id, newest_revision()))
    )


class Order(NamedTuple):
    """Where a work lies on the juror's desk."""

    number: int
    total: int
    before: int | None
    after: int | None
    onward: int | None  # the next work without a sheet, from here round the desk
    totals: list[Fraction | int]
    """What the juror gives the other works of the category that are fully marked, ascending."""

    @property
    def figures(self) -> str:
        """The totals as the script of the page reads them."""
        return " ".join(str(float(total)) for total in self.totals)


def own_order(juror: User, assignment: Assignment, category: str) -> Order:
    """The place of an assignment among the juror's own, the ways on from it, and the totals of the others.

    :param category: that of the work, with which only works of the same are compared
    """
    round_ = assignment.round
    about = {"juror": juror.id, "round": round_.id, "category": category}
    rows = db.session.execute(_own_order(round_.rule.blind), about).all()
    ids = [row[0] for row in rows]
    here = ids.index(assignment.id)
    total_of = adding_up(round_.rubric(category))
    totals = [
        total_of(marks, by_draft)
        for number, _is_sent, by_draft, marks in rows
        if marks is not None and number != assignment.id
    ]
    return Order(
        number=here + 1,
        total=len(ids),
        before=ids[here - 1] if here else None,
        after=ids[here + 1] if here + 1 < len(ids) else None,
        onward=next((row[0] for row in [*rows[here + 1 :], *rows[:here]] if not row[1]), None),
        totals=sorted(total for total in totals if total is not None),
    )
