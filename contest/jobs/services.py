"""Asking for work, and doing it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, true

from contest import clock
from contest.database import db, transaction
from contest.jobs.models import Job, JobState
from contest.jobs.waking import call_workers

LEASE = timedelta(minutes=5)
ATTEMPTS = 5
AWAY = timedelta(minutes=1)  # between two tries while what the work needs is away
DIED = "every worker that took this up died at it"
PAUSES = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=5), timedelta(minutes=30))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A piece of work that somebody on the lookout asks for."""

    kind: str
    key: str
    payload: Mapping[str, Any]
    contest_id: int | None = None


class NotYet(Exception):
    """What the work needs is away. It is put off and tried again for as long as that takes, and is never given up."""


Progress = Callable[[int, int], None]
Handler = Callable[[Job, Progress], Mapping[str, Any] | None]

_handlers: dict[str, Handler] = {}
_daily: list[str] = []
_lookouts: list[Callable[[], Iterable[Wanted]]] = []
log = logging.getLogger(__name__)


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Name the function that does one kind of work."""

    def register(function: Handler) -> Handler:
        _handlers[kind] = function
        return function

    return register


def daily(kind: str) -> Callable[[Handler], Handler]:
    """Name the function that does one kind of work, and have the worker ask for it once a day."""
    _daily.append(kind)
    return handler(kind)


def daily_kinds() -> frozenset[str]:
    """Name the kinds of work that are asked for once a day, of which the next makes up for one that failed."""
    return frozenset(_daily)


def ask_for_daily() -> None:
    """Ask for the work of this day that nobody has asked for yet."""
    now = clock.now()
    today = clock.local(now).date()
    due = {f"{kind}:{today}": kind for kind in _daily}
    asked = set(db.session.scalars(select(Job.key).where(Job.key.in_(due))))
    if len(asked) < len(due):
        with transaction():
            for key, kind in due.items():
                enqueue(kind, {}, key=key, now=now)
    db.session.rollback()


def lookout(find: Callable[[], Iterable[Wanted]]) -> Callable[[], Iterable[Wanted]]:
    """Have the worker ask, at every look, what work there is now because of what a room below has done.

    A room below cannot ask for the work of one above; this one looks at the rows that it left. Looking must be cheap.
    """
    _lookouts.append(find)
    return find


def look_out() -> None:
    """Ask for the work that those on the lookout find and that nobody has asked for yet."""
    found = {wanted.key: wanted for find in _lookouts for wanted in find()}
    asked = set(db.session.scalars(select(Job.key).where(Job.key.in_(found)))) if found else set()
    if len(asked) < len(found):
        with transaction():
            for key, wanted in found.items():
                enqueue(wanted.kind, wanted.payload, key=key, contest_id=wanted.contest_id, now=clock.now())
    db.session.rollback()


def enqueue(
    kind: str,
    payload: Mapping[str, Any],
    *,
    key: str,
    now: datetime,
    contest_id: int | None = None,
    by: Any = None,
) -> Job:
    """Ask for a piece of work, in the transaction that needs it. The same key twice is one piece of work."""
    found = db.session.scalar(select(Job).filter_by(key=key))
    if found is not None:
        return found
    job = Job(
        kind=kind,
        key=key,
        contest_id=contest_id,
        by_id=by.id if by is not None else None,
        payload=dict(payload),
        created_at=now,
        due_at=now,
    )
    db.session.add(job)
    db.session.flush()
    call_workers()
    return job


def take(now: datetime, kind: str | None = None) -> Job | None:
    """Lease the oldest piece of work that is due, or whose worker died.

    Work at which worker after worker died is given up: it would kill the next one too.

    :param kind: of this kind alone; any when None
    """
    free = or_(Job.state == JobState.QUEUED, Job.lease_until < now)
    due = (
        select(Job)
        .where(Job.state.in_([JobState.QUEUED, JobState.RUNNING]), free, Job.due_at <= now)
        .where(Job.kind == kind if kind else true())
        .order_by(Job.due_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    job = db.session.scalar(due)
    if job is not None and job.attempts >= ATTEMPTS:
        job.state, job.finished_at, job.lease_until = JobState.FAILED, now, None
        job.error = job.error or DIED
        return None
    if job is not None:
        job.state, job.lease_until = JobState.RUNNING, now + LEASE
        job.attempts += 1
    return job


def work_once(kind: str | None = None) -> bool:
    """Do one piece of work that is due.

    :param kind: of this kind alone; any when None
    :return: whether there was one
    """
    if db.session.scalar(select(Job.id).where(Job.state.in_([JobState.QUEUED, JobState.RUNNING])).limit(1)) is None:
        db.session.rollback()
        return False
    with transaction():
        job = take(clock.now(), kind)
        number = job.id if job is not None else None
    if number is None:
        return False
    job = db.session.get_one(Job, number)

    def progress(done: int, total: int) -> None:
        with transaction():
            row = db.session.get_one(Job, number)
            row.done, row.total, row.lease_until = done, total, clock.now() + LEASE

    try:
        result = _handlers[job.kind](job, progress)
    except NotYet as error:
        log.warning("job %s of kind %s waits: %s", number, job.kind, error)
        _wait(number, error)
    except Exception as error:
        log.exception("job %s of kind %s failed", number, job.kind)
        _put_off(number, error)
    else:
        with transaction():
            job = db.session.get_one(Job, number)
            job.state, job.finished_at, job.lease_until = JobState.DONE, clock.now(), None
            job.result, job.error = dict(result or {}), ""
    return True


def _wait(number: int, error: NotYet) -> None:
    db.session.rollback()
    with transaction():
        job = db.session.get_one(Job, number)
        job.state, job.lease_until, job.error = JobState.QUEUED, None, str(error)[:2000]
        job.attempts -= 1
        job.due_at = clock.now() + AWAY


def _put_off(number: int, error: Exception) -> None:
    db.session.rollback()
    with transaction():
        job = db.session.get_one(Job, number)
        job.error = f"{type(error).__name__}: {error}"[:2000]
        job.lease_until = None
        if job.attempts >= ATTEMPTS:
            job.state, job.finished_at = JobState.FAILED, clock.now()
        else:
            job.state = JobState.QUEUED
            job.due_at = clock.now() + PAUSES[min(job.attempts, len(PAUSES)) - 1]
