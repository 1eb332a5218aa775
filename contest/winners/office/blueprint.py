"""Who may follow the answers of winners, who reads sums, and who pays."""

from __future__ import annotations

from flask import abort
from flask_login import current_user

from contest.accounts.roles import Role
from contest.errors import N_, NotAllowed
from contest.results import queries as results
from contest.results.visibility import Fact, Task, may_do, may_see, viewers
from contest.web import wall
from contest.web.access import guard_office, roles
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.navigation import add_item

READERS = {Role.SECRETARY, Role.ORGANIZER, Role.OBSERVER}
WRITERS = {Role.SECRETARY, Role.ORGANIZER}
PAYERS = {Role.PAYER}

bp = contest_blueprint("winners_office", __name__, url_prefix="/ban-thu-ky/nguoi-dat-giai")
guard_office(bp, read=READERS, write=WRITERS)
add_item(
    "office",
    "winners_office.index",
    label=N_("Winners"),
    order=53,
    roles=READERS,
    under="results_office.overview",
)

payments_bp = contest_blueprint("winners_payments", __name__, url_prefix="/ban-thu-ky/chi-thuong")
guard_office(payments_bp, read=PAYERS | WRITERS, write=PAYERS)
add_item(
    "office",
    "winners_payments.index",
    label=N_("Payments"),
    order=57,
    roles=PAYERS | WRITERS,
    under="results_office.overview",
)


@bp.before_request
def require_all_works() -> None:
    """Keep the list of all winners from whoever may not hear of all works."""
    wall.require_whole(*WRITERS)


@payments_bp.before_request
def require_all_prizes() -> None:
    """Keep the list of all payments from whoever may not hear of all works."""
    wall.require_whole(*PAYERS)


def sees(fact: Fact) -> bool:
    """Say whether whoever is reading may see a fact now."""
    quality = viewers(roles(), signed_in=current_user.is_authenticated)
    return current_contest.version is not None and may_see(fact, quality, results.moment_of(current_contest))


def require(fact: Fact) -> None:
    """Open a page only from the moment that grants what it shows."""
    if not sees(fact):
        abort(404)


def may_decide() -> bool:
    """Say whether whoever is reading records decisions."""
    return may_do(Task.DECIDE, viewers(roles(), signed_in=True))


def require_decider() -> None:
    """Let only those record what changes the decision, or goes on without winners, who record the decision."""
    if not may_decide():
        raise NotAllowed
