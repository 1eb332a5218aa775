"""Workers are woken through Redis; what is to be done is in the rows whether Redis is there or not."""

from __future__ import annotations

import threading
import time

import pytest

from contest import clock, jobs, mail
from contest.database import db, transaction
from contest.jobs import waking
from contest.jobs.waking import RedisBell
from contest.operations.work import work
from tests.queues import RedisServer

PATIENCE = 1.5


@pytest.fixture(scope="module")
def redis(tmp_path_factory):
    server = RedisServer(tmp_path_factory.mktemp("redis")).start()
    yield server
    server.stop()


@pytest.fixture
def bell(app, redis):
    app.extensions[waking.EXTENSION] = RedisBell(redis.url, "contest:tests")
    yield app.extensions[waking.EXTENSION]
    app.extensions.pop(waking.EXTENSION)


@pytest.fixture
def waiting(redis):
    """A worker that waits; calling gives after how many seconds it was woken."""
    woken = []

    def wait():
        own = RedisBell(redis.url, "contest:tests")
        own.wait(0.01)  # it listens from now on
        ready.set()
        began = time.monotonic()
        own.wait(PATIENCE)
        woken.append(time.monotonic() - began)

    ready = threading.Event()
    thread = threading.Thread(target=wait)
    thread.start()
    assert ready.wait(5)

    def seconds():
        thread.join(10)
        return woken[0]

    return seconds


def ask():
    jobs.enqueue("test.woken", {}, key="woken", now=clock.now())


@pytest.mark.parametrize("what", ["work", "letter"])
def test_a_worker_is_woken_when_what_is_asked_for_is_committed(bell, waiting, what):
    with transaction():
        if what == "work":
            ask()
        else:
            mail.post(key="woken", to="ai.do@example.vn", subject="Thư", text="Thư", now=clock.now())

    assert waiting() < PATIENCE


def test_nobody_is_woken_for_what_is_taken_back(bell, waiting):
    with pytest.raises(RuntimeError), transaction():
        ask()
        raise RuntimeError("taken back")
    with transaction():
        db.session.connection()

    assert waiting() >= PATIENCE


def test_without_redis_work_is_asked_for_and_found_all_the_same(app, tmp_path, caplog):
    """A Redis that is away costs neither the act nor the work. (G1)"""
    done = []
    jobs.handler("test.woken")(lambda job, progress: done.append(job.key))
    app.extensions[waking.EXTENSION] = RedisBell(f"unix://{tmp_path}/none.sock", "contest:tests")
    try:
        began = time.monotonic()
        with transaction():
            ask()
        work(app, once=True)
        jobs.bell().wait(0.05)
        took = time.monotonic() - began
    finally:
        app.extensions.pop(waking.EXTENSION)

    assert done == ["woken"]
    assert took < 5
    assert sum("not woken through Redis" in line.message for line in caplog.records) == 1


def test_a_worker_listens_again_when_redis_is_back(tmp_path, monkeypatch):
    monkeypatch.setattr(waking, "REST", 0.0)
    server = RedisServer(tmp_path).start()
    own = RedisBell(server.url, "contest:tests")
    own.wait(0.01)
    server.stop()
    own.wait(0.05)
    server.start()
    try:
        own.wait(0.05)
        RedisBell(server.url, "contest:tests").ring()
        began = time.monotonic()
        own.wait(5.0)
    finally:
        server.stop()

    assert time.monotonic() - began < 3


def test_the_bell_is_chosen_by_its_setting(app):
    assert isinstance(jobs.bell(), waking.Silence)
