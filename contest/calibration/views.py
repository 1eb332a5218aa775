"""Where jurors see how their panel marked what all mark first and, after sealing, how they mark themselves."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g
from flask_login import current_user
from werkzeug.wrappers import Response

from contest.calibration import queries
from contest.calibration.estimates import TOLERANCE, OfJuror
from contest.calibration.models import SharedMarking
from contest.errors import N_
from contest.judging.models import Round
from contest.web.access import guard_office
from contest.web.addresses import contest_blueprint
from contest.web.navigation import add_item
from contest.web.pages import answer

JURORS = ("juror", "chair")

bp = contest_blueprint("calibration", __name__, url_prefix="/ban-cham/cham-chung")
guard_office(bp, read=JURORS, write=JURORS)
add_item("desk", "calibration.own", label=N_("Marking together"), order=30, roles=JURORS)


@dataclass(frozen=True)
class Seat:
    """A panel on which the juror sits.

    :ivar lines: the first works; their spread only after the chair opened it
    :ivar own: how the juror marks beside the others; after sealing only
    """

    row: Round
    panel: str
    shared: SharedMarking | None
    lines: list[queries.FirstWork]
    own: OfJuror | None

    @property
    def is_opened(self) -> bool:
        """Whether the panel may see how its marks lie."""
        return self.shared is not None and self.shared.opened_at is not None


@bp.get("")
def own() -> Response:
    """Show a juror the works that all mark first, and their own severity where the round is sealed."""
    found = queries.seats_of(current_user, g.contest)
    seats = [_seat(row, panel) for row, panel in found if not row.rule.is_voted]
    return answer("calibration/own.html", seats=seats, tolerance=TOLERANCE)


def _seat(row: Round, panel: str) -> Seat:
    shared = queries.shared_markings(row).get(panel)
    estimates = queries.studied(row).estimates if row.sealed_at is not None else None
    return Seat(
        row,
        row.panel_name(panel),
        shared,
        queries.laid_out(row, panel) if shared is not None else [],
        next((one for one in estimates.jurors if one.juror == current_user.subject), None) if estimates else None,
    )
