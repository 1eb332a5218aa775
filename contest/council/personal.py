"""What meetings keep about who was there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from contest.council.models import Presence
from contest.database import db
from contest.errors import N_
from contest.subjects import Section, Subject, section


def export(subject: Subject) -> list[Section]:
    """When somebody came to a meeting of a council, and why they did not."""
    return section(
        "presence",
        N_("Meetings of councils"),
        N_("To say in the minutes who was there"),
        (
            {N_("Arrived"): one.arrived_at, N_("Left"): one.left_at, N_("Reason"): one.reason}
            for one in db.session.scalars(select(Presence).where(Presence.user_id.in_(subject.user_ids)))
        ),
    )


def erase(subject: Subject, now: datetime) -> None:
    """Forget why somebody did not come."""
    for one in db.session.scalars(select(Presence).where(Presence.user_id.in_(subject.user_ids))):
        one.reason = ""
    db.session.flush()
