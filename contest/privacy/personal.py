"""What is kept of requests about data, and of who opened them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from contest.database import db
from contest.errors import N_
from contest.privacy import queries
from contest.privacy.models import DataRequest
from contest.subjects import GONE, Section, Subject, section


def export(subject: Subject) -> list[Section]:
    """What somebody asked, and which of the staff opened their data."""
    return [
        *section(
            "requests",
            N_("Your requests"),
            N_("To carry them out and to prove it"),
            (
                {
                    N_("Request"): one.wish.label,
                    N_("Text"): one.words,
                    N_("Received at"): one.received_at,
                    N_("State"): one.standing.label,
                    N_("Answer"): one.reason,
                }
                for one in _requests(subject)
            ),
        ),
        *section(
            "openings",
            N_("Who opened your data"),
            N_("So that you can see it"),
            (
                {N_("Day"): one.on_day, N_("Who"): one.by.name, N_("What"): one.what, N_("Times"): one.times}
                for one in queries.openings_of(subject)
            ),
        ),
    ]


def erase(subject: Subject, now: datetime) -> None:
    """Forget what somebody wrote with their requests; that they asked, and what became of it, stays without a name."""
    for one in _requests(subject):
        one.words = GONE if one.words else ""
    db.session.flush()


def _requests(subject: Subject) -> list[DataRequest]:
    rows = db.session.scalars(select(DataRequest).order_by(DataRequest.id))
    return [one for one in rows if set(one.subjects) & subject.subjects]
