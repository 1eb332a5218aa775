"""Two servers on PostgreSQL, Redis and a bucket, behind the proxy that docs say, while one of them is killed."""

from __future__ import annotations

import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from contest.operations import invariants
from tests import engines, stores
from tests.jury import DURING_THE_ROUND, open_jury_room
from tests.makers.accounts import PASSWORD
from tests.postbox import Postbox
from tests.proofs.authors import AuthorAtWork, open_receipt
from tests.proofs.comparing import (
    check_letters_have_come,
    check_nothing_is_lost_or_doubled,
    check_works_are_as_sent,
)
from tests.proofs.jurors import JurorAtWork
from tests.proxy import Proxy
from tests.queues import RedisServer
from tests.server import Server

ALONE = 2.0  # seconds of work that the server left over does
ASKED_AGAIN = 2  # questions of one person that may have been under way


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    """What wakes the workers of both."""
    server = RedisServer(tmp_path)
    yield server.start()
    server.stop()


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Proxy]:
    """The proxy, not started yet."""
    nginx = Proxy(tmp_path / "nginx")
    yield nginx
    nginx.stop()


@pytest.fixture
def pair(tmp_path: Path, proxy: Proxy, redis: RedisServer, postbox: Postbox) -> Iterator[tuple[Server, Server]]:
    """Two machines that share rows, files and keys, and nothing else."""
    shared = {
        "CONTEST_DATABASE_URL": engines.chosen().address(tmp_path),
        "CONTEST_STORAGE_URL": stores.server().bucket(),
        "CONTEST_QUEUE_URL": redis.url,
        "CONTEST_BASE_URL": proxy.url,
        "CONTEST_PROXIES": "1",
        "CONTEST_WORKERS": "1",
    }
    first, second = (Server(tmp_path / name, smtp_url=postbox.url, settings=shared) for name in ("first", "second"))
    yield first, second
    for server in (first, second):
        server.stop()


@pytest.mark.only_on("postgresql")
def test_a_killed_server_of_two_is_hardly_noticed(
    engine: engines.Engine, pair: tuple[Server, Server], proxy: Proxy, postbox: Postbox
) -> None:
    """Of two servers one dies while a juror and authors work: nothing is lost, and nobody sees a refusal. (G1)"""
    first, second = pair
    room = open_jury_room(first, jurors=2, works=2)
    place, works = open_receipt(room.app, authors=1, now=DURING_THE_ROUND)
    for key in first.folder.glob("*.key"):
        shutil.copy2(key, second.folder)
    second.set_clock(DURING_THE_ROUND)
    with ThreadPoolExecutor() as both:
        list(both.map(Server.start, pair))
    proxy.start([server.port for server in pair])
    jurors = [
        JurorAtWork(proxy.port, room.slug, email, PASSWORD, work, room.maxima, repeats=True)
        for email, work in room.work.items()
    ]
    authors = [AuthorAtWork(proxy.port, place, email, PASSWORD, work) for email, work in works.items()]
    people = [*jurors, *authors]
    for person in people:
        person.start()
    while any(person.is_alive() and not person.confirmed for person in people):
        time.sleep(0.05)
    before = {person: person.confirmed for person in people}

    first.kill()
    while any(person.is_alive() and person.confirmed < before[person] + 3 for person in people):
        time.sleep(0.05)
    time.sleep(ALONE)
    for person in people:
        person.finish()
    for person in people:
        person.join()
    second.stop()

    check_nothing_is_lost_or_doubled(jurors, room)
    assert max(person.interruptions for person in people) <= ASKED_AGAIN
    check_works_are_as_sent(authors, room.app)
    check_letters_have_come(authors, room.app, first, postbox)
    with room.app.app_context():
        assert invariants.broken() == []
    assert "Xin chờ một chút" in told_by(proxy)


def told_by(proxy: Proxy) -> str:
    """Read what people see while no server is there at all."""
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(proxy.url, timeout=20)  # noqa: S310 - our own proxy
    assert refusal.value.code == 502
    return refusal.value.read().decode()
