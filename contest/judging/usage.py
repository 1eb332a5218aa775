"""Which codes of the regulation rounds refer to."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from contest.database import db
from contest.judging.models import Panel, Round, RoundEntry
from contest.regulations import usage


@usage.source
def codes_of_rounds(contest_id: int) -> set[str]:
    """Name the rounds that exist with the categories and panels in them, and the rubrics of those that were opened.

    Rubric and panels are bound at the opening: criteria are in use before the first sheet, and until then works go
    to whichever panel an amendment names.
    """
    found = db.session.scalars(select(Round).filter_by(contest_id=contest_id).options(joinedload(Round.version)))
    rounds = {round_.id: round_ for round_ in found}
    judged = _distinct(RoundEntry.round_id, RoundEntry.category, rounds)
    opened = {round_.id for round_ in rounds.values() if round_.opened_at is not None}
    panels = _distinct(Panel.round_id, Panel.code, rounds) | _distinct(RoundEntry.round_id, RoundEntry.panel, opened)
    codes = {f"round:{round_.code}" for round_ in rounds.values()}
    codes |= {f"category:{category}" for _, category in judged}
    codes |= {f"panel:{rounds[round_id].code}/{panel}" for round_id, panel in panels}
    for round_id, category in judged:
        if round_id in opened:
            round_ = rounds[round_id]
            codes |= {f"criterion:{round_.code}/{category}/{criterion.code}" for criterion in round_.rubric(category)}
    return codes


def _distinct(round_id: Any, code: Any, rounds: Collection[int]) -> set[tuple[int, str]]:
    found = db.session.execute(select(round_id, code).where(round_id.in_(rounds)).distinct())
    return {(row, named) for row, named in found}
