"""Having a work marked again because of a complaint, and taking the outcome from it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from contest.accounts.models import User
from contest.complaints import queries, refusals
from contest.complaints.models import Complaint, ComplaintRemark
from contest.complaints.services.handling import check_open
from contest.database import db
from contest.regulations.models import Contest
from contest.results import queries as results
from contest.results import refusals as results_refusals
from contest.results import services as results_services
from contest.results.differing import Change


def order_remark(
    complaint: Complaint, jurors: Collection[User], *, until: datetime, reason: str, by: User, now: datetime
) -> ComplaintRemark:
    """Have other jurors mark the work of a complaint; the same again changes who, and until when.

    :raise AlreadyAnswered: once the complaint has its answer
    :raise WorkNeeded: if it is about no work
    :raise ContestError: whatever else the results refuse, see `results.services.order_remark`
    """
    check_open(complaint)
    round_ = queries.last_round(complaint.contest)
    if complaint.entry is None or round_ is None:
        raise refusals.WorkNeeded
    results_services.order_remark(
        round_,
        complaint.entry,
        jurors,
        until=until,
        reason=reason,
        complaint=complaint.shown_number,
        by=by,
        now=now,
    )
    remark = next((each for each in complaint.remarks if each.entry_id == complaint.entry_id), None)
    if remark is None:
        remark = ComplaintRemark(complaint_id=complaint.id, round_id=round_.id, entry_id=complaint.entry.id)
        db.session.add(remark)
    remark.reason, remark.until = reason, until
    remark.ordered_by_id, remark.ordered_at = by.id, now
    db.session.flush()
    return remark


def conclude_again(contest: Contest, *, by: User, now: datetime) -> list[Change]:
    """Conclude the last round again with every work that was marked again, and note it at their complaints.

    :return: what changed; empty if nothing did
    :raise ContestError: whatever the results refuse, see `results.services.conclude_again`
    """
    round_ = queries.last_round(contest)
    if round_ is None:
        raise results_refusals.NothingRemarked
    changes = results_services.conclude_again(round_, by=by, now=now)
    result = results.newest_result(round_)
    for remark in queries.open_remarks(contest):
        remark.concluded_at, remark.version = now, result.version if result is not None else None
    db.session.flush()
    return changes
