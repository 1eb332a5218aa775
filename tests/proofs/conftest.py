"""A jury room with many jurors, on the instance of a real server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from contest import create_app
from contest.accounts.roles import Role
from contest.clock import ZONE
from contest.config import load
from tests.makers.accounts import make_member, make_user
from tests.makers.entries import make_entry
from tests.makers.judging import make_assignment, make_panel, make_round
from tests.makers.regulations import make_contest
from tests.proofs.jurors import Criterion
from tests.server import Server

JURORS = 16
WORKS = 3
DURING_THE_ROUND = datetime(2025, 8, 28, 9, tzinfo=ZONE)


@dataclass(frozen=True)
class Room:
    """A round that is open, and who judges what in it."""

    app: Flask
    contest_id: int
    slug: str
    rubric: tuple[Criterion, ...]
    work: dict[str, tuple[int, ...]]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A system that is not started yet, on an empty instance folder."""
    system = Server(tmp_path / "instance")
    yield system
    system.stop()


@pytest.fixture
def room(server: Server) -> Room:
    """Every juror has every work to judge."""
    assert server.command("migrate").returncode == 0
    server.set_clock(DURING_THE_ROUND)
    app = create_app(load(instance=server.folder, base_url=server.url))
    with app.app_context():
        contest = make_contest()
        jurors = [make_member(contest, Role.JUROR) for _number in range(JURORS)]
        works = [make_entry(contest, make_user(), category="BAO_IN") for _number in range(WORKS)]
        round_ = make_round(contest, entries=works)
        make_panel(round_, jurors)
        work = {juror.email: tuple(make_assignment(round_, entry, juror).id for entry in works) for juror in jurors}
        rubric = tuple(Criterion(row.code, row.maximum // 100) for row in round_.rubric("BAO_IN"))
        return Room(app, contest.id, contest.slug, rubric, work)
