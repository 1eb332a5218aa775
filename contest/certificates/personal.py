"""What certificates keep about people: what is printed, for as long as anybody may ask whether one is genuine."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from contest.certificates.models import Certificate
from contest.database import db
from contest.errors import N_
from contest.subjects import Section, Subject, section

KEPT_OF_WINNERS = frozenset({"certificate"})
"""Whoever scans the code of a certificate is told what is printed on it, for good."""


def export(subject: Subject) -> list[Section]:
    """The certificates of one's own."""
    mine = select(Certificate).where(Certificate.subject.in_(subject.subjects)).order_by(Certificate.id)
    return section(
        "certificates",
        N_("Your certificates"),
        N_("So that anybody can check that they are genuine"),
        (
            {
                N_("Number in the register"): one.number,
                N_("Code"): one.shown_code,
                N_("Names"): one.people,
                N_("State"): one.state_label,
            }
            for one in db.session.scalars(mine)
        ),
    )


def erase(subject: Subject, now: datetime) -> None:
    """Nothing: an issued certificate stays what was issued."""
