"""What staff do while they look into a complaint."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from contest import audit
from contest.accounts.models import User
from contest.complaints import queries, refusals, rules
from contest.complaints.models import Complaint, ComplaintFile, ComplaintNote
from contest.database import db, lock


def check_open(complaint: Complaint) -> None:
    """Pass while a complaint waits for its answer.

    :raise AlreadyAnswered: afterwards
    """
    lock(complaint)
    if complaint.answer is not None:
        raise refusals.AlreadyAnswered


def assign(complaint: Complaint, person: User, *, by: User, now: datetime) -> None:
    """Let somebody of the secretariat or the organizers look into a complaint.

    :raise AlreadyAnswered: once it has its answer
    :raise NobodyToAssign: if the person may not hear of the work, or has no such role
    """
    check_open(complaint)
    if person.id not in {user.id for user in queries.who_may_look_into(complaint)}:
        raise refusals.NobodyToAssign
    complaint.assigned_to_id = person.id
    record("complaint.assigned", complaint, by=by, now=now, to=person.subject)


def name_work(complaint: Complaint, name: str, *, by: User, now: datetime) -> None:
    """Say which work a complaint is about, where what was written told it not.

    Whoever looked into it and may not hear of this work does so no longer.

    :param name: code or whole title
    :raise AlreadyAnswered: once it has its answer
    :raise NoSuchWork: if no work, or more than one, is called so
    """
    check_open(complaint)
    entry_id = queries.work_called(complaint.contest, name)
    if entry_id is None:
        raise refusals.NoSuchWork
    complaint.entry_id = entry_id
    db.session.flush()
    db.session.refresh(complaint, ["entry"])
    if complaint.assigned_to_id not in {user.id for user in queries.who_may_look_into(complaint)}:
        complaint.assigned_to_id = None
    record("complaint.work_named", complaint, by=by, now=now)


def note(complaint: Complaint, text: str, *, by: User, now: datetime) -> ComplaintNote:
    """Write something down for the others who handle a complaint; it is never shown to the complainant."""
    written = ComplaintNote(complaint_id=complaint.id, text=text, by_id=by.id, at=now)
    db.session.add(written)
    db.session.flush()
    record("complaint.noted", complaint, by=by, now=now, note=written.id)
    return written


def merge(complaint: Complaint, into: Complaint, *, by: User, now: datetime) -> None:
    """Handle a complaint together with another one about the same: it gets the answer of that one.

    :raise AlreadyAnswered: once it has its answer
    :raise NotMergeable: if the other is answered, merged itself, or this very one
    """
    check_open(complaint)
    lock(into)
    if (
        into.id == complaint.id
        or into.contest_id != complaint.contest_id
        or into.answer is not None
        or into.merged_into_id is not None
    ):
        raise refusals.NotMergeable
    for follower in queries.merged_into(complaint):
        follower.merged_into_id = into.id
    complaint.merged_into_id = into.id
    record("complaint.merged", complaint, by=by, now=now, into=into.shown_number)


def open_contact(complaint: Complaint, *, by: User, now: datetime) -> None:
    """Note that somebody looked at who complained and how they are reached."""
    record("complaint.contact_seen", complaint, by=by, now=now)


def take_file(complaint: Complaint, file: ComplaintFile, *, by: User, now: datetime) -> None:
    """Note that somebody took a file that came with a complaint."""
    record("complaint.file_taken", complaint, by=by, now=now, file=file.id)


def record(act: str, complaint: Complaint, *, by: User, now: datetime, **details: Any) -> None:
    """Write the line of an act about a complaint."""
    audit.record(
        act,
        contest_id=complaint.contest_id,
        by=by,
        about=rules.subject_of(complaint.number),
        now=now,
        details=details | ({"entry": complaint.entry.code} if complaint.entry is not None else {}),
    )
