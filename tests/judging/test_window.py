"""When a round takes sheets in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.judging.refusals import RoundClosed, RoundNotBegun, RoundNotOpened, RoundSealed, WindowRefused
from contest.judging.window import Phase, Window

OPENS = datetime(2025, 8, 20, 17, tzinfo=UTC)
CLOSES = datetime(2025, 9, 5, 17, tzinfo=UTC)
TICK = timedelta(microseconds=1)
OPENED = Window("sơ khảo", OPENS, CLOSES, opened_at=OPENS - timedelta(days=1))


def test_a_round_takes_sheets_from_its_first_instant_to_just_before_its_last():
    assert [OPENED.takes_sheets(at) for at in (OPENS - TICK, OPENS, CLOSES - TICK, CLOSES)] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("window", "now", "refusal"),
    [
        (replace(OPENED, opened_at=None), OPENS, RoundNotOpened),
        (OPENED, OPENS - TICK, RoundNotBegun),
        (OPENED, CLOSES, RoundClosed),
        (replace(OPENED, sealed_at=CLOSES), CLOSES, RoundSealed),
        (replace(OPENED, sealed_at=CLOSES, reopened_until=CLOSES + TICK * 9), CLOSES, RoundSealed),
    ],
)
def test_a_round_says_why_it_takes_no_sheet(window, now, refusal):
    with pytest.raises(WindowRefused) as caught:
        window.check_takes_sheets(now)

    assert type(caught.value) is refusal


def test_extra_time_ends_at_its_own_instant():
    window = replace(OPENED, reopened_until=CLOSES + timedelta(hours=2))

    assert window.takes_sheets(CLOSES)
    assert window.takes_sheets(CLOSES + timedelta(hours=2) - TICK)
    assert not window.takes_sheets(CLOSES + timedelta(hours=2))


def test_extra_time_does_not_begin_a_round_early():
    assert not replace(OPENED, reopened_until=CLOSES).takes_sheets(OPENS - TICK)


@given(st.integers(-40, 40), st.integers(-40, 40))
def test_extra_time_never_shortens_a_round(hours, extra):
    now = CLOSES + timedelta(hours=hours)
    window = replace(OPENED, reopened_until=CLOSES + timedelta(hours=extra))

    assert window.takes_sheets(now) >= OPENED.takes_sheets(now)


def test_a_round_passes_through_its_phases_in_order():
    sealed = replace(OPENED, sealed_at=CLOSES + TICK)

    assert [
        replace(OPENED, opened_at=None).phase(OPENS),
        OPENED.phase(OPENS - TICK),
        OPENED.phase(OPENS),
        OPENED.phase(CLOSES),
        sealed.phase(CLOSES + TICK),
    ] == list(Phase)


def test_acts_are_refused_once_a_round_is_sealed():
    OPENED.check_not_sealed()

    with pytest.raises(RoundSealed):
        replace(OPENED, sealed_at=CLOSES).check_not_sealed()
