"""What complaints keep about whoever complained."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select

from contest.complaints.models import Complainant, Complaint
from contest.database import db
from contest.errors import N_
from contest.subjects import Section, Subject, section


def export(subject: Subject) -> list[Section]:
    """The complaints that somebody sent."""
    return section(
        "complaints",
        N_("Complaints you sent"),
        N_("To look into them and to answer you"),
        (
            {
                N_("Number"): one.complaint.shown_number,
                N_("Name"): one.name,
                N_("E-mail"): one.email,
                N_("Telephone"): one.phone,
                N_("Unit"): one.unit,
                N_("Subject"): one.complaint.subject,
                N_("Text"): one.complaint.text,
                N_("Received at"): one.complaint.received_at,
            }
            for one in _own(subject)
        ),
    )


def erase(subject: Subject, now: datetime) -> None:
    """Empty the row that says who complained; the complaint itself stays, answered as it was."""
    for one in _own(subject):
        one.name, one.email, one.phone, one.unit, one.user_id = subject.pseudonym, "", "", "", None
    db.session.flush()


def complaints_of(subject: Subject) -> list[int]:
    """Numbers of the rows of complaints that somebody sent, whose words may name them."""
    return [one.complaint_id for one in _own(subject)]


def _own(subject: Subject) -> Sequence[Complainant]:
    mine = or_(Complainant.user_id.in_(subject.user_ids), Complainant.email.in_(subject.emails - {""}))
    rows = select(Complainant).join(Complaint, Complaint.id == Complainant.complaint_id).where(mine)
    return db.session.scalars(rows.order_by(Complainant.complaint_id)).all()
