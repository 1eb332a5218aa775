"""What each of the two columns of a check runs: rows in a file, and rows in a PostgreSQL.

What asks no rows is run once. What stands nearest to the engine is run on both; of all else that asks rows each column
gets every second file, because the tests of one share what is built for them. ``make prove`` runs everything on both.
"""

from __future__ import annotations

import pytest

from tests import engines

WITH_ROWS = frozenset({"_application", "world", "built", "server", "empty", "final", "published", "voted", "engine"})
"""Fixtures under which there are rows; whoever makes an instance in another way asks for ``engine``."""
ON_BOTH = tuple(
    f"tests/{room}/" for room in ("audit", "database", "engines", "jobs", "mail", "migrations", "privacy", "proof")
)
"""Rooms that are run whole on both engines: turns, chains, locks, triggers, and what an erasure leaves."""
LONG = (
    *("tests/journeys/", "tests/proofs/", "tests/leaks/"),
    *("tests/test_hostile_input.py", "tests/test_routes.py", "tests/test_saved_tables.py"),
)
"""Families that take longest: they begin first, and each column gets every second of them."""


Parted = tuple[list[pytest.Item], list[pytest.Item]]


def parted(items: list[pytest.Item], engine: str, *, share: bool) -> Parted:
    """Part the tests into those that are run on an engine and those that are not.

    :param share: whether the other engine is asked as well, so that each takes its part
    """
    taken, left = _shared(items, engine) if share else (list(items), [])
    other = [item for item in taken if any(engine not in mark.args for mark in item.iter_markers("only_on"))]
    return [item for item in taken if item not in other], left + other


def _shared(items: list[pytest.Item], engine: str) -> Parted:
    own = engines.NAMES.index(engine)
    files = sorted({_file(item) for item in items if has_rows(item)})
    turns = {file: turn % 2 for family in (True, False) for turn, file in enumerate(_of(files, long=family))}
    taken: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        everywhere = item.nodeid.startswith(ON_BOTH) and has_rows(item)
        (taken if everywhere or turns.get(_file(item), 0) == own else left).append(item)
    return taken, left


def _of(files: list[str], *, long: bool) -> list[str]:
    return [file for file in files if file.startswith(LONG) == long]


def has_rows(item: pytest.Item) -> bool:
    """Whether a test has rows under it."""
    return not WITH_ROWS.isdisjoint(getattr(item, "fixturenames", ()))


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]
