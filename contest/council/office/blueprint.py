"""Where the secretariat and the members find their meetings, who may run one, and the meeting of a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from contest.council import queries
from contest.council.models import Meeting
from contest.errors import N_
from contest.interests.queries import barred
from contest.web.access import guard_office, has_role
from contest.web.addresses import contest_blueprint
from contest.web.navigation import add_item

STAFF = ("secretary", "organizer", "observer")
WRITERS = ("secretary", "organizer")
JURORS = ("juror", "chair")

bp = contest_blueprint("council_office", __name__, url_prefix="/ban-thu-ky/phien-hop")
guard_office(bp, read=STAFF, write=WRITERS)
add_item(
    "office", "council_office.meetings", label=N_("Meetings"), order=22, roles=STAFF, under="judging_office.rounds"
)

desk_bp = contest_blueprint("council", __name__, url_prefix="/ban-cham/phien-hop")
"""Where members follow a meeting, and whoever chairs runs it."""
guard_office(desk_bp, read=JURORS, write=JURORS)
add_item("desk", "council.meetings", label=N_("Meetings"), order=25, roles=JURORS)


def both(rule: str, **options: Any) -> Callable[[Any], Any]:
    """Open a page to the secretariat and to the members of the council."""

    def register(view: Any) -> Any:
        for blueprint in (bp, desk_bp):
            blueprint.add_url_rule(rule, view_func=view, **options)
        return view

    return register


def on_desk() -> bool:
    """Say whether a member reads the page, not the secretariat."""
    return request.blueprint == desk_bp.name


def find_meeting(meeting_id: int) -> Meeting:
    """A meeting that the reader may follow, or 404."""
    meeting = queries.meeting_in(g.contest, meeting_id) or abort(404)
    if on_desk() and not queries.is_member(current_user, meeting.round):
        abort(404)
    return meeting


def runs(meeting: Meeting) -> bool:
    """Say whether the reader runs a meeting: the secretariat, whoever presides, and those who chair."""
    if not on_desk():
        return has_role(*WRITERS)
    return bool(
        has_role("chair")
        or current_user.id in (meeting.chair_id, meeting.secretary_id)
        or queries.chairs_in(current_user, meeting.round)
    )


def find_run(meeting_id: int) -> Meeting:
    """A meeting that the reader runs, or 404; the secretariat's readers may look on."""
    meeting = find_meeting(meeting_id)
    if on_desk() and not runs(meeting):
        abort(404)
    return meeting


def kept_from() -> frozenset[int]:
    """The works that the reader takes no part in."""
    return barred(g.contest, current_user)


def to_meeting(meeting_id: int) -> Response:
    """Lead back to the meeting once something is recorded."""
    return redirect(url_for(".meeting", meeting_id=meeting_id), code=303)


@desk_bp.app_template_global()
def meeting_now() -> Meeting | None:
    """The meeting under way of a council on which the reader sits, for the desk."""
    return queries.meeting_now(g.contest, current_user)
