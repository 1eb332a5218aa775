"""Two programs that share no line come to the same results, contest after contest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.results.test_second_program import compared


@pytest.fixture
def contests(request: pytest.FixtureRequest) -> int:
    """How many contests are drawn: a hundred, or ten thousand with ``--long``."""
    return 10_000 if request.config.getoption("--long") else 100


def test_a_second_program_agrees_on_ten_thousand_random_contests(tmp_path: Path, contests: int) -> None:
    differ, about = compared(contests, 2025, tmp_path)

    assert differ == []
    assert about["settled"] > contests // 5
