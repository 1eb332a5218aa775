"""What ties jurors to the works of a round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from sqlalchemy import select

from contest.database import db
from contest.interests.kinds import Kind
from contest.interests.queries import conflicts_between
from contest.judging.models import Assignment, Round, RoundEntry
from contest.judging.queries.conditions import IN_CONTEST


def conflicts_in(
    round_: Round, juror_ids: Collection[int], entry_ids: Collection[int] | None = None
) -> dict[tuple[int, int], tuple[Kind, ...]]:
    """Everything that ties these jurors to works of a round, by (juror id, entry id)."""
    if entry_ids is None:
        entry_ids = set(db.session.scalars(select(RoundEntry.entry_id).filter_by(round_id=round_.id)))
    return conflicts_between(round_.contest, juror_ids, entry_ids)


def withheld(round_: Round, juror_ids: Collection[int]) -> Counter[int]:
    """How many of the sheets that jurors still owe are of works they may not hear of, by juror.

    A tie may be found after a work was given: the work is on no page of theirs, and in no letter to them either.
    """
    owed = db.session.execute(
        select(Assignment.juror_id, Assignment.entry_id)
        .join(Assignment.entry)
        .where(
            Assignment.round_id == round_.id,
            Assignment.juror_id.in_(juror_ids),
            Assignment.recused_at.is_(None),
            Assignment.sent_at.is_(None),
            ~Assignment.advisory,
            IN_CONTEST,
        )
    ).all()
    ties = conflicts_in(round_, juror_ids, {entry_id for _juror, entry_id in owed}) if owed else {}
    tied = {pair for pair, kinds in ties.items() if any(kind.blocks for kind in kinds)}
    return Counter(juror_id for juror_id, entry_id in owed if (juror_id, entry_id) in tied)
