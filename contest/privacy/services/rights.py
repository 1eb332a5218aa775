"""What people can ask about their data, what organizers decide, and how an erasure is carried out."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import or_, select

from contest import audit, clock, jobs
from contest.accounts.models import Consent, Membership, Person, Role, User
from contest.accounts.services import end_sessions
from contest.audit.erased import record_erasure, rewriting
from contest.complaints.models import Complaint
from contest.database import db, lock
from contest.entries import personal as entries
from contest.entries.models import EntryState
from contest.mail import Letter
from contest.privacy import emails, journal, queries, refusals, registry, sweeping
from contest.privacy.models import DataRequest, Incident, Opening
from contest.privacy.terms import OPEN, Standing, Wish, due_on
from contest.regulations.models import Contest
from contest.subjects import GONE, Subject
from contest.winners import services as winners

CARRY_OUT = "privacy.carry_out"
WAIT = timedelta(hours=1)
"""Between the decision and the erasure, so that the letter that tells of it can leave."""
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def ask(contest: Contest, wish: Wish, words: str, *, by: User, now: datetime) -> DataRequest:
    """Ask something about one's own data.

    :raise AlreadyAsked: while the same request waits
    :raise WouldLockOut: for an erasure of the only organizer of a contest
    """
    lock(by)
    if queries.open_request(by, wish) is not None:
        raise refusals.AlreadyAsked
    subject = queries.subject_of_user(by)
    if wish is Wish.ERASURE:
        check_somebody_is_left(subject)
    return _enter(contest, wish, words, subject, by=by, on_paper=False, now=now)


def enter_paper(
    contest: Contest, wish: Wish, words: str, person_ids: Collection[int], *, by: User, now: datetime
) -> DataRequest:
    """Enter what somebody asked in a letter, after the secretariat has checked who they are.

    :raise NobodyChosen: without a person
    """
    subject = queries.subject_of(person_ids)
    if not subject.person_ids:
        raise refusals.NobodyChosen
    return _enter(contest, wish, words, subject, by=by, on_paper=True, now=now)


def _enter(
    contest: Contest, wish: Wish, words: str, subject: Subject, *, by: User, on_paper: bool, now: datetime
) -> DataRequest:
    request = DataRequest(
        contest_id=contest.id,
        wish=wish,
        user_id=min(subject.user_ids, default=None),
        person_ids=sorted(subject.person_ids),
        subjects=sorted(subject.subjects),
        words=words,
        on_paper=on_paper,
        entered_by_id=by.id,
        received_at=now,
        due_on=due_on(wish, clock.local(now).date()),
    )
    db.session.add(request)
    db.session.flush()
    _record("data_request.received", request, by, now, {"wish": str(wish), "paper": on_paper})
    return request


def take_back(request: DataRequest, *, by: User, now: datetime) -> None:
    """Take one's own request back, as long as it was not carried out.

    :raise NotWaiting: if it was
    """
    _wait(request, *OPEN)
    request.standing = Standing.WITHDRAWN
    _record("data_request.withdrawn", request, by, now)


def decide(request: DataRequest, *, granted: bool, reason: str, by: User, now: datetime) -> None:
    """Grant a request or refuse it; the person is told, and an erasure is carried out by itself an hour later.

    :raise NotWaiting: if it was answered meanwhile
    :raise ReasonNeeded: for a refusal without a reason
    :raise WouldLockOut: for an erasure of the only organizer of a contest
    """
    _wait(request, Standing.ASKED)
    if not granted and not reason:
        raise refusals.ReasonNeeded
    if granted and request.wish is Wish.ERASURE:
        check_somebody_is_left(queries.subject_of(request.person_ids))
    request.standing = Standing.APPROVED if granted else Standing.REFUSED
    request.reason, request.decided_by_id, request.decided_at = reason, by.id, now
    emails.answered(request, now=now)
    _record("data_request.decided", request, by, now, {"granted": granted, "wish": str(request.wish)})
    if granted and request.wish is Wish.ERASURE:
        job = jobs.enqueue(
            CARRY_OUT,
            {"request": request.id},
            key=f"{CARRY_OUT}:{request.id}",
            contest_id=request.contest_id,
            by=by,
            now=now,
        )
        job.due_at = now + WAIT


def hasten(request: DataRequest, *, now: datetime) -> None:
    """Have an erasure carried out now instead of an hour after the decision.

    :raise NotWaiting: if it was carried out
    """
    _wait(request, Standing.APPROVED)
    job = db.session.scalar(select(jobs.Job).filter_by(key=f"{CARRY_OUT}:{request.id}"))
    if job is not None:
        job.due_at = now


def mark_done(request: DataRequest, *, by: User, now: datetime) -> None:
    """Say that a correction was made, or a processing stopped.

    :raise NotWaiting: if it was not granted
    """
    _wait(request, Standing.APPROVED)
    request.standing, request.done_at = Standing.DONE, now
    _record("data_request.done", request, by, now)


def _wait(request: DataRequest, *standings: Standing) -> None:
    lock(request)
    if request.standing not in standings:
        raise refusals.NotWaiting


def _record(
    action: str, request: DataRequest, by: User | None, now: datetime, details: dict[str, Any] | None = None
) -> None:
    audit.record(
        action,
        contest_id=request.contest_id,
        by=by,
        about=f"data_request:{request.id}",
        now=now,
        details=(details or {}) | {"subjects": request.subjects},
    )


def check_somebody_is_left(subject: Subject) -> None:
    """Refuse to erase the only organizer of a contest.

    :raise WouldLockOut: naming the contest
    """
    led = select(Membership.contest_id).where(
        Membership.user_id.in_(subject.user_ids), Membership.role == Role.ORGANIZER
    )
    for contest_id in set(db.session.scalars(led)):
        others = (
            select(Membership.id)
            .join(Membership.user)
            .where(
                Membership.contest_id == contest_id,
                Membership.role == Role.ORGANIZER,
                Membership.user_id.not_in(subject.user_ids),
                User.disabled_at.is_(None),
            )
        )
        if db.session.scalar(others.limit(1)) is None:
            raise refusals.WouldLockOut(contest=db.session.get_one(Contest, contest_id).name)


# Erasing -----------------------------------------------------------------------------------------------------------


def carry_out(request: DataRequest, *, now: datetime) -> set[str]:
    """Erase somebody as it was decided, in one transaction.

    :return: hashes of the files that nobody refers to any more; their bytes go after the commit
    :raise NotWaiting: if it was carried out, or not granted
    """
    _wait(request, Standing.APPROVED)
    return erase(
        queries.subject_of(request.person_ids, pseudonym=new_pseudonym()),
        about=f"data_request:{request.id}",
        contest_id=request.contest_id,
        by=request.decided_by,
        now=now,
        request=request,
    )


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


def withdraw_consent(consent: Consent, *, by: User, now: datetime) -> None:
    """Keep that somebody does not agree any more, and delete what was kept for this purpose alone."""
    code, _, contest_id = consent.code.partition(":")
    if code == "bank" and contest_id.isdigit():
        contest = db.session.get(Contest, int(contest_id))
        if contest is not None:
            winners.withdraw_bank_details(contest, by=by, now=now)
    consent.withdrawn_at = consent.withdrawn_at or now
    audit.record("consent.withdrawn", by=by, about=f"user:{by.subject}", now=now, details={"code": consent.code})


# Who opened what ---------------------------------------------------------------------------------------------------


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


# Incidents ---------------------------------------------------------------------------------------------------------


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
