"""Every ready regulation can be played from the first work to the wall, and anybody can compute it again."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from contest import audit
from contest.demo.commands import load
from contest.demo.timetable import Phase
from contest.operations import invariants
from contest.regulations import presets
from contest.regulations.models import Stage
from contest.regulations.queries import current_contest
from contest.results import queries
from contest.results.commands import bundle, recount
from tests.columns import long

SHORT = ("quang_ngai_2025", "bo_phieu", "toa_soan", "luong_co_so")
"""What is played in every check: scored by rounds, voted, sent by newsrooms, paid by the base salary."""


@pytest.fixture
def works(request: pytest.FixtureRequest) -> int:
    """How many works are entered: twelve, or twice as many with ``--long``."""
    return 24 if request.config.getoption("--long") else 12


@pytest.mark.parametrize("preset", [name if name in SHORT else long(name) for name in presets.NAMES])
def test_a_contest_of_every_preset_reaches_the_wall_and_recounts(app, preset, works, tmp_path):
    load(Phase.PUBLISHED, works, 11, preset)

    contest = current_contest()
    assert contest.stage == Stage.PUBLISHED
    assert queries.awards_of(contest)
    assert audit.verify(contest.id) is None
    assert invariants.broken() == []

    path = tmp_path / "bundle.zip"
    written = app.test_cli_runner().invoke(bundle, [str(path)])
    assert written.exit_code == 0, written.output
    counted = CliRunner().invoke(recount, [str(path)])
    assert counted.exit_code == 0, counted.output
