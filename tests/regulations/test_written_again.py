"""What is read and written again is the same regulation."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from fractions import Fraction
from functools import partial
from pathlib import Path
from unicodedata import category, normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import contest.regulations.presets
from contest.regulations import document, presets, schema
from tests.regulations.writing import plain, toml

NAMES = sorted(path.stem for path in Path(contest.regulations.presets.__file__).parent.glob("*.toml"))
PRESET = document.read(presets.text("quang_ngai_2025"))
LINES = (
    st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)
    .filter(lambda line: any(not category(letter).startswith("M") for letter in line))  # a mark alone is refused
    .map(partial(normalize, "NFC"))
)
POINTS = st.decimals(0, 60, places=2)
SHARES = st.integers(1, 99).flatmap(lambda below: st.integers(1, below).map(lambda above: f"{above}/{below}"))


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_is_the_same_when_it_is_written_again(name):
    regulation = schema.parse(presets.text(name))

    again = schema.parse(toml(plain(regulation)))

    assert again == regulation
    assert toml(plain(again)) == toml(plain(regulation))


@pytest.mark.parametrize("name", NAMES)
def test_the_values_of_a_preset_are_the_same_when_they_are_written_again(name):
    values = document.read(presets.text(name))

    assert document.read(toml(values)) == values


@st.composite
def documents(draw: st.DrawFn) -> dict:
    """Documents that check, changed in many places at once."""
    values = deepcopy(PRESET)
    values["name"], values["contact"] = draw(LINES), draw(LINES)
    values["display_decimals"] = draw(st.integers(0, 4))
    values["limits"]["window_share"] = draw(SHARES)
    values["limits"]["works_per_author"] = draw(st.integers(1, 10_000))
    later = timedelta(days=draw(st.integers(0, 300)))
    calendar = values["calendar"]
    calendar["decision_on"] += later
    calendar["ceremony_on"] += later
    values["genres"].append({"code": "them", "name": draw(LINES)})
    for tier, floor in zip(values["prizes"], sorted(draw(st.lists(POINTS, min_size=4, max_size=4)))[::-1], strict=True):
        tier["floor"] = floor
        tier["name"] = draw(LINES)
        tier["money"] = draw(st.sampled_from([{"in_kind": draw(LINES), "worth": 5}, 7_000_000, {"amount": 7_000_000}]))
    for rule in values["rounds"]:
        limit = draw(st.decimals("0.01", "99.99", places=2))
        rule["discrepancy"] = draw(st.sampled_from([limit, {"limit": limit, "consequence": "hold"}]))
        rule["panel_size"] = draw(st.integers(7, 50))
    criteria = values["rubrics"][0]["criteria"]
    weight = draw(st.integers(1, 7))
    for criterion in criteria:
        criterion.pop("guidance")
        criterion["maximum"] *= weight
        criterion["weight"] = str(Fraction(1, weight))
        criterion["comment_below"] = draw(st.decimals("0.01", "9.99", places=2))
    return values


@given(documents())
@settings(max_examples=60)
def test_any_regulation_is_the_same_when_it_is_written_again(values):
    regulation = schema.parse(toml(values))

    assert schema.parse(toml(plain(regulation))) == regulation
    assert document.read(toml(values)) == values
