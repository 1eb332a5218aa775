"""Titles that have quotation marks of their own, between those of the certificate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.certificates.quoting import quoted


def test_a_title_without_marks_is_put_between_them():
    assert quoted("Mùa vàng") == "“Mùa vàng”"


@pytest.mark.parametrize(
    "title",
    ["“Cõng chữ lên non”", '"Cõng chữ lên non"', "‘Cõng chữ lên non’", "«Cõng chữ lên non»", '""Cõng chữ lên non""'],
)
def test_a_title_that_stands_in_marks_gets_no_second_ones(title):
    assert quoted(title) == "“Cõng chữ lên non”"


@pytest.mark.parametrize(
    ("title", "set_right"),
    [
        ("“Dân vận khéo” ở Tịnh Khê", "“‘Dân vận khéo’ ở Tịnh Khê”"),
        ('Giữ "nước"', "“Giữ ‘nước’”"),
        ('"Cõng chữ" và "cõng nước"', "“‘Cõng chữ’ và ‘cõng nước’”"),
        ('Bài 1: "Lòng dân", bài 2 ("Ý Đảng")', "“Bài 1: ‘Lòng dân’, bài 2 (‘Ý Đảng’)”"),
        ("„Giữ rừng“ ở Sơn Tây", "“‘Giữ rừng’ ở Sơn Tây”"),
        ("'Mẹ' của làng", "“‘Mẹ’ của làng”"),
    ],
)
def test_marks_inside_a_title_become_single_ones(title, set_right):
    assert quoted(title) == set_right


def test_marks_inside_marks_take_turns():
    assert quoted("Chuyện “người gọi ‘mẹ’ ơi” ở làng") == "“Chuyện ‘người gọi “mẹ” ơi’ ở làng”"


@pytest.mark.parametrize(
    "title", ["Nhà bà H'Yéo ở Đắk R'lấp", "Y' Bia và H’Rin", "Những năm '90", 'Chiếc máy 24" của làng']
)
def test_an_apostrophe_and_a_sign_of_measure_stay_as_they_are(title):
    assert quoted(title) == f"“{title}”"


@pytest.mark.parametrize("title", ["“Dân vận khéo ở Tịnh Khê", "Dân vận khéo ở Tịnh Khê”"])
def test_a_mark_whose_other_half_was_forgotten_is_not_doubled(title):
    assert quoted(title) == "“Dân vận khéo ở Tịnh Khê”"


@given(st.text("ab “”\"'‘’«»", max_size=24))
def test_no_letter_of_a_title_is_lost(title):
    assert [letter for letter in quoted(title) if letter in "ab"] == [letter for letter in title if letter in "ab"]
