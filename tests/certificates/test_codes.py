"""Codes: what is never confused, and what is said when something is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.certificates import codes
from contest.certificates.codes import ALPHABET, CodeUnreadable, LetterNotUsed, Mistyped, WrongLength

numbers = st.integers(0, 2**80 - 1)
places = st.integers(0, codes.LENGTH - 1)


def changed(code, place, step):
    """The code with one character replaced by another one."""
    letter = ALPHABET[(ALPHABET.index(code[place]) + step) % 32]
    return code[:place] + letter + code[place + 1 :]


@given(numbers)
def test_a_code_is_read_back_however_it_is_written(number):
    code = codes.make(number)
    shown = codes.shown(code)

    for written in (shown, shown.lower(), code, shown.replace("-", " "), f"  {shown.replace('-', ' – ')} "):
        assert codes.read(written) == code


@given(numbers)
def test_o_is_read_as_nought_and_i_and_l_as_one(number):
    code = codes.make(number)

    assert codes.read(code.replace("0", "O").replace("1", "I")) == code
    assert codes.read(code.replace("0", "o").replace("1", "l")) == code


@given(numbers)
def test_the_whole_address_of_a_square_pattern_is_read_too(number):
    code = codes.make(number)

    assert codes.read(f"https://example.vn/tra-cuu/{codes.shown(code)}#1.abc/def.ghi") == code


@given(numbers, places, st.integers(1, 31))
def test_a_single_wrong_character_is_found_at_its_place(number, place, step):
    code = codes.make(number)
    wrong = changed(code, place, step)

    with pytest.raises(Mistyped) as refusal:
        codes.read(wrong)

    assert refusal.value.parameters == {"place": place + 1, "letter": wrong[place], "group": place // 4 + 1}


@given(numbers, st.lists(places, min_size=2, max_size=4, unique=True), st.data())
def test_up_to_four_wrong_characters_never_pass(number, wrong, data):
    code = codes.make(number)
    for place in wrong:
        code = changed(code, place, data.draw(st.integers(1, 31)))

    with pytest.raises(CodeUnreadable):
        codes.read(code)


@given(numbers, st.integers(0, codes.LENGTH - 2))
def test_two_neighbours_exchanged_never_pass_for_another_code(number, place):
    code = codes.make(number)
    exchanged = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    if exchanged != code:
        with pytest.raises(CodeUnreadable):
            codes.read(exchanged)


@given(numbers, numbers)
def test_two_numbers_never_share_a_code(one, other):
    assert (codes.make(one) == codes.make(other)) == (one == other)


@pytest.mark.parametrize(
    ("typed", "letter", "place"), [("7K4U-0000-0000-0000-0000", "U", 4), ("7K4Ố", "Ố", 4), ("7K*4", "*", 3)]
)
def test_a_character_that_no_code_has_is_named(typed, letter, place):
    with pytest.raises(LetterNotUsed) as refusal:
        codes.read(typed)

    assert refusal.value.parameters == {"letter": letter, "place": place}


@pytest.mark.parametrize(("typed", "count"), [("", 0), ("7K4M", 4), ("7K4M-" * 6, 24), ("#abc", 0)])
def test_the_number_of_characters_is_counted(typed, count):
    with pytest.raises(WrongLength) as refusal:
        codes.read(typed)

    assert refusal.value.parameters == {"count": count}


@given(st.text(max_size=60))
def test_anything_else_is_refused_with_a_sentence(typed):
    try:
        assert len(codes.read(typed)) == codes.LENGTH
    except CodeUnreadable as refusal:
        assert refusal.field == "code"


def test_new_codes_carry_eighty_random_bits():
    drawn = {codes.new() for _ in range(200)}

    assert len(drawn) == 200
    assert all(codes.read(code) == code for code in drawn)
