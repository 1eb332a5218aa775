"""Who may look after certificates, and who may only read."""

from __future__ import annotations

from contest.accounts.roles import Role
from contest.errors import N_
from contest.web import wall
from contest.web.access import guard_office
from contest.web.addresses import contest_blueprint
from contest.web.navigation import add_item

READERS = {Role.SECRETARY, Role.ORGANIZER, Role.OBSERVER}
WRITERS = {Role.SECRETARY, Role.ORGANIZER}

bp = contest_blueprint("certificates_office", __name__, url_prefix="/ban-thu-ky/giay-chung-nhan")
guard_office(bp, read=READERS, write=WRITERS)
add_item("office", "certificates_office.index", label=N_("Certificates"), order=60, roles=READERS)
add_item(
    "office",
    "certificates_office.templates",
    label=N_("Templates"),
    order=61,
    roles=READERS,
    under="certificates_office.index",
)


@bp.before_request
def require_all_works() -> None:
    """Keep the register, of which a number that is missed would tell, from whoever may not hear of all works."""
    wall.require_whole(*WRITERS)
