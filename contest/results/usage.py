"""Which codes of the regulation sealed results and prizes refer to."""

from __future__ import annotations

from sqlalchemy import select

from contest.database import db
from contest.judging.models import Round
from contest.regulations import usage
from contest.regulations.models import Contest
from contest.results.models import Award, RoundResult


@usage.source
def codes_of_results(contest_id: int) -> set[str]:
    """Name the prizes that were given or could have been, and the categories and groups that have an outcome."""
    given = select(Award.category, Award.tier).filter_by(contest_id=contest_id).distinct()
    codes = {code for category, tier in db.session.execute(given) for code in (f"category:{category}", f"tier:{tier}")}
    contest = db.session.get(Contest, contest_id)
    known = {each.code for each in contest.regulation.categories} if contest is not None and contest.version else set()
    sealed = select(RoundResult.result).join(RoundResult.round).where(Round.contest_id == contest_id)
    for result in db.session.scalars(sealed):
        for group in result["groups"]:
            compared = {line["category"] for line in group["lines"]} | ({group["group"]} & known)
            codes |= {f"category:{category}" for category in compared}
            codes |= {f"tier:{tier['tier']}" for tier in group.get("tiers", ())}
        for kind in ("special", "thematic", "collective"):
            codes |= {f"tier:{prize['prize']}" for prize in result.get(kind, ())}
    return codes
