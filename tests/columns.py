"""What each of the two columns of a check runs: rows in a file, and rows in a PostgreSQL.

Each runs whatever asks rows; what asks none is run once. The long families are divided, a turn each; ``make prove``
runs them whole on both.
"""

from __future__ import annotations

import pytest

from tests import engines

WITH_ROWS = frozenset({"_application", "world", "built", "server", "empty", "final", "published", "voted", "engine"})
"""Fixtures under which there are rows; whoever makes an instance in another way asks for ``engine``."""
BY_FILE = ("tests/journeys/", "tests/proofs/")
"""Families of which a column gets every second file, because the tests of one share a server."""
BY_TEST = ("tests/test_hostile_input.py", "tests/test_routes.py", "tests/test_saved_tables.py", "tests/leaks/")
"""Families of which a column gets every second test: each has forms or addresses of its own."""
LONG = (*BY_FILE, *BY_TEST)


Parted = tuple[list[pytest.Item], list[pytest.Item]]


def parted(items: list[pytest.Item], engine: str, *, share: bool) -> Parted:
    """Part the tests into those that are run on an engine and those that are not.

    :param share: whether the other engine is asked as well, so that each takes its part
    """
    taken, left = _shared(items, engine) if share else (list(items), [])
    other = [item for item in taken if any(engine not in mark.args for mark in item.iter_markers("only_on"))]
    return [item for item in taken if item not in other], left + other


def _shared(items: list[pytest.Item], engine: str) -> Parted:
    files = sorted({_file(item) for item in items if item.nodeid.startswith(BY_FILE)})
    own, turn = engines.NAMES.index(engine), 0
    taken: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        if item.nodeid.startswith(BY_FILE):
            mine = files.index(_file(item)) % 2 == own
        elif item.nodeid.startswith(BY_TEST) and has_rows(item):
            mine, turn = turn % 2 == own, turn + 1
        else:
            mine = own == 0 or has_rows(item)
        (taken if mine else left).append(item)
    return taken, left


def has_rows(item: pytest.Item) -> bool:
    """Whether a test has rows under it."""
    return not WITH_ROWS.isdisjoint(getattr(item, "fixturenames", ()))


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]
