"""Who comes in to the secretariat's side of the jury room, and the round that a page is about."""

from __future__ import annotations

from flask import abort, g

from contest.errors import N_
from contest.judging import queries
from contest.judging.models import Round
from contest.web.access import guard_office
from contest.web.addresses import contest_blueprint
from contest.web.navigation import add_item

STAFF = ("secretary", "organizer", "observer")
WRITERS = ("secretary", "organizer")

bp = contest_blueprint("judging_office", __name__, url_prefix="/ban-thu-ky/cham-giai")
guard_office(bp, read=STAFF, write=WRITERS)
add_item("office", "judging_office.rounds", label=N_("Judging"), order=20, roles=STAFF)


def find_round(code: str) -> Round:
    """A round that exists, or 404."""
    return queries.round_of(g.contest, code) or abort(404)
