"""Finding exemplars."""

from __future__ import annotations

from sqlalchemy import Select, select

from contest.exemplars.models import Exemplar
from contest.web.text import fold


def exemplars(contest_id: int, search: str = "") -> Select[Exemplar]:
    """Select the exemplars of a contest by name, perhaps only those whose name or place contains some words."""
    found = select(Exemplar).where(Exemplar.contest_id == contest_id).order_by(Exemplar.folded, Exemplar.id)
    for word in fold(search).split():
        found = found.where(Exemplar.folded.contains(word, autoescape=True))
    return found
