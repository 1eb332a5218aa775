"""The engine that keeps the rows of a run: SQLite, or a PostgreSQL of its own that ends with it.

``pytest --engine=postgresql`` runs the same tests on the other one. An instance folder has its own database on both.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from flask import Flask

from contest.config import Settings
from tests import stores
from tests.engines.sqlite import Sqlite

NAMES = ("sqlite", "postgresql")
NO_QUESTION = ("BEGIN", "PRAGMA", "SET TRANSACTION")
"""How statements begin that ask no row, for those who count."""


class Rows(Protocol):
    """The rows of one application, of which copies are kept."""

    def keep(self, copy: str) -> None:
        """Remember the rows as they are now, under a name."""

    def put_back(self, copy: str) -> None:
        """Make the rows what they were, whoever has changed them, and whatever connections are open."""

    def begin_with(self, copy: str) -> None:
        """Make the rows what they were, with no connection open any more."""

    def changed(self) -> int:
        """Give a number that is another one as soon as anybody has committed a change."""

    def content(self) -> dict[str, str]:
        """Give the content of every table, as a hash."""


class Engine(Protocol):
    """What keeps rows."""

    name: str

    def address(self, folder: Path) -> str:
        """Give what ``CONTEST_DATABASE_URL`` is for an instance folder; its database is there."""

    def rows(self, app: Flask) -> Rows:
        """Give the rows of an application whose tables are made."""

    def spare(self, app: Flask) -> None:
        """Let the commits of an application not wait for the disk: no power is cut inside a test."""

    def stop(self) -> None:
        """End what was started."""


A_YEAR = 60 * 24 * 365
"""Minutes for which a proof is fresh: people of tests live through weeks, and are asked for it where that is tested."""

_chosen: Engine = Sqlite()


def choose(name: str, *, durable: bool = False) -> None:
    """Choose the engine of this run.

    :param durable: whether a commit waits for the disk, as it does for users
    """
    global _chosen
    if name == "postgresql":
        from tests.engines.postgresql import Postgresql

        _chosen = Postgresql(durable=durable)
    else:
        _chosen = Sqlite()


def chosen() -> Engine:
    """Give the engine of this run."""
    return _chosen


def settings(folder: Path, **values: Any) -> Settings:
    """Give the settings of an instance in a folder, its rows in the engine of this run."""
    given: dict[str, Any] = {
        "base_url": "http://localhost",
        "secret_key": "k" * 64,
        "database_url": _chosen.address(folder),
    }
    given |= {"storage_url": stores.address(), "second_factor": "off", "proof_minutes": A_YEAR}
    return Settings(instance=folder, **given | values)
