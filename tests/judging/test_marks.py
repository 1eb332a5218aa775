"""Reading a mark as typed."""

from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.judging import refusals
from contest.judging.marks import parse_mark, read_sheet, rounded_total, total_of, written, written_weight


class Scale(NamedTuple):
    """A criterion as far as marks are concerned."""

    maximum: int
    step: int
    code: str = "noi_dung"
    weight: Fraction = Fraction(1)


TWENTY = Scale(maximum=2000, step=50)


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        ("17,5", 1750),
        ("17.5", 1750),
        ("17", 1700),
        ("017", 1700),
        (" 17,50 ", 1750),
        ("0", 0),
        ("20", 2000),
        ("20,000000", 2000),
        ("0,5", 50),
    ],
)
def test_comma_and_point_are_both_the_decimal_sign(typed, mark):
    assert parse_mark(typed, TWENTY) == mark


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", refusals.MarkMissing),
        ("   ", refusals.MarkMissing),
        ("NaN", refusals.MarkNotANumber),
        ("nan", refusals.MarkNotANumber),
        ("inf", refusals.MarkNotANumber),
        ("1e1", refusals.MarkNotANumber),
        ("1e309", refusals.MarkNotANumber),
        ("0x11", refusals.MarkNotANumber),
        ("1_7", refusals.MarkNotANumber),
        ("+17", refusals.MarkNotANumber),
        ("17,", refusals.MarkNotANumber),
        (",5", refusals.MarkNotANumber),
        ("17,5,0", refusals.MarkNotANumber),
        ("17 5", refusals.MarkNotANumber),
        ("17/20", refusals.MarkNotANumber),
        ("17\u200b", refusals.MarkNotANumber),
        ("mười bảy", refusals.MarkNotANumber),
        ("'; DROP TABLE score_sheet; --", refusals.MarkNotANumber),
        ("9" * 5000, refusals.MarkNotANumber),
        ("١٧", refusals.MarkForeignDigits),
        ("１７", refusals.MarkForeignDigits),
        ("17,٥", refusals.MarkForeignDigits),
        ("1.000", refusals.MarkHasThousands),
        ("17.500", refusals.MarkHasThousands),
        ("1.234,5", refusals.MarkHasThousands),
        ("1 000", refusals.MarkHasThousands),
        ("1\u202f000", refusals.MarkHasThousands),
        ("-1", refusals.MarkNegative),
        ("−1", refusals.MarkNegative),
        ("–0,5", refusals.MarkNegative),
        ("-0", refusals.MarkNegative),
        ("20,5", refusals.MarkTooHigh),
        ("20,01", refusals.MarkTooHigh),
        ("100000000000000000000", refusals.MarkTooHigh),
        ("0,125", refusals.MarkTooFine),
        ("17,0625", refusals.MarkTooFine),
        ("17,25", refusals.MarkOffStep),
        ("8.75", refusals.MarkOffStep),
    ],
)
def test_each_kind_of_nonsense_has_its_own_sentence(typed, refusal):
    with pytest.raises(refusals.MarkRefused) as caught:
        parse_mark(typed, TWENTY)

    assert type(caught.value) is refusal
    assert str(caught.value)


def test_a_mark_between_two_steps_is_told_its_neighbours():
    with pytest.raises(refusals.MarkOffStep) as caught:
        parse_mark("17,3", TWENTY)

    assert caught.value.parameters == {"step": "0,5", "below": "17", "above": "17,5"}


@given(st.integers(1, 200), st.sampled_from([25, 50, 100]), st.data())
def test_what_is_written_reads_back(steps, step, data):
    scale = Scale(maximum=steps * step, step=step)
    mark = data.draw(st.integers(0, steps)) * step

    assert parse_mark(written(mark), scale) == mark
    assert parse_mark(written(mark).replace(",", "."), scale) == mark


@given(st.text())
def test_any_text_is_a_mark_on_the_scale_or_a_refusal_with_a_sentence(typed):
    try:
        mark = parse_mark(typed, TWENTY)
    except refusals.MarkRefused as refusal:
        assert str(refusal)
    else:
        assert type(mark) is int
        assert mark in range(0, 2001, 50)


def test_a_sheet_keeps_what_can_be_read_and_names_the_rest():
    reading = read_sheet({"a": "17,5", "b": "x"}, [TWENTY._replace(code=code) for code in "abc"])

    assert reading.marks == {"a": 1750}
    assert reading.total == 1750
    assert {code: type(why) for code, why in reading.refused.items()} == {
        "b": refusals.MarkNotANumber,
        "c": refusals.MarkMissing,
    }
    assert not reading.is_whole


def test_a_total_is_the_exact_sum_of_marks_times_weights():
    criteria = [
        TWENTY._replace(code="a", weight=Fraction(3, 2)),
        TWENTY._replace(code="b", weight=Fraction(1, 3)),
    ]

    assert total_of({"a": 1750, "b": 1000}, criteria) == Fraction(2625) + Fraction(1000, 3)
    assert read_sheet({"a": "17,5", "b": "10"}, criteria).total == Fraction(8875, 3)


def test_a_total_in_whole_hundredths_is_shown_as_it_is_and_any_other_as_the_regulation_rounds():
    assert rounded_total(Fraction(8725), 0, "half_up") == 8725
    assert rounded_total(Fraction(17451, 2), 2, "half_up") == 8726
    assert rounded_total(Fraction(17451, 2), 2, "half_even") == 8726
    assert rounded_total(Fraction(17449, 2), 2, "half_even") == 8724
    assert rounded_total(Fraction(17451, 2), 2, "down") == 8725
    assert rounded_total(Fraction(1000, 3), 1, "half_up") == 330


def test_a_weight_is_read_as_a_decimal_where_it_is_one():
    assert [written_weight(Fraction(weight)) for weight in ("2", "3/2", "2/3")] == ["2", "1,5", "2/3"]
