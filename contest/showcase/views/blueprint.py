"""What all public pages of results share: whether they are there."""

from __future__ import annotations

from flask import abort

from contest.errors import N_
from contest.showcase import queries
from contest.showcase.queries import InForce
from contest.web.addresses import contest_blueprint, current_contest, site_contest
from contest.web.navigation import add_item
from contest.web.wall import outside

bp = outside(contest_blueprint("showcase", __name__))


def _results_are_public() -> bool:
    contest = site_contest()
    return contest is not None and queries.is_public(contest)


add_item("main", "showcase.show", label=N_("Results"), order=40, is_there=_results_are_public)


def published_here() -> InForce:
    """Say what is published; before that there is no such page."""
    return queries.in_force(current_contest) or abort(404)
