"""Who of the staff opened whose data, and breaches of personal data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from contest import audit, clock
from contest.accounts.models import User
from contest.database import db, lock
from contest.privacy import queries, refusals
from contest.privacy.models import Incident, Opening
from contest.regulations.models import Contest


def opened(contest_id: int, subjects: Iterable[str], what: str, *, about: str = "", by: User, now: datetime) -> None:
    """Write down that somebody of the staff read data of people: one row a day for each person and page.

    :param subjects: random ids of the people
    :param what: code of the page or file, as `pages.OPENED` names it
    """
    today = clock.local(now).date()
    wanted = set(subjects) - {by.subject, by.person.subject}
    key = {"on_day": today, "by_id": by.id, "what": what, "about": about}
    known = {
        row.subject: row
        for row in db.session.scalars(select(Opening).filter_by(**key).where(Opening.subject.in_(wanted)))
    }
    for subject in sorted(wanted):
        row = known.get(subject)
        if row is None:
            db.session.add(Opening(contest_id=contest_id, subject=subject, times=1, last_at=now, **key))
        else:
            row.times, row.last_at = row.times + 1, now
    db.session.flush()


def record_incident(contest: Contest, *, by: User, now: datetime, **facts: Any) -> Incident:
    """Write a breach of personal data into the record; the clock of 72 hours runs from when it was known.

    :raise NotTold: if the moments contradict each other
    """
    lock(contest)
    incident = Incident(
        contest_id=contest.id, number=queries.next_incident(contest), by_id=by.id, recorded_at=now, **facts
    )
    _check_moments(incident, now)
    db.session.add(incident)
    db.session.flush()
    _record_incident("incident.recorded", incident, by, now)
    return incident


def change_incident(incident: Incident, *, by: User, now: datetime, **facts: Any) -> None:
    """Complete what is written of a breach: what was done, and who was told when.

    :raise NotTold: if the moments contradict each other
    """
    lock(incident)
    for name, value in facts.items():
        setattr(incident, name, value)
    _check_moments(incident, now)
    db.session.flush()
    _record_incident("incident.changed", incident, by, now)


def _check_moments(incident: Incident, now: datetime) -> None:
    moments = {name: getattr(incident, name) for name in ("authority_told_at", "people_told_at", "closed_at")}
    for name, moment in (("known_at", incident.known_at), ("happened_at", incident.happened_at), *moments.items()):
        if moment is not None and (moment > now or (name in moments and moment < incident.known_at)):
            raise refusals.NotTold(field=name)


def _record_incident(action: str, incident: Incident, by: User, now: datetime) -> None:
    told = incident.authority_told_at
    audit.record(
        action,
        contest_id=incident.contest_id,
        by=by,
        about=f"incident:{incident.number}",
        now=now,
        details={
            "known_at": incident.known_at.isoformat(),
            "authority_told_at": told.isoformat() if told else None,
            "late": bool(told and told > incident.report_by),
        },
    )
