"""Line ends."""

from hypothesis import example, given
from hypothesis import strategies as st

from contest.certificates.balance import balance, cut, fill

widths = st.lists(st.floats(1, 40), min_size=1, max_size=12)


def longest(pieces, counts, gap):
    return max(sum(line) + gap * (len(line) - 1) for line in cut(pieces, counts))


def breaks(count):
    """All ways to cut so many pieces into lines."""
    for ends in range(2 ** (count - 1)):
        lines, run = [], 1
        for bit in range(count - 1):
            if ends >> bit & 1:
                lines.append(run)
                run = 1
            else:
                run += 1
        yield [*lines, run]


def test_lines_are_filled_from_the_first_piece_on():
    assert fill([4, 4, 4, 4, 4], 1, 10) == [2, 2, 1]


def test_balanced_lines_leave_no_piece_alone():
    assert balance([4, 4, 4, 4], 1, 15) == [2, 2]


def test_a_piece_wider_than_the_measure_stands_alone():
    assert balance([3, 20, 3], 1, 10) == [1, 1, 1]


@given(widths, st.floats(40, 120))
@example([1.0, 1.0, 34.0, 2.1, 1.0, 36.0, 39.60423447017858], 40.0)
def test_no_break_has_fewer_lines_and_none_with_as_many_is_more_even(pieces, measure):
    gap = 2.0
    counts = balance(pieces, gap, measure)
    fitting = [lines for lines in breaks(len(pieces)) if longest(pieces, lines, gap) <= measure + 1e-6]
    fewest = min(map(len, fitting))

    assert len(counts) == fewest
    best = min(longest(pieces, lines, gap) for lines in fitting if len(lines) == fewest)
    assert longest(pieces, counts, gap) <= best + 1e-6


@given(widths, st.floats(40, 120))
def test_every_piece_stays_in_its_order(pieces, measure):
    assert [piece for line in cut(pieces, balance(pieces, 2.0, measure)) for piece in line] == pieces
