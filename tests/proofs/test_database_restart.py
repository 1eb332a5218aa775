"""The database ends while jurors and authors work: what was confirmed is there, and the program goes on by itself."""

from __future__ import annotations

import signal
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from contest.operations import invariants
from tests.engines.postgresql import Postgresql, children
from tests.jury import DURING_THE_ROUND, open_jury_room
from tests.makers.accounts import PASSWORD
from tests.postbox import Postbox
from tests.proofs.authors import AuthorAtWork, open_receipt
from tests.proofs.clients import BETWEEN, ClientAtWork
from tests.proofs.comparing import (
    check_letters_have_come,
    check_nothing_is_lost_or_doubled,
    check_works_are_as_sent,
)
from tests.proofs.jurors import JurorAtWork
from tests.proofs.test_kill import let_all_begin, let_work, look, told
from tests.server import Server

pytestmark = pytest.mark.only_on("postgresql")

JURORS, WORKS, AUTHORS = 2, 2, 1
AWAY = 0.5  # seconds at most for which there is no database
BACK = 20  # seconds within which pages are served again once there is one
BUSY = (*BETWEEN, 503)


@pytest.fixture
def database() -> Iterator[Postgresql]:
    """A PostgreSQL for this proof alone, in which a commit waits for the disk."""
    own = Postgresql(durable=True)
    yield own
    own.stop()


@pytest.fixture
def server(tmp_path: Path, postbox: Postbox, database: Postgresql) -> Iterator[Server]:
    """A system on that database, not started yet."""
    folder = tmp_path / "instance"
    system = Server(folder, smtp_url=postbox.url, settings={"CONTEST_DATABASE_URL": database.address(folder)})
    yield system
    system.stop()


def test_a_database_that_ends_in_the_middle_of_work_costs_nothing(
    server: Server, database: Postgresql, postbox: Postbox, request: pytest.FixtureRequest
) -> None:
    """It is killed, or one of its processes is, or it is shut down; no process of the program ends with it. (G1)"""
    rounds = 20 if request.config.getoption("--long") else 2
    room = open_jury_room(server, jurors=JURORS, works=WORKS)
    place, works = open_receipt(room.app, authors=AUTHORS, now=DURING_THE_ROUND)
    server.start()
    processes = children(server.pid)
    jurors = [
        JurorAtWork(server.port, room.slug, email, PASSWORD, work, room.maxima, busy=BUSY)
        for email, work in room.work.items()
    ]
    authors = [AuthorAtWork(server.port, place, email, PASSWORD, work, busy=BUSY) for email, work in works.items()]
    people: list[ClientAtWork] = [*jurors, *authors]
    random, returns = Random(rounds), []
    for person in people:
        person.start()
    let_all_begin(people)
    for number in range(rounds):
        let_work(people, random)
        returns.append(end(database, server, number, random))
        look(jurors, authors, room, thorough=False)
    let_work(people, random)
    for person in people:
        person.finish()
    for person in people:
        person.join()
    left = children(server.pid)
    server.stop()

    print(f"\n{rounds} ends of the database, back after {max(returns):.1f} s at most, {told(jurors, authors)}")
    assert left == processes
    assert all(person.interruptions for person in people)
    check_nothing_is_lost_or_doubled(jurors, room)
    check_works_are_as_sent(authors, room.app)
    check_letters_have_come(authors, room.app, server, postbox)
    with room.app.app_context():
        assert invariants.broken() == []


def end(database: Postgresql, server: Server, number: int, random: Random) -> float:
    """End the database in one of four ways; give how long pages were missing from when it could be there again."""
    way = number % 4
    if way == 1:
        database.kill_one(random)
    else:
        if way == 0:
            database.kill()
        else:
            database.end(signal.SIGQUIT if way == 2 else signal.SIGINT)
        assert asked(server, "/readyz") == (503, None)
        assert asked(server, "/") == (503, "5")
        time.sleep(random.uniform(0, AWAY))
        database.start_again()
    there = time.monotonic()
    while asked(server, "/readyz")[0] != 200:
        assert time.monotonic() < there + BACK, server.log()[-5000:]
        time.sleep(0.02)
    return time.monotonic() - there


def asked(server: Server, path: str) -> tuple[int, str | None]:
    """Ask for a page, and give how it was answered, and after how long it may be asked for again."""
    try:
        with urllib.request.urlopen(server.url + path, timeout=BACK) as answer:  # noqa: S310 - our own server
            return answer.status, None
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.headers["Retry-After"]
