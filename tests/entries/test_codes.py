from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from contest.entries import codes


def test_the_first_code_of_a_prefix_is_number_one() -> None:
    assert codes.following("BDT", None) == "BDT-0001"


def test_a_code_is_shown_with_the_letters_of_its_prefix() -> None:
    assert codes.shown("BDT-0042", {"BDT": "BĐT"}) == "BĐT-0042"


@given(some.integers(1, 20_000))
def test_the_code_after_a_code_has_the_next_number(number: int) -> None:
    following = codes.following("TH", codes.code("TH", number))

    assert codes.number(following) == number + 1
    assert following.isascii()


def test_aliases_have_no_letters_that_are_confused() -> None:
    letters = set("".join(codes.alias() for _ in range(200)))

    assert letters.isdisjoint("01ILOU")
