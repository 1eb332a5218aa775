"""Letters to whoever complained: that it arrived, and how it was answered."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext

from contest import mail
from contest.complaints import rules
from contest.complaints.models import Complaint, ComplaintAnswer
from contest.web.addresses import absolute_url


@mail.in_vietnamese
def received(complaint: Complaint, code: str, *, now: datetime) -> None:
    """Say that a complaint arrived, until when it is answered, and how it is followed."""
    _post(
        complaint,
        "received",
        gettext("%(contest)s: complaint %(number)s received", **_named(complaint)),
        "mail/complaint_received.txt",
        now,
        code=rules.written_code(code),
    )


@mail.in_vietnamese
def answered(complaint: Complaint, answer: ComplaintAnswer, *, now: datetime) -> None:
    """Give the answer with its reasons."""
    _post(
        complaint,
        "answered",
        gettext("%(contest)s: answer to complaint %(number)s", **_named(complaint)),
        "mail/complaint_answered.txt",
        now,
        answer=answer,
        verdict=gettext(rules.VERDICT_NAMES[answer.verdict]),
    )


def _named(complaint: Complaint) -> dict[str, str]:
    return {"contest": complaint.contest.short_name, "number": complaint.shown_number}


def _post(complaint: Complaint, what: str, subject: str, template: str, now: datetime, **context: object) -> None:
    """Write to the complainant, where they left an address and are not forgotten."""
    person = complaint.complainant
    if person is None or not person.email:
        return
    mail.post(
        key=f"complaint:{what}:{complaint.id}",
        to=person.email,
        subject=subject,
        text=mail.render(
            template,
            complaint=complaint,
            name=person.name,
            link=absolute_url("complaints.follow", contest=complaint.contest),
            **context,
        ),
        contest_id=complaint.contest_id,
        about=rules.subject_of(complaint.number),
        now=now,
    )
