"""The disk of the machine, for which nothing that runs inside a test waits: no power is cut there.

The proofs cut it under a server of their own, which waits for every commit as it does for its users.
"""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import event

from contest.database import db

NO_WAITING = "PRAGMA synchronous=OFF"


def spare(app: Flask) -> None:
    """Let the commits of an application not wait for the disk."""

    def connected(connection: Any, record: Any) -> None:
        connection.execute(NO_WAITING)

    with app.app_context():
        event.listen(db.engine, "connect", connected)
        db.engine.dispose()
