"""How far the jurors of a round are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import joinedload

from contest.accounts.models import User
from contest.database import db
from contest.entries.models import Entry
from contest.judging.models import Assignment, Round, RoundEntry, SheetDraft
from contest.judging.progress import Line, Tally
from contest.judging.queries.conditions import HAS_SHEET, IN_CONTEST, first_sheet, same_work


def progress(round_: Round) -> list[Line]:
    """Assigned, sent and begun sheets by juror and panel, in one grouped query; advisory ones are nobody's backlog.

    Marks are not read.
    """
    counted = db.session.execute(
        select(
            Assignment.juror_id,
            RoundEntry.panel,
            func.count(),
            func.count(first_sheet.id),
            func.count(case((first_sheet.id.is_(None), SheetDraft.assignment_id))),
            func.max(SheetDraft.updated_at),
            func.max(first_sheet.submitted_at),
        )
        .select_from(Assignment)
        .join(RoundEntry, same_work())
        .join(Assignment.entry)
        .outerjoin(SheetDraft, SheetDraft.assignment_id == Assignment.id)
        .outerjoin(first_sheet, and_(first_sheet.assignment_id == Assignment.id, first_sheet.revision == 1))
        .where(Assignment.round_id == round_.id, Assignment.recused_at.is_(None), ~Assignment.advisory, IN_CONTEST)
        .group_by(Assignment.juror_id, RoundEntry.panel)
        .order_by(Assignment.juror_id, RoundEntry.panel)
    )
    return [
        Line(
            juror_id=juror_id,
            panel=panel,
            tally=Tally(assigned=assigned, done=done, begun=begun),
            last_at=max((moment for moment in (saved, sent) if moment), default=None),
        )
        for juror_id, panel, assigned, done, begun, saved, sent in counted
    ]


class Coverage(NamedTuple):
    """How far the works of a round are served."""

    works: int
    complete: int  # works with every sheet the regulation asks for
    unassigned: int  # works with fewer jurors than the regulation asks for
    recused: int  # assignments given back


def coverage(round_: Round, jurors_per_entry: int) -> Coverage:
    """Count works by how many jurors and sheets they have; extra and advisory ones stand in for nobody."""
    asked_for = and_(~Assignment.third, ~Assignment.advisory)
    active = case((and_(Assignment.recused_at.is_(None), asked_for), Assignment.id))
    sent = case((and_(Assignment.recused_at.is_(None), asked_for, HAS_SHEET), Assignment.id))
    recused = case((and_(Assignment.recused_at.is_not(None), ~Assignment.advisory), Assignment.id))
    by_work = (
        select(
            RoundEntry.id,
            func.count(active).label("jurors"),
            func.count(sent).label("sheets"),
            func.count(recused).label("recused"),
        )
        .select_from(RoundEntry)
        .join(RoundEntry.entry)
        .outerjoin(Assignment, same_work())
        .outerjoin(first_sheet, and_(first_sheet.assignment_id == Assignment.id, first_sheet.revision == 1))
        .where(RoundEntry.round_id == round_.id, IN_CONTEST)
        .group_by(RoundEntry.id)
        .subquery()
    )
    row = db.session.execute(
        select(
            func.count(),
            func.count(case((by_work.c.sheets >= jurors_per_entry, 1))),
            func.count(case((by_work.c.jurors < jurors_per_entry, 1))),
            func.coalesce(func.sum(by_work.c.recused), 0),
        ).select_from(by_work)
    ).one()
    return Coverage(*row)


def people(user_ids: Iterable[int]) -> dict[int, User]:
    """Users by id."""
    return {user.id: user for user in db.session.scalars(select(User).where(User.id.in_(set(user_ids))))}


def assignment_in(round_: Round, assignment_id: int) -> Assignment | None:
    """One assignment of a round, with work and juror."""
    return db.session.scalar(
        select(Assignment)
        .where(Assignment.id == assignment_id, Assignment.round_id == round_.id)
        .options(joinedload(Assignment.juror), joinedload(Assignment.entry).defer(Entry.draft))
    )
