"""Answering a complaint with reasons."""

from __future__ import annotations

from datetime import datetime

from contest.accounts.models import User
from contest.complaints import emails, queries, refusals, rules
from contest.complaints.models import Complaint, ComplaintAnswer
from contest.complaints.rules import Verdict
from contest.complaints.services.handling import check_open
from contest.database import db
from contest.results import services as results_services
from contest.results.models import ActKind


def answer(complaint: Complaint, verdict: Verdict, reasons: str, *, by: User, now: datetime) -> ComplaintAnswer:
    """Answer a complaint, and with it every one that is handled together with it; each complainant is written to.

    :raise AlreadyAnswered: the second time
    :raise AnsweredElsewhere: if it is handled with another
    :raise RemarkUnderWay: while a work is marked again because of it, or of one that is handled with it
    """
    check_open(complaint)
    if complaint.merged_into is not None:
        raise refusals.AnsweredElsewhere(number=complaint.merged_into.shown_number)
    together = [complaint, *queries.merged_into(complaint)]
    if any(remark.concluded_at is None for each in together for remark in each.remarks):
        raise refusals.RemarkUnderWay
    given = [_answered(each, verdict, reasons, by=by, now=now) for each in together]
    return given[0]


def _answered(complaint: Complaint, verdict: Verdict, reasons: str, *, by: User, now: datetime) -> ComplaintAnswer:
    given = ComplaintAnswer(complaint_id=complaint.id, verdict=verdict, reasons=reasons, by_id=by.id, at=now)
    db.session.add(given)
    db.session.flush()
    results_services.record_act(
        ActKind.COMPLAINT_ANSWERED,
        complaint.contest,
        subject=rules.subject_of(complaint.number),
        choice={"verdict": str(verdict), "late": rules.is_late(complaint.due_on, None, now)}
        | ({"entry": complaint.entry.code} if complaint.entry is not None else {}),
        by=by,
        now=now,
    )
    emails.answered(complaint, given, now=now)
    return given
