"""Background work is done once, tried again when it fails, and picked up when its worker died."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from contest import clock, jobs
from contest.database import db, transaction
from contest.jobs.models import Job, JobState
from contest.jobs.services import ATTEMPTS, LEASE, take


@pytest.fixture
def done(app):
    """What the handler of the kind ``test.note`` was given, in order."""
    seen = []

    @jobs.handler("test.note")
    def note(job, progress):
        progress(1, 2)
        seen.append(job.payload["word"])
        if job.payload["word"] == "break":
            raise RuntimeError("broken on purpose")
        return {"letters": len(job.payload["word"])}

    return seen


def ask(word, key=None):
    with transaction():
        return jobs.enqueue("test.note", {"word": word}, key=key or word, now=clock.now())


def test_work_is_done_in_order_and_its_result_kept(done):
    ask("first")
    ask("second")

    assert jobs.work_once()
    assert jobs.work_once()
    assert not jobs.work_once()

    assert done == ["first", "second"]
    job = db.session.scalar(select(Job).filter_by(key="second"))
    assert (job.state, job.result, job.done, job.total) == (JobState.DONE, {"letters": 6}, 1, 2)


def test_the_same_key_twice_is_one_piece_of_work(done):
    ask("word", key="only")
    ask("other", key="only")

    assert db.session.scalar(select(func.count(Job.id))) == 1


def test_work_that_fails_is_put_off_and_given_up_at_last(done):
    ask("break")
    for _ in range(ATTEMPTS):
        with transaction():
            db.session.scalar(select(Job)).due_at = clock.now()
        jobs.work_once()

    job = db.session.scalar(select(Job))
    assert job.state == JobState.FAILED
    assert job.error == "RuntimeError: broken on purpose"
    assert not jobs.work_once()


def test_work_of_a_worker_that_died_is_taken_again_after_its_lease(done):
    ask("orphan")
    with transaction():
        assert take(clock.now()) is not None
    assert not jobs.work_once()

    with transaction():
        db.session.scalar(select(Job)).lease_until = clock.now() - timedelta(seconds=1)
    assert jobs.work_once()

    assert done == ["orphan"]
    assert db.session.scalar(select(Job.attempts)) == 2


def test_two_workers_never_hold_the_same_work(done):
    ask("one")
    now = clock.now()
    with transaction():
        assert take(now) is not None
    with transaction():
        assert take(now) is None
        assert take(now + LEASE + timedelta(seconds=1)) is not None


def test_work_that_kills_every_worker_is_given_up(done):
    ask("deadly")
    at = clock.now()
    for _ in range(ATTEMPTS):
        with transaction():
            assert take(at) is not None
        at += LEASE + timedelta(seconds=1)

    with transaction():
        assert take(at) is None
    assert db.session.scalar(select(Job.state)) == JobState.FAILED
