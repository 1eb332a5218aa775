"""Power cuts while sixteen jurors save and send: nothing that was confirmed is lost, and nothing is there twice."""

from __future__ import annotations

import time

import pytest

from tests.jury import open_jury_room
from tests.makers.accounts import PASSWORD
from tests.proofs.comparing import check_nothing_is_lost_or_doubled
from tests.proofs.jurors import JurorAtWork
from tests.server import Server

JURORS, WORKS = 16, 3
BETWEEN_KILLS = 1.5  # seconds of work, counted from the moment at which all are at work again


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    """How often the power is cut: twice, or twenty times with ``--long``."""
    return 20 if request.config.getoption("--long") else 2


def test_a_killed_server_keeps_every_draft_and_sheet_it_confirmed(server: Server, kills: int) -> None:
    room = open_jury_room(server, jurors=JURORS, works=WORKS)
    server.start()
    jurors = [
        JurorAtWork(server.port, room.slug, email, PASSWORD, work, room.maxima) for email, work in room.work.items()
    ]
    for juror in jurors:
        juror.start()
    for _kill in range(kills):
        let_work(jurors)
        server.kill()
        server.start()
    let_work(jurors)
    for juror in jurors:
        juror.finish()
    for juror in jurors:
        juror.join()
    server.stop()

    assert all(juror.interruptions for juror in jurors)
    check_nothing_is_lost_or_doubled(jurors, room)


def let_work(jurors: list[JurorAtWork]) -> None:
    """Wait until every juror has had something confirmed since now, then a little longer."""
    before = {juror: len(juror.drafts) for juror in jurors}
    while any(juror.is_alive() and len(juror.drafts) == before[juror] for juror in jurors):
        time.sleep(0.02)
    time.sleep(BETWEEN_KILLS)
