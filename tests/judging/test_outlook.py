"""When the sheets will be in."""

from datetime import UTC, datetime, timedelta
from random import Random

from contest.judging.outlook import Outlook, View, looked_back_to, of_round, outlook

NOW = datetime(2025, 8, 25, 9, tzinfo=UTC)
WEEK = NOW - timedelta(days=7)


def test_the_pace_is_that_of_the_last_seven_days_or_since_the_opening():
    assert looked_back_to(NOW - timedelta(days=30), NOW) == WEEK
    assert looked_back_to(NOW - timedelta(days=2), NOW) == NOW - timedelta(days=2)


def test_sheets_are_foretold_at_the_pace_of_the_last_days():
    seen = outlook(8, 16, since=WEEK, now=NOW)

    assert seen.at == NOW + timedelta(days=3.5)
    assert seen.earliest == NOW + timedelta(days=7 * 8 / 25)
    assert abs(seen.latest - (NOW + timedelta(days=7 * 8 / 9))) < timedelta(milliseconds=1)


def test_too_little_to_go_by_is_said_and_not_computed():
    assert outlook(8, 2, since=WEEK, now=NOW) == Outlook(View.too_early)
    assert outlook(8, 5, since=NOW - timedelta(hours=5), now=NOW) == Outlook(View.too_early)
    assert outlook(8, 0, since=WEEK, now=NOW) == Outlook(View.resting)
    assert outlook(8, 0, since=NOW - timedelta(days=3), now=NOW) == Outlook(View.too_early)
    assert outlook(0, 0, since=WEEK, now=NOW) == Outlook(View.done)


def test_a_forecast_years_ahead_is_none():
    assert outlook(10_000, 3, since=WEEK, now=NOW).at is None


def test_a_round_is_done_with_its_slowest_juror():
    closes = NOW + timedelta(days=4)
    quick, slow = outlook(2, 7, since=WEEK, now=NOW), outlook(9, 7, since=WEEK, now=NOW)

    seen = of_round([quick, slow, Outlook(View.done), Outlook(View.resting), Outlook(View.too_early)], closes)

    assert (seen.last, seen.late, seen.unknown) == (slow, 1, 2)


def test_the_days_between_hold_the_true_pace_in_about_nineteen_of_twenty_cases():
    random, held, tries = Random(7), 0, 2000
    for _ in range(tries):
        moment, came = 0.0, 0
        while (moment := moment + random.expovariate(2)) < 7:
            came += 1
        seen = outlook(20, came, since=WEEK, now=NOW)
        true = NOW + timedelta(days=10)
        held += seen.earliest <= true and (seen.latest is None or true <= seen.latest)

    assert 0.93 <= held / tries <= 0.97
