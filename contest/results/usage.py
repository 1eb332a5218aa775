"""Which codes of the regulation sealed results and prizes refer to."""

from __future__ import annotations

from sqlalchemy import select

from contest.database import db
from contest.judging.models import Round
from contest.regulations import usage
from contest.results.models import Award, RoundResult


@usage.source
def codes_of_results(contest_id: int) -> set[str]:
    """Name the tiers that were given or could have been, and the categories that have an outcome."""
    given = select(Award.category, Award.tier).filter_by(contest_id=contest_id).distinct()
    codes = {code for category, tier in db.session.execute(given) for code in (f"category:{category}", f"tier:{tier}")}
    sealed = select(RoundResult.result).join(RoundResult.round).where(Round.contest_id == contest_id)
    for result in db.session.scalars(sealed):
        for outcome in result["categories"]:
            codes.add(f"category:{outcome['category']}")
            codes |= {f"tier:{tier['tier']}" for tier in outcome.get("tiers", ())}
    return codes
