from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from contest.home.situation import Phase, Progress, Remaining, remaining, situation_of, steps


@dataclass(frozen=True)
class Opening:
    opens: datetime
    closes: datetime
    code: str = ""
    name: str = ""


def on(day: int) -> datetime:
    return datetime(2025, 8, day, tzinfo=UTC)


RECEIPT = Opening(on(1), on(10))
FIRST = Opening(on(15), on(20), "so_khao", "Sơ khảo")
FINAL = Opening(on(22), on(25), "chung_khao", "Chung khảo")


@pytest.mark.parametrize(
    ("moment", "phase"),
    [
        (on(1) - timedelta(microseconds=1), Phase.BEFORE),
        (on(1), Phase.RECEIVING),
        (on(10) - timedelta(microseconds=1), Phase.RECEIVING),
        (on(10), Phase.SCREENING),
        (on(15), Phase.ROUND),
        (on(20), Phase.BETWEEN),
        (on(22), Phase.ROUND),
        (on(25), Phase.CONCLUDING),
    ],
)
def test_while_a_contest_runs_the_calendar_says_where_it_stands(moment, phase):
    assert situation_of("running", RECEIPT, [FIRST, FINAL], moment).phase == phase


@pytest.mark.parametrize(
    ("stage", "phase"),
    [
        ("setup", Phase.PREPARING),
        ("proposed", Phase.CONCLUDING),
        ("posted", Phase.POSTED),
        ("decided", Phase.DECIDED),
        ("prepared", Phase.DECIDED),
        ("published", Phase.PUBLISHED),
    ],
)
def test_an_act_of_people_outweighs_the_calendar(stage, phase):
    assert situation_of(stage, RECEIPT, [FIRST, FINAL], on(5)).phase == phase


def test_between_two_rounds_the_next_one_is_named_with_its_opening():
    situation = situation_of("running", RECEIPT, [FIRST, FINAL], on(21))

    assert (situation.round, situation.until) == (FINAL, FINAL.opens)


def test_a_countdown_is_in_days_hours_and_minutes_and_ends_at_nothing():
    now = on(1)

    assert remaining(now + timedelta(days=4, hours=13, minutes=35, seconds=59), now) == Remaining(4, 13, 35)
    assert remaining(now - timedelta(days=1), now) == Remaining(0, 0, 0)


def test_a_headline_names_days_and_on_the_last_day_hours():
    assert Remaining(4, 13, 35).largest == (4, "day")
    assert Remaining(0, 13, 35).largest == (13, "hour")
    assert Remaining(0, 0, 35).largest == (35, "minute")


DATED = [
    (key, "", date(2025, 8, day), date(2025, 8, day))
    for key, day in [("launch", 1), ("receiving", 2), ("screening", 3), ("round:so_khao", 4), ("round:chung_khao", 5)]
] + [("posting", "", date(2025, 9, 1), date(2025, 9, 15)), ("ceremony", "", date(2025, 10, 15), date(2025, 10, 15))]


def shown(stage: str, moment: datetime) -> str:
    situation = situation_of(stage, RECEIPT, [FIRST, FINAL], moment)
    return " ".join(step.progress for step in steps(situation, DATED))


def test_the_calendar_marks_one_step_as_going_on():
    assert shown("running", on(5)) == "done now next next next next next"
    assert shown("running", on(23)) == "done done done done now next next"
    assert shown("posted", on(26)) == "done done done done done now next"


def test_between_two_steps_none_is_going_on():
    assert shown("running", on(21)) == "done done done done next next next"
    assert shown("running", on(26)) == "done done done done done next next"
    assert shown("setup", on(5)) == "next next next next next next next"


def test_after_publication_every_step_is_done():
    situation = situation_of("published", RECEIPT, [FIRST, FINAL], on(26))

    assert {step.progress for step in steps(situation, DATED)} == {Progress.DONE}
