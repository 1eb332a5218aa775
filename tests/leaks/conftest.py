"""The world with its secret works, built once; whoever changes its rows puts them back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from contest import clock
from contest.upkeep import queries as upkeep
from contest.web.tables import offering
from tests.leaks.asking import Question, everything
from tests.leaks.secret import Place, make_secret


@pytest.fixture(autouse=True)
def moment(monkeypatch: pytest.MonkeyPatch, built: Place) -> None:
    """Let time stand, and the disk fill no more: what differs between two answers differs because of the works.

    Nor does asking itself leave a trace: whoever takes a table finds a line about that in the log.
    """
    with built.world.app.app_context():
        now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(upkeep, "free_room", lambda: 64 << 30)
    monkeypatch.setattr(offering, "_record", lambda *taken: None)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The world as it was built, for who only reads."""
    return make_secret(tmp_path_factory.mktemp("secret"))


@pytest.fixture(scope="session")
def askable(built: Place) -> list[Question]:
    """Every address that can be asked, found once: a property draws from the same ones each time."""
    return everything(built)


@pytest.fixture
def place(built: Place) -> Iterator[Place]:
    """The world, its rows put back afterwards."""
    yield built
    built.world.restore()
