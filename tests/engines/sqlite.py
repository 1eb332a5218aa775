"""Rows in a file of the instance folder."""

from __future__ import annotations

import shutil
import sqlite3
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event

from contest.database import db

NO_WAITING = "PRAGMA synchronous=OFF"
LAST_FIRST = "PRAGMA reverse_unordered_selects=ON"
"""Rows for which no order is asked come the other way round: whatever rests on the usual one is found out."""


class Sqlite:
    """SQLite: nothing to start."""

    name = "sqlite"

    def address(self, folder: Path) -> str:
        """The file that an instance has by itself."""
        return ""

    def rows(self, app: Flask) -> SqliteRows:
        """The rows of an application whose tables are made."""
        return SqliteRows(app)

    def spare(self, app: Flask) -> None:
        """Let the commits of an application not wait for the disk.

        The proofs cut the power under a server of their own, which waits for every commit as it does for its users.
        """

        def connected(connection: Any, record: Any) -> None:
            connection.execute(NO_WAITING)
            connection.execute(LAST_FIRST)

        with app.app_context():
            event.listen(db.engine, "connect", connected)
            db.engine.dispose()

    def stop(self) -> None:
        """Nothing was started."""


class SqliteRows:
    """The file of one application, and copies of it beside."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.file = Path(app.instance_path) / "contest.sqlite"

    @cached_property
    def _observer(self) -> sqlite3.Connection:
        return sqlite3.connect(self.file)

    def _copy(self, name: str) -> Path:
        return self.file.with_name(f"{name}.sqlite")

    def _let_go(self) -> None:
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    def keep(self, copy: str) -> None:
        """Remember the rows as they are now, under a name."""
        self._let_go()
        with sqlite3.connect(self.file) as rows:
            rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        rows.close()
        shutil.copy(self.file, self._copy(copy))

    def put_back(self, copy: str) -> None:
        """Make the rows what they were, in place, so that open connections see them."""
        kept = sqlite3.connect(self._copy(copy))
        rows = sqlite3.connect(self.file, timeout=10)
        rows.execute(NO_WAITING)
        kept.backup(rows)
        kept.close()
        rows.close()

    def begin_with(self, copy: str) -> None:
        """Make the rows what they were, with no connection open any more."""
        self._let_go()
        for leftover in self.file.parent.glob(f"{self.file.name}*"):
            leftover.unlink()
        shutil.copy(self._copy(copy), self.file)

    def changed(self) -> int:
        """Give a number that is another one as soon as anybody has committed a change."""
        number: int = self._observer.execute("PRAGMA data_version").fetchone()[0]
        return number

    def content(self) -> dict[str, str]:
        """Give the content of every table, as a hash."""
        return {
            name: sha256(repr(self._observer.execute(f'SELECT * FROM "{name}"').fetchall()).encode()).hexdigest()  # noqa: S608 - names of our own tables
            for name in sorted(db.metadata.tables)
        }
