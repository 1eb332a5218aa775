"""What ties jurors to the works of a round."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from contest.database import db
from contest.interests.kinds import Kind
from contest.interests.queries import conflicts_between
from contest.judging.models import Round, RoundEntry


def conflicts_in(
    round_: Round, juror_ids: Collection[int], entry_ids: Collection[int] | None = None
) -> dict[tuple[int, int], tuple[Kind, ...]]:
    """Everything that ties these jurors to works of a round, by (juror id, entry id)."""
    if entry_ids is None:
        entry_ids = set(db.session.scalars(select(RoundEntry.entry_id).filter_by(round_id=round_.id)))
    return conflicts_between(round_.contest, juror_ids, entry_ids)
