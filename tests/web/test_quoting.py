"""Titles that have quotation marks of their own, between those of a certificate, a document, a letter or a page."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.web.quoting import quoted, within_quotes

TEMPLATES = Path(__file__).parents[2] / "templates"


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


def test_a_sentence_that_has_the_marks_itself_takes_the_title_between_them():
    assert f"“{within_quotes('“Dân vận khéo” ở Tịnh Khê')}”" == "“‘Dân vận khéo’ ở Tịnh Khê”"


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.*")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_page_and_no_letter_puts_marks_around_a_title_that_is_not_set_right(path):
    text = path.read_text("utf-8")

    bare = re.findall(r"“{{[^}]*(?:title|work)\s*}}", text)
    for sentence in re.finditer(r"“%\((title|work)\)s”", text):
        given_to_it = re.search(rf"\b{sentence[1]}=([^,\n]*)", text[sentence.end() :])
        bare += [sentence[0]] if given_to_it is None or "|within_quotes" not in given_to_it[1] else []

    assert bare == []


@given(st.text("ab “”\"'‘’«»", max_size=24))
def test_no_letter_of_a_title_is_lost(title):
    assert [letter for letter in quoted(title) if letter in "ab"] == [letter for letter in title if letter in "ab"]
