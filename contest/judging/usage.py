"""Which codes of the regulation rounds refer to."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from contest.database import db
from contest.judging.models import Panel, Round, RoundEntry
from contest.regulations import usage


@usage.source
def codes_of_rounds(contest_id: int) -> set[str]:
    """Name the rounds that exist with the categories judged in them, and the rubrics of those that were opened.

    The rubric is bound at the opening, so its criteria are in use before the first sheet.
    """
    found = db.session.scalars(select(Round).filter_by(contest_id=contest_id).options(joinedload(Round.version)))
    rounds = {round_.id: round_ for round_ in found}
    judged = set()
    for table in (Panel, RoundEntry):
        asked = select(table.round_id, table.category).where(table.round_id.in_(rounds)).distinct()
        judged |= {(round_id, category) for round_id, category in db.session.execute(asked)}
    codes = {f"round:{round_.code}" for round_ in rounds.values()}
    codes |= {f"category:{category}" for _, category in judged}
    for round_id, category in judged:
        round_ = rounds[round_id]
        if round_.opened_at is not None:
            codes |= {f"criterion:{round_.code}/{category}/{criterion.code}" for criterion in round_.rubric(category)}
    return codes
