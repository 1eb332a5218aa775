"""How far a round has come."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contest.judging.progress import Line, Pace, Tally, board, elapsed_permille

OPENS = datetime(2025, 8, 21, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=10)
HALF = OPENS + timedelta(days=5)


def test_a_board_adds_up_by_panel_and_by_juror():
    shown = board(
        [
            Line(1, "BAO_IN", Tally(assigned=10, done=4, begun=1)),
            Line(1, "PHAT_THANH", Tally(assigned=2, done=2)),
            Line(2, "BAO_IN", Tally(assigned=10)),
        ],
        opens=OPENS,
        closes=CLOSES,
        now=HALF,
    )

    assert shown.total == Tally(assigned=22, done=6, begun=1)
    assert shown.by_panel == {
        "BAO_IN": Tally(assigned=20, done=4, begun=1),
        "PHAT_THANH": Tally(assigned=2, done=2),
    }
    assert [(juror.juror_id, juror.tally.done, juror.due) for juror in shown.by_juror] == [(2, 0, 5), (1, 6, 6)]


def paces(*tallies):
    lines = [Line(number, "BAO_IN", tally) for number, tally in enumerate(tallies)]
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
        [Line(1, "BAO_IN", Tally(2, 2)), Line(2, "BAO_IN", Tally(2, 1)), Line(3, "BAO_IN", Tally())],
        opens=OPENS,
        closes=CLOSES,
        now=HALF,
    )

    assert [line.juror_id for line in shown.unfinished] == [2]


@given(st.datetimes(datetime(2025, 8, 1), datetime(2025, 9, 30)))  # noqa: DTZ001 - hypothesis adds the zone below
def test_time_passed_lies_between_none_and_all(moment):
    assert 0 <= elapsed_permille(OPENS, CLOSES, moment.replace(tzinfo=UTC)) <= 1000
