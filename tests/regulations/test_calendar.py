"""What the calendar says of a moment."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.clock import ZONE
from contest.regulations import presets, schema
from contest.regulations.calendar import calendar_phase, milestones
from contest.regulations.shape import midnight

REGULATION = schema.parse(presets.text("quang_ngai_2025"))
MOMENTS = st.integers(0, 5 * 366 * 24 * 60).map(lambda minutes: midnight(date(2021, 1, 1)) + timedelta(minutes=minutes))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "phase"),
    [
        ("2021-03-24T08:00", "before"),
        ("2025-07-31T23:59:59", "before"),
        ("2025-08-01T00:00", "receiving"),
        ("2025-08-15T23:59:59", "receiving"),
        ("2025-08-16T00:00", "screening"),
        ("2025-08-20T23:59:59", "screening"),
        ("2025-08-21T00:00", "round:so_khao"),
        ("2025-09-05T16:59:59", "round:so_khao"),
        ("2025-09-05T17:00", "between"),
        ("2025-09-08T00:00", "round:chung_khao"),
        ("2025-09-19T12:00", "between"),
        ("2025-09-20T00:00", "posting"),
        ("2025-10-05T00:00", "between"),
        ("2025-10-06T09:00", "decision"),
        ("2025-10-15T09:00", "ceremony"),
        ("2025-10-16T00:00", "after"),
    ],
)
def test_a_moment_lies_in_the_phase_of_the_calendar(moment, phase):
    assert calendar_phase(REGULATION, at(moment)) == phase


def test_milestones_follow_each_other():
    listed = milestones(REGULATION)

    assert [milestone.code for milestone in listed] == [
        "launch",
        "receiving",
        "screening",
        "round:so_khao",
        "round:chung_khao",
        "posting",
        "decision",
        "ceremony",
    ]
    assert all(earlier.closes <= later.opens for earlier, later in pairwise(listed))


def test_a_round_has_the_name_the_regulation_gives_it():
    assert [milestone.name for milestone in milestones(REGULATION) if milestone.name] == ["Sơ khảo", "Chung khảo"]


@given(MOMENTS)
def test_at_most_one_milestone_is_going_on(now):
    going_on = [milestone.code for milestone in milestones(REGULATION) if milestone.state(now) == "now"]

    assert len(going_on) <= 1
    if going_on and going_on != ["launch"]:
        assert calendar_phase(REGULATION, now) == going_on[0]
