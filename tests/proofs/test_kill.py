"""Power cuts while sixteen jurors save and send: nothing that was confirmed is lost, and nothing is there twice."""

from __future__ import annotations

import time
from collections.abc import Iterable

import pytest
from sqlalchemy import select, text

from contest import audit
from contest.database import db
from contest.judging.marks import written
from contest.judging.models import ScoreSheet, SheetDraft
from tests.jury import open_jury_room
from tests.makers.accounts import PASSWORD
from tests.proofs.jurors import JurorAtWork, Saving, newest_by_assignment
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

    assert [juror.problem for juror in jurors if juror.problem] == []
    assert all(juror.interruptions for juror in jurors)
    assert all(numbered_without_gap(savings) for juror in jurors for savings in (juror.drafts, juror.sheets))
    with room.app.app_context():
        assert kept_sheets() == sorted_savings(saving for juror in jurors for saving in juror.sheets)
        assert kept_drafts() == sorted_savings(
            saving for juror in jurors for saving in newest_by_assignment(juror.drafts)
        )
        assert db.session.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
        assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []
        assert audit.verify(room.contest_id) is None


def let_work(jurors: list[JurorAtWork]) -> None:
    """Wait until every juror has had something confirmed since now, then a little longer."""
    before = {juror: len(juror.drafts) for juror in jurors}
    while any(juror.is_alive() and len(juror.drafts) == before[juror] for juror in jurors):
        time.sleep(0.02)
    time.sleep(BETWEEN_KILLS)


def numbered_without_gap(savings: list[Saving]) -> bool:
    """Say whether the savings of every assignment count 1, 2, 3: none was done twice, none disappeared."""
    numbers: dict[int, list[int]] = {}
    for saving in savings:
        numbers.setdefault(saving.assignment, []).append(saving.number)
    return all(counted == list(range(1, len(counted) + 1)) for counted in numbers.values())


def sorted_savings(savings: Iterable[Saving]) -> list[Saving]:
    """Bring savings into one order."""
    return sorted(savings, key=lambda saving: (saving.assignment, saving.number))


def kept_sheets() -> list[Saving]:
    """Read every sheet of the database as a juror would have noted it."""
    return sorted_savings(
        Saving(
            sheet.assignment_id,
            sheet.revision,
            {code: written(mark) for code, mark in sheet.marks.items()},
            sheet.comment,
        )
        for sheet in db.session.scalars(select(ScoreSheet))
    )


def kept_drafts() -> list[Saving]:
    """Read every draft of the database as a juror would have noted it."""
    return sorted_savings(
        Saving(draft.assignment_id, draft.version, draft.marks, draft.comment)
        for draft in db.session.scalars(select(SheetDraft))
    )
