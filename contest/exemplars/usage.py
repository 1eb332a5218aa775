"""Which codes of the regulation exemplars refer to."""

from __future__ import annotations

from sqlalchemy import select

from contest.database import db
from contest.exemplars.models import Exemplar
from contest.regulations import usage


@usage.source
def codes_of_exemplars(contest_id: int) -> set[str]:
    """Name the topics that exemplars belong to."""
    topics = select(Exemplar.topic).where(Exemplar.contest_id == contest_id, Exemplar.topic != "").distinct()
    return {f"topic:{topic}" for topic in db.session.scalars(topics)}
