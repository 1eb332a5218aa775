"""Score sheets as they count, and reopenings."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased, joinedload

from contest.database import db
from contest.entries.models import Entry
from contest.judging.models import Assignment, Panel, PanelMember, Reopening, Round, RoundEntry, ScoreSheet
from contest.judging.queries.conditions import IN_CONTEST, same_work


class SheetInForce(NamedTuple):
    """The newest sheet of one juror for one work."""

    entry_id: int
    category: str
    juror_id: int
    is_chair: bool
    marks: dict[str, int]
    revision: int
    assignment_id: int
    sheet_id: int
    comment: str
    submitted_at: datetime
    sha256: str
    third: bool
    typed_by_id: int | None


def newest_revision() -> ColumnElement[bool]:
    """Whether a sheet is the last that its juror sent for the work."""
    newer = aliased(ScoreSheet)
    return ~(
        select(newer.id)
        .where(newer.assignment_id == ScoreSheet.assignment_id, newer.revision > ScoreSheet.revision)
        .exists()
    )


def sheets_in_force(round_: Round, *, remarking: bool = False) -> list[SheetInForce]:
    """The sheets that count in a round: the newest of each assignment that is not recused, of works in the contest.

    Advisory sheets are for comparing jurors with each other and never count. Those of a work that is marked again
    after the sealing count once the round is concluded again.

    By category, work and juror; marks as they were given, before any weight. For those who may see marks: the council
    after sealing, and the tally.

    :param remarking: give only those that do not count yet
    """
    rows = db.session.execute(
        select(
            Assignment.entry_id,
            RoundEntry.category,
            Assignment.juror_id,
            func.coalesce(PanelMember.chair, False),
            ScoreSheet.marks,
            ScoreSheet.revision,
            Assignment.id,
            ScoreSheet.id,
            ScoreSheet.comment,
            ScoreSheet.submitted_at,
            ScoreSheet.sha256,
            Assignment.third,
            ScoreSheet.typed_by_id,
        )
        .join(ScoreSheet.assignment)
        .join(RoundEntry, same_work())
        .join(Assignment.entry)
        .outerjoin(Panel, and_(Panel.round_id == RoundEntry.round_id, Panel.code == RoundEntry.panel))
        .outerjoin(PanelMember, and_(PanelMember.panel_id == Panel.id, PanelMember.user_id == Assignment.juror_id))
        .where(Assignment.round_id == round_.id, Assignment.recused_at.is_(None), ~Assignment.advisory)
        .where(IN_CONTEST, newest_revision(), Assignment.remarking if remarking else ~Assignment.remarking)
        .order_by(RoundEntry.category, Assignment.entry_id, Assignment.juror_id)
    )
    return [SheetInForce(*row)._replace(is_chair=bool(row[3])) for row in rows]


def reopened(round_: Round, *, now: datetime | None = None) -> list[Reopening]:
    """The reopenings of a round, newest first; with ``now`` only those whose time is not over."""
    asked = (
        select(Reopening)
        .where(Reopening.round_id == round_.id)
        .options(
            joinedload(Reopening.assignment).options(
                joinedload(Assignment.juror), joinedload(Assignment.entry).defer(Entry.draft)
            ),
            joinedload(Reopening.by),
        )
        .order_by(Reopening.at.desc(), Reopening.id.desc())
    )
    return list(db.session.scalars(asked.where(Reopening.until > now) if now else asked))


def newest_sheet(assignment: Assignment) -> ScoreSheet | None:
    """The sheet of an assignment that counts."""
    return db.session.scalar(
        select(ScoreSheet)
        .where(ScoreSheet.assignment_id == assignment.id)
        .order_by(ScoreSheet.revision.desc())
        .limit(1)
    )
