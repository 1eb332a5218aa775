"""Who judges what, and how much."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, select, true
from sqlalchemy.orm import contains_eager

from contest.database import db
from contest.entries.models import Entry
from contest.judging.models import Assignment, JurorNote, Round, RoundEntry, SheetDraft
from contest.judging.queries.conditions import HAS_SHEET, IN_CONTEST, first_sheet


class AssignmentLine(NamedTuple):
    """One assignment as the secretariat sees it: no marks.

    :ivar noted: whether the juror keeps a note about the work. It holds the work where it is, and is shown to nobody
    """

    id: int
    entry_id: int
    juror_id: int
    recused_at: datetime | None
    recusal_reason: str
    third: bool
    sent: bool
    begun: bool
    advisory: bool
    noted: bool

    @property
    def settled(self) -> bool:
        """Whether the juror has put work into it, so that no proposal moves it."""
        return self.sent or self.begun or self.noted


def assignment_lines(round_: Round, entry_ids: Collection[int] | None = None) -> list[AssignmentLine]:
    """The assignments of a round, or those of some works in it."""
    asked = (
        select(
            Assignment.id,
            Assignment.entry_id,
            Assignment.juror_id,
            Assignment.recused_at,
            Assignment.recusal_reason,
            Assignment.third,
            HAS_SHEET,
            SheetDraft.assignment_id.is_not(None),
            Assignment.advisory,
            JurorNote.assignment_id.is_not(None),
        )
        .outerjoin(SheetDraft, SheetDraft.assignment_id == Assignment.id)
        .outerjoin(JurorNote, and_(JurorNote.assignment_id == Assignment.id, JurorNote.text != ""))
        .outerjoin(first_sheet, and_(first_sheet.assignment_id == Assignment.id, first_sheet.revision == 1))
        .where(Assignment.round_id == round_.id)
        .order_by(Assignment.id)
    )
    if entry_ids is not None:
        asked = asked.where(Assignment.entry_id.in_(entry_ids))
    return [
        AssignmentLine(*row[:6], bool(row[6]), bool(row[7]), row[8], bool(row[9])) for row in db.session.execute(asked)
    ]


def works_to_assign(round_: Round, panel: str) -> Select[Any]:
    """The works of one panel in a round, by code: a statement to be paged."""
    return (
        select(RoundEntry)
        .join(RoundEntry.entry)
        .where(RoundEntry.round_id == round_.id, RoundEntry.panel == panel, IN_CONTEST)
        .options(contains_eager(RoundEntry.entry).defer(Entry.draft))
        .order_by(Entry.code)
    )


def work_in(round_: Round, entry_id: int) -> RoundEntry | None:
    """One work of a round, if it is still in the contest."""
    return db.session.scalar(
        select(RoundEntry)
        .join(RoundEntry.entry)
        .where(RoundEntry.round_id == round_.id, RoundEntry.entry_id == entry_id, IN_CONTEST)
        .options(contains_eager(RoundEntry.entry).defer(Entry.draft))
    )


def loads_of(round_: Round, *, advisory: bool = False) -> dict[int, int]:
    """How many works each juror of a round has.

    :param advisory: whether those that count nowhere are among them, as they are on the juror's desk
    """
    counted = db.session.execute(
        select(Assignment.juror_id, func.count())
        .join(Assignment.entry)
        .where(Assignment.round_id == round_.id, Assignment.recused_at.is_(None), IN_CONTEST)
        .where(true() if advisory else ~Assignment.advisory)
        .group_by(Assignment.juror_id)
    )
    return dict(counted.all())
