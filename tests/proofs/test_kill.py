"""Power cuts while jurors and authors work: what was confirmed is there, nothing is half done, and the server is back.

The server runs under the supervisor of docs/deployment.md, by the scripts that stand there.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import pytest

from contest import audit
from contest.operations import invariants
from tests import engines
from tests.jury import DURING_THE_ROUND, Room, open_jury_room
from tests.makers.accounts import PASSWORD
from tests.postbox import Postbox
from tests.proofs.authors import AuthorAtWork, open_receipt
from tests.proofs.clients import ClientAtWork
from tests.proofs.comparing import (
    check_letters_have_come,
    check_nothing_is_lost_or_doubled,
    check_sheets_are_there,
    check_works_are_as_sent,
    check_works_are_there,
)
from tests.proofs.jurors import JurorAtWork
from tests.supervised import SupervisedServer

JURORS, WORKS, AUTHORS = 5, 3, 2
BETWEEN_KILLS = 1.2  # seconds of work at most, counted from when everybody has had something confirmed
PATIENCE = 90  # seconds for a return on a busy machine
BACK = 5.0  # seconds within which it must be back, where nothing else runs (``--long``)
ONE_ALONE = 2  # one of so many ends is that of one process, and not of all
THOROUGH = 20  # rounds after which everything is looked at, and not only what came since


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    """How often something is killed: twice, or two hundred times with ``--long``."""
    return 200 if request.config.getoption("--long") else 2


@pytest.fixture
def server(tmp_path: Path, postbox: Postbox, durable: dict[str, str]) -> Iterator[SupervisedServer]:
    """A system under its supervisor, not started yet."""
    system = SupervisedServer(tmp_path / "instance", smtp_url=postbox.url, settings=durable)
    yield system
    system.stop()


def test_a_killed_server_comes_back_with_everything_it_confirmed(
    server: SupervisedServer, postbox: Postbox, kills: int, record_property: pytest.RecordProperty
) -> None:
    """Ends at random moments, of all processes or of one, cost nothing that anybody was told. (G1)"""
    room = open_jury_room(server, jurors=JURORS, works=WORKS)
    place, works = open_receipt(room.app, authors=AUTHORS, now=DURING_THE_ROUND)
    server.start()
    jurors = [
        JurorAtWork(server.port, room.slug, email, PASSWORD, work, room.maxima) for email, work in room.work.items()
    ]
    authors = [AuthorAtWork(server.port, place, email, PASSWORD, work) for email, work in works.items()]
    random, returns, began = Random(kills), list[float](), time.monotonic()
    for person in (*jurors, *authors):
        person.start()
    let_all_begin([*jurors, *authors])
    for number in range(1, kills + 1):
        let_work([*jurors, *authors], random)
        if number % ONE_ALONE:
            server.kill()
            returns.append(server.wait_until_back(PATIENCE))
        else:
            server.kill_one(random)
            server.wait_until_back(PATIENCE)
        look(jurors, authors, room, thorough=number % THOROUGH == 0)
    let_work([*jurors, *authors], random)
    for person in (*jurors, *authors):
        person.finish()
    for person in (*jurors, *authors):
        person.join()
    seconds = time.monotonic() - began
    server.stop()

    name, often = engines.chosen().name, sorted(returns)[math.ceil(0.95 * len(returns)) - 1]
    print(f"\n{name}: {kills} ends in {seconds:.0f} s; {len(returns)} of all processes, after which it was back within")
    print(f"{often:.1f} s 19 times of 20, and within {max(returns):.1f} s always; {told(jurors, authors)}")
    record_property("longest_return", max(returns))
    assert all(person.interruptions for person in (*jurors, *authors))
    check_nothing_is_lost_or_doubled(jurors, room)
    check_works_are_as_sent(authors, room.app)
    check_letters_have_come(authors, room.app, server, postbox)
    with room.app.app_context():
        assert invariants.broken() == []
    if kills > 2:
        assert server.command("audit", "verify").returncode == 0
        assert max(returns) <= BACK, sorted(returns)[-5:]


def let_all_begin(people: Sequence[ClientAtWork]) -> None:
    """Wait until everybody has signed in and has had something confirmed."""
    while any(person.is_alive() and not person.confirmed for person in people):
        time.sleep(0.05)


def let_work(people: Sequence[ClientAtWork], random: Random) -> None:
    """Wait until everybody has had something confirmed since now, then some random while."""
    before = {person: person.confirmed for person in people}
    while any(person.is_alive() and person.confirmed == before[person] for person in people):
        time.sleep(0.01)
    time.sleep(random.uniform(0, BETWEEN_KILLS))


def look(jurors: Sequence[JurorAtWork], authors: Sequence[AuthorAtWork], room: Room, *, thorough: bool) -> None:
    """Compare what was confirmed until now with the rows, while everybody goes on."""
    assert [person.problem for person in (*jurors, *authors) if person.problem] == []
    sheets = [sheet for juror in jurors for sheet in list(juror.sheets)]
    texts = {author.work: list(author.sent.texts) for author in authors}
    begun = [number for author in authors for number in list(author.sent.begun)]
    with room.app.app_context():
        check_sheets_are_there(sheets)
        check_works_are_there(texts, begun)
        if thorough:
            assert audit.verify(room.contest_id) is None
            assert invariants.broken() == []


def told(jurors: Sequence[JurorAtWork], authors: Sequence[AuthorAtWork]) -> str:
    """Count what was confirmed."""
    counts = {
        "drafts": sum(len(juror.drafts) for juror in jurors),
        "sheets": sum(len(juror.sheets) for juror in jurors),
        "works sent": sum(len(author.sent.texts) for author in authors),
        "works begun": sum(len(author.sent.begun) for author in authors),
        "asked again": sum(person.interruptions for person in (*jurors, *authors)),
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items())
