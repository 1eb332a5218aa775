"""What declared interests say about somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from contest.database import db
from contest.errors import N_
from contest.interests.models import Interest, Tie
from contest.subjects import Section, Subject, section


def export(subject: Subject) -> list[Section]:
    """What somebody declared, and what was decided about it."""
    why = N_("To keep the judging fair")
    return [
        *section("ties", N_("People and newsrooms you are close to"), why, _ties(subject)),
        *section("interests", N_("Interests you declared"), why, _declared(subject)),
    ]


def _ties(subject: Subject) -> Iterator[dict[str, object]]:
    for tie in db.session.scalars(select(Tie).where(Tie.user_id.in_(subject.user_ids)).order_by(Tie.id)):
        yield {
            N_("Newsroom"): tie.outlet.name if tie.outlet else "",
            N_("Name"): tie.name,
            N_("Told"): tie.at,
            N_("Withdrawn at"): tie.ended_at,
        }


def _declared(subject: Subject) -> Iterator[dict[str, object]]:
    for one in db.session.scalars(select(Interest).where(Interest.user_id.in_(subject.user_ids)).order_by(Interest.id)):
        yield {N_("Note"): one.note, N_("Reason"): one.reason, N_("Told"): one.at, N_("Ended"): one.ended_at}


def erase(subject: Subject, now: datetime) -> None:
    """Forget whom somebody is close to and what they wrote; that there was an interest stays, without a name."""
    for tie in db.session.scalars(select(Tie).where(Tie.user_id.in_(subject.user_ids))):
        tie.name, tie.key, tie.ended_at = "", "", tie.ended_at or now
    for one in db.session.scalars(select(Interest).where(Interest.user_id.in_(subject.user_ids))):
        one.note = ""
    db.session.flush()
