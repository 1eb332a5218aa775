"""What lies on a juror's desk, and in which order."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from contest.accounts.models import User
from contest.database import db
from contest.entries.models import Entry
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
from contest.judging.queries.conditions import HAS_SHEET, IN_CONTEST, first_sheet, same_work
from contest.judging.queries.counted_sheets import newest_revision
from contest.judging.queries.own_sheet import name_for_juror
from contest.regulations.models import Contest


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
    return (
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
        )
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
            Entry.title,
            SheetDraft.updated_at,
            SheetDraft.marks,
            ScoreSheet.submitted_at,
            ScoreSheet.marks,
            extra.c.until,
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


@cache
def _own_order(blind: bool) -> Select[int, bool]:
    return (
        _own_work(blind)
        .with_only_columns(Assignment.id, HAS_SHEET, maintain_column_froms=True)
        .outerjoin(first_sheet, and_(first_sheet.assignment_id == Assignment.id, first_sheet.revision == 1))
    )


class Order(NamedTuple):
    """Where a work lies on the juror's desk."""

    number: int
    total: int
    before: int | None
    after: int | None
    onward: int | None  # the next work without a sheet, from here round the desk


def own_order(juror: User, assignment: Assignment) -> Order:
    """The place of an assignment among the juror's own, and the ways on from it."""
    round_ = assignment.round
    rows = db.session.execute(_own_order(round_.rule.blind), {"juror": juror.id, "round": round_.id}).all()
    ids = [row[0] for row in rows]
    here = ids.index(assignment.id)
    return Order(
        number=here + 1,
        total=len(ids),
        before=ids[here - 1] if here else None,
        after=ids[here + 1] if here + 1 < len(ids) else None,
        onward=next((number for number, sent in [*rows[here + 1 :], *rows[:here]] if not sent), None),
    )
