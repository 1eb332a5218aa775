"""How far a round has come."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contest.judging.progress import Day, Line, Pace, Tally, board, by_day, elapsed_permille

OPENS = datetime(2025, 8, 21, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=10)
HALF = OPENS + timedelta(days=5)


def test_a_board_adds_up_and_puts_the_slowest_first():
    shown = board(
        [Line(1, Tally(assigned=12, done=6, begun=1)), Line(2, Tally(assigned=10))],
        opens=OPENS,
        closes=CLOSES,
        now=HALF,
    )

    assert shown.total == Tally(assigned=22, done=6, begun=1)
    assert [(juror.juror_id, juror.tally.done, juror.due) for juror in shown.by_juror] == [(2, 0, 5), (1, 6, 6)]


def paces(*tallies):
    lines = [Line(number, tally) for number, tally in enumerate(tallies)]
    by_juror = {one.juror_id: one for one in board(lines, opens=OPENS, closes=CLOSES, now=HALF).by_juror}
    return [by_juror[number].pace for number in range(len(tallies))]


def test_a_juror_is_done_steady_behind_untouched_or_idle():
    assert paces(
        Tally(assigned=10, done=10),
        Tally(assigned=10, done=3),
        Tally(assigned=10, done=2),
        Tally(assigned=10),
        Tally(),
    ) == [Pace.done, Pace.steady, Pace.behind, Pace.untouched, Pace.idle]


def test_a_reminder_is_for_those_who_have_work_left():
    shown = board(
        [Line(1, Tally(2, 2)), Line(2, Tally(2, 1)), Line(3, Tally())],
        opens=OPENS,
        closes=CLOSES,
        now=HALF,
    )

    assert [line.juror_id for line in shown.unfinished] == [2]


@given(st.datetimes(datetime(2025, 8, 1), datetime(2025, 9, 30)))  # noqa: DTZ001 - hypothesis adds the zone below
def test_time_passed_lies_between_none_and_all(moment):
    assert 0 <= elapsed_permille(OPENS, CLOSES, moment.replace(tzinfo=UTC)) <= 1000


def test_only_those_three_sheets_behind_an_even_pace_count_as_behind():
    shown = board(
        [Line(1, Tally(10)), Line(2, Tally(10, 2)), Line(3, Tally(10, 3)), Line(4, Tally(2))],
        opens=OPENS,
        closes=CLOSES,
        now=HALF,
    )

    assert {line.juror_id for line in shown.behind} == {1, 2}


def test_days_add_up_and_stand_beside_an_even_pace():
    sent = {date(2025, 8, 20): 1, date(2025, 8, 21): 3, date(2025, 8, 23): 2}

    shown = by_day(sent, 40, first=date(2025, 8, 21), last=date(2025, 8, 30), today=date(2025, 8, 23))

    assert shown == [
        Day(date(2025, 8, 21), 3, 4, 4),
        Day(date(2025, 8, 22), 0, 4, 8),
        Day(date(2025, 8, 23), 2, 6, 12),
    ]


def test_a_round_that_has_not_begun_has_no_days():
    assert by_day({}, 40, first=date(2025, 8, 21), last=date(2025, 8, 30), today=date(2025, 8, 20)) == []
