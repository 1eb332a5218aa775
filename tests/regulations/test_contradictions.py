"""Every contradiction of the wider language is found at its place, and nothing else is said."""

from __future__ import annotations

import pytest

from contest.regulations.problems import WHOLE
from tests.regulations.changing import changed
from tests.regulations.contradictions import CONTRADICTIONS, SOUND
from tests.regulations.telling import places
from tests.regulations.writing import toml


@pytest.mark.parametrize("what", SOUND)
def test_what_the_contradictions_are_made_of_is_sound(what):
    assert places(toml(SOUND[what])) == []


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_a_contradiction_is_told_at_its_places_and_nowhere_else(what):
    sound, changes, expected = CONTRADICTIONS[what]

    told = places(toml(changed(sound, changes)))

    assert sorted(set(told)) == sorted({expected} if isinstance(expected, str) else expected)
    assert WHOLE not in told
