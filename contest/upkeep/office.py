"""How the machine is, as the staff sees it: a line for everything on which the contest rests."""

from __future__ import annotations

from flask import render_template

from contest import clock
from contest.errors import N_
from contest.upkeep import queries
from contest.web.access import guard_office
from contest.web.addresses import contest_blueprint
from contest.web.navigation import add_item

READERS = {"secretary", "organizer"}

bp = contest_blueprint("upkeep_office", __name__, url_prefix="/ban-thu-ky/may")
guard_office(bp, read=READERS, write=READERS)
add_item(
    "office",
    "upkeep_office.status",
    label=N_("State of the machine"),
    order=71,
    roles=READERS,
    under="operations_office.letters",
)


@bp.get("/")
def status() -> str:
    """Show what works, what does not, and what to do."""
    states = queries.states(clock.now())
    return render_template(
        "upkeep/status.html", states=states, faults=[state for state in states if state.is_well is False]
    )
