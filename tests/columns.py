"""What each of the two columns of a check runs: rows in a file, and rows in a PostgreSQL.

What asks no rows is run once. What stands nearest to the engine is run on both; of all else that asks rows each column
gets every second file, because the tests of one share what is built for them. ``make prove`` runs everything on both.
"""

from __future__ import annotations

from typing import Any

import pytest
from _pytest.mark import ParameterSet
from xdist.scheduler import LoadFileScheduling

from tests import engines

WITH_ROWS = frozenset({"_application", "world", "built", "server", "empty", "final", "published", "voted", "engine"})
"""Fixtures under which there are rows; whoever makes an instance in another way asks for ``engine``."""
ON_BOTH = (
    *(f"tests/{room}/" for room in ("audit", "database", "engines", "jobs", "mail", "migrations", "privacy", "proof")),
    "tests/proofs/test_tampering.py",
)
"""What is run whole on both engines: turns, chains, locks, triggers, and what an erasure leaves."""
IN_THE_WORLD = (
    ("tests/test_routes.py", "tests/upkeep/test_backup.py"),
    ("tests/test_hostile_input.py", "tests/test_saved_tables.py", "tests/test_words.py"),
)
"""Files about the world: in each column one worker runs all of its own, so that it is built and walked there once."""
EVERY_COLUMN_IN_THE_WORLD = ("tests/engines/", "tests/proof/", "tests/proofs/test_tampering.py")
"""The same, for what both columns run of it."""
ALL_IN_THE_WORLD = (*IN_THE_WORLD[0], *IN_THE_WORLD[1], *EVERY_COLUMN_IN_THE_WORLD)
LONG = ("tests/journeys/", "tests/proofs/", "tests/leaks/")
"""Families that take longest: they begin first, and each column gets every second of them."""


Parted = tuple[list[pytest.Item], list[pytest.Item]]


def shortened(items: list[pytest.Item]) -> Parted:
    """Part the tests into those of every check and those of the long form alone.

    Of tests that ask every address the same, with the mark ``one_of_each_room``, a check takes the first of each room.
    """
    taken: list[pytest.Item] = []
    left: list[pytest.Item] = []
    asked: set[tuple[str, str]] = set()
    for item in items:
        is_long = item.get_closest_marker("long") is not None
        if not is_long and item.get_closest_marker("one_of_each_room"):
            asks = item.nodeid.partition("[")[0], item.callspec.params["endpoint"].partition(".")[0]  # type: ignore[attr-defined]
            is_long = asks in asked
            asked.add(asks)
        (left if is_long else taken).append(item)
    return taken, left


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
    turns |= {file: turn for turn, of_column in enumerate(IN_THE_WORLD) for file in of_column}
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


def long(*values: Any) -> ParameterSet:
    """Give a test values of the long form alone."""
    return pytest.param(*values, marks=pytest.mark.long)


class Scheduling(LoadFileScheduling):
    """Gives whole files to a worker, and to one of them all files about the world."""

    def _split_scope(self, nodeid: str) -> str:
        return "the world" if nodeid.startswith(ALL_IN_THE_WORLD) else super()._split_scope(nodeid)
