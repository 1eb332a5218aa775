"""Rounds, and the works in them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, defer, joinedload, selectinload

from contest.database import db
from contest.entries.models import Entry, EntryRevision, EntryState
from contest.judging.models import Round, RoundEntry
from contest.judging.queries.conditions import IN_CONTEST
from contest.regulations.models import Contest


def rounds_of(contest: Contest) -> list[Round]:
    """The rounds that exist as rows, in the order of the regulation."""
    order = {rule.code: number for number, rule in enumerate(contest.regulation.rounds)}
    found = db.session.scalars(
        select(Round)
        .where(Round.contest_id == contest.id)
        .options(joinedload(Round.version), selectinload(Round.panels))
    )
    return sorted(found, key=lambda row: order.get(row.code, len(order)))


def round_of(contest: Contest, code: str) -> Round | None:
    """One round of a contest, when somebody has done something with it."""
    return db.session.scalar(
        select(Round).where(Round.contest_id == contest.id, Round.code == code).options(joinedload(Round.version))
    )


def round_entries(round_: Round) -> list[RoundEntry]:
    """The works in a round that are still in the contest, each with its entry, by category and code."""
    return list(
        db.session.scalars(
            select(RoundEntry)
            .join(RoundEntry.entry)
            .where(RoundEntry.round_id == round_.id, IN_CONTEST)
            .options(contains_eager(RoundEntry.entry).options(defer(Entry.draft)))
            .order_by(RoundEntry.category, Entry.code)
        )
    )


def genres_of(round_: Round, revision_ids: Collection[int]) -> dict[int, str]:
    """The genres of works by their revision, where the panels of the round ask for them."""
    if isinstance(round_.rule.panels, str):
        return {}
    rows = db.session.execute(
        select(EntryRevision.id, EntryRevision.content["genre"].as_string()).where(EntryRevision.id.in_(revision_ids))
    )
    return dict(rows.all())


def _waiting(contest: Contest, round_: Round | None) -> Select[tuple[Entry]]:
    taken = select(RoundEntry.entry_id).where(RoundEntry.round_id == (round_.id if round_ else None))
    return select(Entry).where(
        Entry.contest_id == contest.id, Entry.state == EntryState.ACCEPTED, Entry.id.not_in(taken)
    )


def waiting_entries(round_: Round) -> list[Entry]:
    """Accepted works that are not in the round yet."""
    return list(db.session.scalars(_waiting(round_.contest, round_).options(defer(Entry.draft)).order_by(Entry.code)))


def count_waiting(contest: Contest, round_: Round | None) -> int:
    """How many accepted works are not in the round yet, which may not even exist."""
    return db.session.scalar(_waiting(contest, round_).with_only_columns(func.count())) or 0


def counts_of_rounds(contest: Contest) -> dict[int, dict[str, int]]:
    """Works in each round of a contest, by round id and category."""
    counted = db.session.execute(
        select(RoundEntry.round_id, RoundEntry.category, func.count())
        .join(RoundEntry.round)
        .join(RoundEntry.entry)
        .where(Round.contest_id == contest.id, IN_CONTEST)
        .group_by(RoundEntry.round_id, RoundEntry.category)
    )
    found: dict[int, dict[str, int]] = {}
    for round_id, category, number in counted:
        found.setdefault(round_id, {})[category] = number
    return found
