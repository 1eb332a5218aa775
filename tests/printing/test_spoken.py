"""Sums in words, held against a rule of their own: digits read one by one and mended as they are spoken."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.printing.official.spoken import Usage, in_words, sum_in_words

NAMES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
#: How figures read out with the name of every place become the words that people say, in this order.
MENDED = (
    (r"không mươi không", ""),
    (r"không mươi", "linh"),
    (r"mươi không", "mươi"),
    (r"một mươi", "mười"),
    (r"mươi một", "mươi mốt"),
    (r"(mươi|mười) năm", r"\1 lăm"),
)


def read_out(number):
    """Say a number by the other rule: every digit with the name of its place, then mended."""
    if not number:
        return "không"
    digits = str(number)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    places = {4: "nghìn tỷ", 3: "tỷ", 2: "triệu", 1: "nghìn", 0: ""}
    said = []
    for at, group in enumerate(groups):
        if group == "000":
            continue
        hundreds, tens, units = (NAMES[int(digit)] for digit in group)
        text = f"{hundreds} trăm {tens} mươi {units}"
        for pattern, instead in MENDED:
            text = re.sub(pattern, instead, text)
        if not said:
            text = re.sub(r"^không trăm (linh )?", "", text)
        said += text.split() + places[len(groups) - 1 - at].split()
    return (
        " ".join(said).replace("nghìn tỷ", "nghìn", 1)
        if re.search(r"nghìn tỷ .* tỷ", " ".join(said))
        else " ".join(said)
    )


@given(st.one_of(st.integers(0, 10**12), st.integers(0, 10**7), st.integers(0, 10**9).map(lambda whole: whole * 1000)))
def test_a_number_is_said_as_its_digits_read_out(number):
    assert in_words(number) == read_out(number)


def test_every_number_up_to_ten_thousand_is_said_as_its_digits_read_out():
    assert [number for number in range(10_001) if in_words(number) != read_out(number)] == []


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "không"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (105, "một trăm linh năm"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_010, "một nghìn không trăm mười"),
        (400_000_000, "bốn trăm triệu"),
        (1_001_001, "một triệu không trăm linh một nghìn không trăm linh một"),
        (10**12, "một nghìn tỷ"),
    ],
)
def test_numbers_are_said_as_people_say_them(number, said):
    assert in_words(number) == said


def test_an_office_may_say_le_and_ngan():
    assert in_words(1_005, Usage("lẻ", "ngàn")) == "một ngàn không trăm lẻ năm"


def test_a_sum_begins_with_a_capital():
    assert sum_in_words(15_000_000) == "Mười lăm triệu đồng"


@pytest.mark.parametrize("number", [-1, 10**15])
def test_what_is_no_sum_is_not_said(number):
    with pytest.raises(ValueError, match="not said"):
        in_words(number)
