"""Who comes in, the exemplar that a page is about, and what is shown of it beside another one."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from flask import abort

from contest.accounts.roles import Role
from contest.database import db
from contest.entries.models import Entry
from contest.entries.queries import works_by_exemplar
from contest.exemplars.models import Exemplar
from contest.home import queries as home
from contest.home.models import ExemplarStory
from contest.regulations.models import NotAdopted
from contest.regulations.schema import Regulation
from contest.web.access import guard_office, has_role
from contest.web.addresses import contest_blueprint, current_contest

STAFF = {Role.SECRETARY, Role.ORGANIZER, Role.OBSERVER}
WRITERS = {Role.SECRETARY, Role.ORGANIZER}

bp = contest_blueprint("portraits_office", __name__, url_prefix="/ban-thu-ky/tam-guong")
guard_office(bp, read=STAFF, write=WRITERS)


@bp.context_processor
def acts() -> dict[str, bool]:
    """Whether the reader may do what the pages offer."""
    return {"write": has_role(*WRITERS)}


class Shown(NamedTuple):
    """An exemplar as it stands beside another one."""

    exemplar: Exemplar
    story: ExemplarStory | None
    topic: str
    works: list[Entry]


def find(exemplar_id: int) -> Exemplar:
    """An exemplar of this contest of which the reader may hear, or 404."""
    told = home.told(current_contest.id, exemplar_id)
    return told.exemplar if told is not None else abort(404)


def regulation_here() -> Regulation | None:
    """The regulation that the contest has adopted, if it has."""
    try:
        regulation: Regulation = current_contest.regulation
    except NotAdopted:
        return None
    return regulation


def shown(exemplar_ids: Collection[int]) -> dict[int, Shown]:
    """Find some exemplars of this contest with the works about them, each in one reading."""
    regulation = regulation_here()
    topics = {term.code: term.name for term in regulation.topics} if regulation else {}
    works = works_by_exemplar(exemplar_ids)
    rows = db.session.execute(home.told_among(current_contest.id, exemplar_ids))
    return {
        exemplar.id: Shown(exemplar, story, topics.get(exemplar.topic, ""), works.get(exemplar.id, []))
        for exemplar, story in rows
    }
