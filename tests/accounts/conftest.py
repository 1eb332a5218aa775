"""What the tests of this room share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import event

from contest.database import db
from tests import engines


@dataclass
class Counted:
    """How many statements reached the database."""

    total: int = 0


@pytest.fixture
def fifteen_minutes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a proof be fresh as long as it is in production."""
    settings = app.config["SETTINGS"]
    monkeypatch.setitem(app.config, "SETTINGS", settings.model_copy(update={"proof_minutes": 15}))


@pytest.fixture
def query_count(app: Flask) -> Callable[[], AbstractContextManager[Counted]]:
    """Count the statements of a block."""

    @contextmanager
    def counting() -> Iterator[Counted]:
        counted = Counted()

        def add(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            counted.total += not statement.startswith(engines.NO_QUESTION)

        engine = db.engine
        event.listen(engine, "before_cursor_execute", add)
        try:
            yield counted
        finally:
            event.remove(engine, "before_cursor_execute", add)

    return counting
