"""Numbers and dates as a Vietnamese reader writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from contest.web import formats
from contest.web.text import clean, fold, tidy


@pytest.mark.parametrize(
    ("hundredths", "written"),
    [(1750, "17,5"), (1700, "17"), (1725, "17,25"), (0, "0"), (10000, "100"), (Fraction(25000, 3), "83,33")],
)
def test_points_are_written_with_a_comma(app, hundredths, written):
    with app.test_request_context():
        assert formats.as_points(hundredths) == written


def test_display_rounds_half_up(app):
    with app.test_request_context():
        assert formats.as_points(Fraction(8005, 1) / 10 * 10, 1) == "80,1"
        assert formats.as_number(Fraction(5, 2)) == "3"


@given(st.fractions(min_value=0, max_value=10000, max_denominator=1000), st.integers(0, 2))
def test_rounding_is_never_further_off_than_half_a_step(value, decimals):
    assert abs(Fraction(str(formats.rounded(value, decimals))) - value) <= Fraction(1, 2 * 10**decimals)


def test_money_sizes_and_days(app):
    with app.test_request_context():
        assert formats.as_money(15_000_000) == "15.000.000\N{NO-BREAK SPACE}₫"
        assert formats.as_bytes(4_200_000) == "4,2 MB"
        assert formats.as_day(date(2025, 8, 15)) == "thứ Sáu, 15/08/2025"
        assert formats.as_date("2025-08-05") == "05/08/2025"
        assert formats.as_duration(1124) == "18:44"


def test_a_moment_is_shown_in_the_contests_zone(app):
    moment = datetime(2025, 8, 15, 17, 0, tzinfo=UTC)

    with app.test_request_context():
        assert formats.as_datetime(moment) == "00:00, 16/08/2025"
        assert formats.as_date(moment) == "16/08/2025"


def test_english_pages_use_english_separators(app):
    with app.test_request_context(), force_locale("en"):
        assert formats.as_number(1234567) == "1,234,567"


def test_codes_of_works_in_a_heading_are_not_broken_and_nothing_else_becomes_markup():
    heading = formats.with_whole_codes("Đang bàn: BĐT-0042 “<b>Rừng</b>”")

    assert heading == 'Đang bàn: <span class="nowrap">BĐT-0042</span> “&lt;b&gt;Rừng&lt;/b&gt;”'


def test_text_is_searched_without_marks():
    assert fold("  Đỗ  Đức ") == "do duc"
    assert fold("Ỷ Lan") == fold("y lan")


def test_text_is_kept_in_nfc_without_invisible_letters():
    assert clean("Qua\u0309ng\u202e\x00") == "Quảng"
    assert tidy("  hai \n dòng ") == "hai dòng"
