"""The one transaction: all or nothing, and twenty writers at once lose nothing."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone

import psycopg
import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import StatementError

from contest import audit, clock, create_app
from contest.audit.models import AuditLine
from contest.database import db, let_go, lock, transaction
from contest.jobs.models import Job
from tests import engines

FULL = 2  # as SQLite numbers it


def make_job(key="one"):
    job = Job(kind="nothing", key=key, payload={}, created_at=clock.now(), due_at=clock.now())
    db.session.add(job)
    return job


def test_what_is_done_inside_stays(app):
    with transaction():
        make_job()

    db.session.remove()

    assert db.session.scalar(select(func.count(Job.id))) == 1


def test_a_refusal_inside_leaves_nothing_behind(app):
    with pytest.raises(ValueError, match="no"), transaction():
        make_job()
        raise ValueError("no")

    assert db.session.scalar(select(func.count(Job.id))) == 0


def done_elsewhere(app, number):
    """Let another thread commit a change of a job."""

    def work():
        with app.app_context(), transaction():
            db.session.get_one(Job, number).done = 7

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def test_what_was_read_before_is_read_again_inside(app):
    with transaction():
        make_job()
    job = db.session.scalar(select(Job))
    assert job.done == 0

    done_elsewhere(app, job.id)

    with transaction():
        assert job.done == 7


def test_what_stayed_while_something_slow_happened_is_read_again_inside(app):
    with transaction():
        make_job()
    job = db.session.scalar(select(Job))
    let_go()

    done_elsewhere(app, job.id)

    assert job.done == 0
    with transaction():
        assert job.done == 7


@pytest.mark.only_on("postgresql")
def test_what_was_prepared_stays_so_from_one_request_to_the_next(app):
    prepared = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%FROM job%'")
    for _request in range(7):
        db.session.scalar(select(func.count(Job.id)))
        db.session.remove()

    assert db.session.scalar(prepared) == 1


@pytest.mark.only_on("postgresql")
def test_a_connection_that_ended_while_it_rested_is_another_one_for_whoever_asks_next(app):
    first = db.session.scalar(text("SELECT pg_backend_pid()"))
    db.session.remove()
    with psycopg.connect(db.engine.url.set(drivername="postgresql").render_as_string()) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [first])

    with transaction():
        assert db.session.scalar(text("SELECT pg_backend_pid()")) != first
        assert db.session.scalar(text("SHOW transaction_isolation")) == "read committed"
    assert db.session.scalar(text("SHOW transaction_isolation")) == "repeatable read"


def test_a_transaction_inside_another_is_refused(app):
    with pytest.raises(RuntimeError), transaction(), transaction():
        pass


def test_a_reading_is_of_one_moment(app):
    with transaction():
        make_job()
    assert db.session.scalar(select(func.count(Job.id))) == 1

    def elsewhere():
        with app.app_context(), transaction():
            make_job("two")

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()

    assert db.session.scalar(select(func.count(Job.id))) == 1
    db.session.rollback()
    assert db.session.scalar(select(func.count(Job.id))) == 2


@pytest.mark.parametrize("locking", [True, False], ids=["with a lock", "without one"])
def test_twenty_writers_lose_no_update(app, locking):
    with transaction():
        make_job()
    errors = []

    def write():
        try:
            for _ in range(5):
                with app.app_context():
                    with transaction():
                        job = db.session.scalars(select(Job)).one()
                        (lock(job) if locking else job).done += 1
                    db.session.remove()
        except Exception as error:
            errors.append(error)

    writers = [threading.Thread(target=write) for _ in range(20)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    db.session.rollback()
    assert errors == []
    assert db.session.scalar(select(Job.done)) == 100


def test_twenty_writers_make_one_unbroken_chain(app):
    errors = []

    def write(name):
        try:
            for number in range(3):
                with app.app_context():
                    with transaction():
                        audit.record("thing.done", contest_id=1, about=f"thing:{name}.{number}", now=clock.now())
                    db.session.remove()
        except Exception as error:
            errors.append(error)

    writers = [threading.Thread(target=write, args=(name,)) for name in range(20)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    db.session.rollback()
    assert errors == []
    assert db.session.scalar(select(func.count(AuditLine.id))) == 60
    assert audit.verify(1) is None


def test_moments_come_back_aware_and_in_utc(app):
    moment = datetime(2025, 8, 15, 23, 59, tzinfo=timezone(timedelta(hours=7)))
    with transaction():
        make_job().due_at = moment
    db.session.remove()

    assert db.session.scalar(select(Job.due_at)) == moment
    assert db.session.scalar(select(Job.due_at)).tzinfo == UTC


def test_a_moment_without_a_zone_is_refused(app):
    with pytest.raises(StatementError), transaction():
        make_job().due_at = datetime(2025, 8, 15)  # noqa: DTZ001 - the point of the test
        db.session.flush()


def test_vietnamese_is_kept_letter_for_letter(app):
    with transaction():
        make_job().payload = {"name": "Nguyễn Thị Ánh Tuyết"}
    db.session.remove()

    assert db.session.scalar(select(Job.payload)) == {"name": "Nguyễn Thị Ánh Tuyết"}


def test_a_commit_waits_for_the_disk(tmp_path):
    app = create_app(engines.settings(tmp_path))

    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            assert db.session.scalar(text("PRAGMA synchronous")) == FULL
        else:
            assert (
                db.session.scalar(text("SELECT source FROM pg_settings WHERE name = 'synchronous_commit'")) != "client"
            )
        db.session.remove()
        db.engine.dispose()
