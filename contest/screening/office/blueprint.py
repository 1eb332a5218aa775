"""Where the secretariat works, who may come in, and what all its pages share."""

from __future__ import annotations

from urllib.parse import urlencode

from contest.database import db
from contest.entries.models import Entry
from contest.errors import N_
from contest.screening import queries
from contest.screening.listing import Filters
from contest.web.access import guard_office
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.navigation import add_item

STAFF = {"secretary", "organizer", "observer"}
DECIDERS = {"secretary", "organizer"}

bp = contest_blueprint("screening_office", __name__, url_prefix="/ban-thu-ky/ho-so")
guard_office(bp, read=STAFF, write=DECIDERS)
add_item("office", "screening_office.works", label=N_("Works"), order=10, roles=STAFF)


def address_suffix(filters: Filters) -> str:
    """Write filters as the end of an address, so that a page leads back to the same list."""
    asked = filters.address()
    return f"?{urlencode(asked)}" if asked else ""


def sent_entry(entry_id: int) -> Entry:
    """Find a work of this contest that was sent."""
    entry: Entry = db.one_or_404(queries.sent_entry(current_contest.id, entry_id))
    return entry
