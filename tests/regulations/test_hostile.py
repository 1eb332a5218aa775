"""Documents made to hurt, and every value damaged: always a located Vietnamese sentence, never a traceback."""

from __future__ import annotations

import re
from itertools import islice

import pytest

from contest.regulations.problems import MOST
from tests.regulations import mutations
from tests.regulations.hostile import HOSTILE
from tests.regulations.telling import told

TOO_LARGE = "toàn văn bản"


def is_there(where, place):
    """Say whether a problem is told at a place or inside it; of what is too large, the table around it."""
    where, place = (re.sub(r"\[[^]]*\]", "[]", path) for path in (where, place))
    return where.startswith(place) or where in (TOO_LARGE, place.partition("[")[0])


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_document_gives_a_located_sentence(what):
    said = told(HOSTILE[what])

    assert 0 < len(said) <= MOST + 1
    assert all(len(place) < 400 and len(sentence) < 6000 for place, sentence in said)


def test_the_document_that_is_damaged_is_sound():
    assert told(mutations.toml(mutations.WIDE)) == []


EVERY = 3
"""Of so many places a check damages one in each way, and each way begins at another: all are damaged in some way."""


@pytest.fixture
def long(request):
    """Whether every place is damaged in every way."""
    return request.config.getoption("--long")


@pytest.mark.parametrize(("turn", "damage"), list(enumerate(mutations.DAMAGES)))
def test_a_damaged_value_is_told_where_it_is(turn, damage, long):
    fits, act = mutations.DAMAGES[damage]
    silent = []
    for way in islice(mutations.places(), 0 if long else turn % EVERY, None, 1 if long else EVERY):
        value = mutations.WIDE
        for step in way:
            value = value[step]
        if fits(value):
            place = mutations.written(way)
            said = told(mutations.damaged(way, act))
            if not any(is_there(where, place) for where, _ in said):
                silent.append((place, said))

    assert silent == []


def test_a_missing_value_is_told_or_is_not_needed():
    needed = []
    for way in mutations.places():
        place = mutations.written(way)
        if any(where == place for where, _ in told(mutations.without(way))):
            needed.append(place)

    assert {"name", "calendar.receipt.closes", "rounds[so_khao].panel_size", "prizes[A].money"} <= set(needed)
    assert "gates" not in needed
