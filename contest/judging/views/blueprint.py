"""Who comes in to the jury room."""

from __future__ import annotations

from flask import Response, abort, g, make_response, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from contest.errors import N_
from contest.interests import desk
from contest.web.access import guard_signed_in, has_role
from contest.web.addresses import contest_blueprint
from contest.web.navigation import add_item

JURORS = ("juror", "chair")

bp = contest_blueprint("judging", __name__, url_prefix="/ban-cham")
add_item("desk", "judging.desk", label=N_("Judging desk"), order=20, roles=JURORS)


@bp.before_request
def answer_scripts_plainly() -> Response | None:
    """A script whose session has ended gets a word it can tell the juror, not the sign-in page."""
    if not current_user.is_authenticated and request.accept_mimetypes.best == "application/json":
        return make_response({"error": _("You are no longer signed in. What you typed is kept on this device.")}, 401)
    return None


guard_signed_in(bp)


@bp.before_request
def require_juror() -> None:
    """Whoever judges nothing here finds nothing here."""
    if not has_role(*JURORS):
        abort(404)


@desk.way
def way_on(sheet: str | None) -> str | None:
    """Where a juror goes on after declaring: to the sheet they were asked at, else to the desk."""
    if not has_role(*JURORS):
        return None
    return url_for("judging.sheet", assignment_id=int(sheet)) if sheet else url_for("judging.desk")


def viewer() -> tuple[int, int]:
    """Ids of juror and contest, read once: a transaction lets go of what was read before it."""
    if "viewer" not in g:
        g.viewer = current_user.id, g.contest.id
    found: tuple[int, int] = g.viewer
    return found
