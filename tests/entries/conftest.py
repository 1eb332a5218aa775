from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import event

from contest.database import db
from tests import engines


@pytest.fixture
def statements(app: Flask) -> Iterator[Callable[[Callable[[], object]], int]]:
    """Count the statements that something sends to the database."""
    sent: list[str] = []

    def note(connection, cursor, statement, *rest) -> None:
        if not statement.startswith(engines.NO_QUESTION):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)

    def count(act: Callable[[], object]) -> int:
        sent.clear()
        act()
        return len(sent)

    yield count
    event.remove(db.engine, "before_cursor_execute", note)
