"""What proofs stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import Server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A system that is not started yet, on an empty instance folder."""
    system = Server(tmp_path / "instance")
    yield system
    system.stop()
