"""What ties jurors to the works of a round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, select

from contest.database import db
from contest.interests.kinds import Kind
from contest.interests.queries import bars, conflicts_between
from contest.judging.models import Assignment, Round, RoundEntry
from contest.judging.queries.conditions import IN_CONTEST
from contest.judging.queries.members import members_of
from contest.judging.queries.rounds import round_entries

Pair = tuple[int, int]
"""Juror and work, by id."""


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
    unsent = _held(round_, juror_ids).where(Assignment.sent_at.is_(None), ~Assignment.advisory)
    owed = db.session.execute(unsent).all()
    tied = _tied(round_, owed)
    return Counter(juror_id for juror_id, entry_id in owed if (juror_id, entry_id) in tied)


def on_desks(round_: Round, juror_ids: Collection[int]) -> Counter[int]:
    """How many works of a round lie before each of these jurors, without those that they may not hear of.

    A number in a letter that is greater than that of the works on the desk would tell of such a work.
    """
    lying = _to_vote_on(round_, juror_ids) if round_.rule.is_voted else _given(round_, juror_ids)
    return Counter(juror_id for juror_id, _entry in lying - _tied(round_, lying))


def _held(round_: Round, juror_ids: Collection[int]) -> Select[int, int]:
    """Ask for the works that these jurors were given and have not given back."""
    return (
        select(Assignment.juror_id, Assignment.entry_id)
        .join(Assignment.entry)
        .where(
            Assignment.round_id == round_.id,
            Assignment.juror_id.in_(juror_ids),
            Assignment.recused_at.is_(None),
            IN_CONTEST,
        )
    )


def _given(round_: Round, juror_ids: Collection[int]) -> set[Pair]:
    return {(juror_id, entry_id) for juror_id, entry_id in db.session.execute(_held(round_, juror_ids))}


def _to_vote_on(round_: Round, juror_ids: Collection[int]) -> set[Pair]:
    works = round_entries(round_)
    return {
        (line.juror_id, work.entry_id)
        for line in members_of(round_)
        if line.juror_id in juror_ids
        for work in works
        if work.panel == line.panel
    }


def _tied(round_: Round, pairs: Collection[Any]) -> set[Pair]:
    """Those of these jurors and works between whom something stands."""
    if not pairs:
        return set()
    jurors, works = ({pair[of] for pair in pairs} for of in (0, 1))
    return {pair for pair, kinds in conflicts_in(round_, jurors, works).items() if bars(kinds)}
