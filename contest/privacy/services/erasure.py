"""How a person is taken out of every table and file, now and after a restore."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import or_, select

from contest import audit, jobs
from contest.accounts.models import Person, User
from contest.accounts.services import end_sessions
from contest.audit.erased import record_erasure, rewriting
from contest.complaints.models import Complaint
from contest.database import db
from contest.entries import personal as entries
from contest.entries.models import EntryState
from contest.mail import Letter
from contest.privacy import journal, queries, registry, sweeping
from contest.privacy.models import DataRequest
from contest.privacy.terms import Standing
from contest.regulations.models import Contest
from contest.subjects import GONE, Subject

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_pseudonym() -> str:
    """Draw the name that stands in place of somebody's."""
    return f"Người ẩn danh {''.join(secrets.choice(ALPHABET) for _ in range(5))}"


def erase(
    subject: Subject,
    *,
    about: str,
    contest_id: int,
    by: User | None,
    now: datetime,
    request: DataRequest | None = None,
) -> set[str]:
    """Take a person out of every table, and write down that it was done; proofs go on verifying.

    Works in a contest that is not decided yet leave it with their only author. What names a winner by law stays.

    :return: hashes of files whose bytes go after the commit
    """
    journal.add(Path(current_app.instance_path), tuple(subject.subjects), now)
    works = entries.works_of(subject)
    awarded = queries.is_awarded(subject)
    kept = registry.kept_columns("KEPT") | (registry.kept_columns("KEPT_OF_WINNERS") if awarded else frozenset())
    shared = queries.shared_names(subject)
    own = _own_rows(subject, [work.id for work in works])
    with rewriting():
        gone = _erase_files(subject, now)
        _withdraw_works(subject, now)
        for user in db.session.scalars(select(User).where(User.id.in_(subject.user_ids))):
            end_sessions(user)
        for room in registry.rooms().values():
            room.erase(subject, now)
        db.session.flush()
        swept = sweeping.sweep(subject, own=own, kept=kept, shared_names=shared, now=now)
        db.session.expire_all()
        if request is not None:
            request.standing, request.done_at, request.pseudonym = Standing.DONE, now, subject.pseudonym
            request.words = GONE if request.words else ""
            request.outcome = {"changed": swept.changed, "left": swept.left[:200], "files": len(gone)}
        db.session.flush()
    record_erasure(
        "erasure.carried_out",
        about=about,
        contest_id=contest_id,
        by=by,
        now=now,
        details={
            "subjects": sorted(subject.subjects),
            "changed": swept.changed,
            "contents": swept.contents,
            "files": len(gone),
            "awarded": awarded,
        },
    )
    return gone


def _own_rows(subject: Subject, works: list[int]) -> dict[str, Any]:
    """Say which rows are about this person, so that a name in them means them and nobody else of the same name."""
    own = sweeping.own_rows(works, subject.user_ids)
    codes = [f"entry:{work.code}" for work in entries.works_of(subject) if work.code]
    own["letter"] = or_(own["letter"], Letter.about.in_(codes), Letter.to.in_(subject.emails))
    own["complaint"] = or_(own["complaint"], Complaint.id.in_(queries.own_complaints(subject)))
    own["job"] = jobs.Job.by_id.in_(subject.user_ids)
    return own


def _erase_files(subject: Subject, now: datetime) -> set[str]:
    gone: set[str] = set()
    for work in entries.works_of(subject):
        for file in entries.files_that_go(work, subject):
            gone |= entries.remove_file(file, now)
    return gone


def _withdraw_works(subject: Subject, now: datetime) -> None:
    for work in queries.works_in_progress(subject):
        people = {line.person_id for line in work.revision.bylines} if work.revision else set()
        if people <= subject.person_ids:
            work.state, work.withdrawal_reason, work.updated_at = EntryState.WITHDRAWN, GONE, now
            audit.record(
                "entry.withdrawn",
                contest_id=work.contest_id,
                about=f"entry:{work.code}",
                now=now,
                details={"why": "erasure"},
            )


def reapply(now: datetime) -> list[str]:
    """Erase again whoever was erased since a backup that has just been restored was made.

    Called by ``contest restore`` inside its transaction. Doing it twice does no harm: whoever is erased already is left
    alone.

    :return: hashes of files whose bytes go after the commit
    """
    gone: set[str] = set()
    for line in journal.lines(Path(current_app.instance_path)):
        people = set(db.session.scalars(_still_named(line.subjects)))
        if not people:
            continue
        found = db.session.scalars(select(DataRequest).order_by(DataRequest.id)).all()
        request = next((one for one in found if set(one.subjects) & set(line.subjects)), None)
        contest_id = request.contest_id if request else db.session.scalar(select(Contest.id).order_by(Contest.id)) or 0
        subject = queries.subject_of(people, pseudonym=new_pseudonym())
        gone |= erase(subject, about="journal", contest_id=contest_id, by=None, now=now, request=request)
    return sorted(gone)


def _still_named(subjects: Iterable[str]) -> Any:
    wanted = tuple(subjects)
    accounts = select(User.person_id).where(User.subject.in_(wanted))
    return select(Person.id).where(or_(Person.subject.in_(wanted), Person.id.in_(accounts)), Person.erased_at.is_(None))
