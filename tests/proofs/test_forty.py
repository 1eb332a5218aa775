"""Forty jurors mark at once, as the page and as a device send: what each was told is exactly what is there."""

from __future__ import annotations

import time

import pytest

from tests.jury import open_jury_room
from tests.makers.accounts import PASSWORD
from tests.proofs.comparing import check_nothing_is_lost_or_doubled
from tests.proofs.jurors import JurorAtWork
from tests.server import Server

JURORS, WORKS = 40, 3
PATIENCE = 120  # seconds within which all have signed in and saved something


@pytest.fixture
def seconds(request: pytest.FixtureRequest) -> int:
    """How long they work: five seconds, or a minute with ``--long``."""
    return 60 if request.config.getoption("--long") else 5


def test_forty_jurors_at_once_lose_nothing_and_double_nothing(server: Server, seconds: int) -> None:
    room = open_jury_room(server, jurors=JURORS, works=WORKS)
    server.start()
    jurors = [
        JurorAtWork(server.port, room.slug, email, PASSWORD, work, room.maxima, repeats=True)
        for email, work in room.work.items()
    ]
    for juror in jurors:
        juror.start()
    end = time.monotonic() + PATIENCE
    while not all(juror.drafts for juror in jurors) and time.monotonic() < end:
        time.sleep(0.1)
    time.sleep(seconds)
    for juror in jurors:
        juror.finish()
    for juror in jurors:
        juror.join()
    server.stop()

    assert all(juror.sheets for juror in jurors)
    check_nothing_is_lost_or_doubled(jurors, room)
    drafts, sheets = (
        sum(len(log) for log in logs) for logs in zip(*((j.drafts, j.sheets) for j in jurors), strict=True)
    )
    print(f"{JURORS} jurors, {seconds} s: {drafts} drafts and {sheets} sheets confirmed, all there once")
