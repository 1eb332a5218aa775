"""What people can ask about their data, and what organizers decide."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from contest import audit, clock, jobs
from contest.accounts.models import Consent, Membership, Role, User
from contest.database import db, lock
from contest.privacy import emails, queries, refusals
from contest.privacy.models import DataRequest
from contest.privacy.services.erasure import erase, new_pseudonym
from contest.privacy.terms import OPEN, Standing, Wish, due_on
from contest.regulations.models import Contest
from contest.subjects import Subject
from contest.winners import services as winners

CARRY_OUT = "privacy.carry_out"
WAIT = timedelta(hours=1)
"""Between the decision and the erasure, so that the letter that tells of it can leave."""


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


def withdraw_consent(consent: Consent, *, by: User, now: datetime) -> None:
    """Keep that somebody does not agree any more, and delete what was kept for this purpose alone."""
    code, _, contest_id = consent.code.partition(":")
    if code == "bank" and contest_id.isdigit():
        contest = db.session.get(Contest, int(contest_id))
        if contest is not None:
            winners.withdraw_bank_details(contest, by=by, now=now)
    consent.withdrawn_at = consent.withdrawn_at or now
    audit.record("consent.withdrawn", by=by, about=f"user:{by.subject}", now=now, details={"code": consent.code})
