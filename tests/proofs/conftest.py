"""What proofs stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import engines
from tests.server import Server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A system that is not started yet, on an empty instance folder."""
    system = Server(tmp_path / "instance")
    yield system
    system.stop()


@pytest.fixture
def durable(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The setting of a database in which a commit waits for the disk, as it does for users: for ends of any kind."""
    if engines.chosen().name == "sqlite":  # whose server waits anyway
        yield {}
        return
    from tests.engines.postgresql import Postgresql

    own = Postgresql(durable=True)
    yield {"CONTEST_DATABASE_URL": own.address(tmp_path / "instance")}
    own.stop()
