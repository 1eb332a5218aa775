"""When complaints are taken in, how they are numbered and named, and when they are late."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.clock import ZONE
from contest.complaints import rules
from contest.complaints.rules import State

OPENED = datetime(2025, 9, 16, 10, tzinfo=ZONE)
CODES = st.text(rules.ALPHABET, min_size=rules.CODE_LENGTH, max_size=rules.CODE_LENGTH)


@given(st.integers(1, 20), st.integers(0, 30), st.integers(-40, 90 * 24))
def test_complaints_are_taken_in_from_the_posting_to_the_end_of_the_last_day(days, after, hours):
    window = rules.Window(OPENED, OPENED.date() + timedelta(days=days), after)
    moment = OPENED + timedelta(hours=hours)

    assert window.takes(moment) == (hours >= 0 and moment.date() <= OPENED.date() + timedelta(days=days + after))


@given(st.integers(1, 9_999_999))
def test_a_number_is_read_as_it_is_shown_and_as_people_write_it(number):
    shown = rules.shown(number)

    assert rules.number_in(shown) == rules.number_in(f" kn {number} ") == rules.number_in(str(number)) == number


@pytest.mark.parametrize("text", ["", "KN-", "KN-0", "0", "KN-12a", "١٢", "KN-123456789", "BI-0001"])
def test_what_is_no_number_of_a_complaint_is_none(text):
    assert rules.number_in(text) is None


@given(CODES)
def test_a_code_is_the_same_in_any_case_with_any_gaps_and_with_letters_like_digits(code):
    written = rules.written_code(code).lower().replace("0", "o").replace("1", "l")

    assert rules.read_code(written) == code
    assert rules.digest("dan-van-kheo", written) == rules.digest("dan-van-kheo", code)


@given(CODES)
def test_the_same_code_is_another_one_in_another_contest(code):
    assert rules.digest("dan-van-kheo", code) != rules.digest("bua-liem-vang", code)


def test_the_day_of_the_receipt_is_that_of_vietnam_and_is_not_counted():
    at_night = datetime(2025, 9, 16, 18, tzinfo=UTC)  # already the 17th in Vietnam

    assert rules.due_on(at_night, 10) == date(2025, 9, 27)


def test_an_answer_on_the_last_day_is_in_time():
    due = date(2025, 9, 27)

    assert not rules.is_late(due, datetime(2025, 9, 27, 23, 59, tzinfo=ZONE), datetime(2026, 1, 1, tzinfo=ZONE))
    assert rules.is_late(due, None, datetime(2025, 9, 28, tzinfo=ZONE))


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, State.RECEIVED),
        ({"assigned"}, State.ASSIGNED),
        ({"assigned", "remarking"}, State.REMARKING),
        ({"assigned", "remarking", "merged"}, State.MERGED),
        ({"assigned", "merged", "answered"}, State.ANSWERED),
    ],
)
def test_the_state_is_the_furthest_that_a_complaint_has_come(facts, state):
    known = ("answered", "merged", "remarking", "assigned")

    assert rules.state_of(**{name: name in facts for name in known}) is state
