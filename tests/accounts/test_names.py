"""Whether two names may be the same person's."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.accounts.names import STRONG, Way, called, compare, part_of
from contest.web.text import fold
from tests.interests.bylines import GIVEN, MIDDLE, SURNAMES, make_bylines
from tests.interests.measuring import measure

names = st.tuples(
    st.sampled_from(list(SURNAMES)),
    st.sampled_from([*MIDDLE["m"], *MIDDLE["f"]]),
    st.sampled_from([*GIVEN["m"], *GIVEN["f"]]),
).map(" ".join)


def ways(one: str, other: str, pens: str = "") -> tuple[Way, ...] | None:
    found = compare(called(one, pens), called(other))
    return None if found is None else found.ways


@pytest.mark.parametrize(
    ("printed", "way"),
    [
        ("NGUYỄN VĂN HÙNG", (Way.same,)),
        ("Nhà báo Nguyễn Văn Hùng", (Way.same,)),
        ("Nguyễn Văn Hùng - Trần Thị Mai", (Way.same,)),
        ("Nguyen Van Hung", (Way.unmarked,)),
        ("Hùng Nguyễn Văn", (Way.turned,)),
        ("Hung Nguyen Van", (Way.unmarked, Way.turned)),
        ("N.V.Hùng", (Way.initials,)),
        ("Ng. V. Hùng", (Way.initials,)),
        ("NV Hùng", (Way.initials,)),
        ("NguyenVanHung", (Way.unmarked, Way.joined)),
        ("Sông Trà", (Way.pen_name,)),
        ("Song Tra", (Way.unmarked, Way.pen_name)),
        ("Nguyễn Văn Hưng", None),
        ("Nguyễn Hùng Văn", None),
        ("Trần Văn Hùng", None),
        ("Nguyễn Hùng", None),
        ("N.V.H", None),
        ("Sông Vệ", None),
        ("", None),
    ],
)
def test_names_agree_in_the_ways_in_which_names_are_written(printed, way):
    assert ways("Nguyễn Văn Hùng", printed, "Sông Trà, Trà Giang") == way


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trần Thị Thúy Hòa", "Trần Thị Thuý Hoà"),
        ("Lý Mỹ Quý", "Lí Mĩ Quí"),
        ("Đinh Văn Đức", "Đ.V. Đức"),
        ("Y Bút", "Y Bút"),
    ],
)
def test_schools_of_spelling_are_no_difference(one, other):
    assert ways(one, other) is not None


@pytest.mark.parametrize(("one", "other"), [("Đinh Văn Đức", "D.V. Đức"), ("Trần Thị Lan", "Trần Thị Lân")])
def test_a_mark_is_a_difference_where_marks_are_written(one, other):
    assert ways(one, other) is None


@given(names, names)
def test_likeness_does_not_depend_on_who_is_asked_first(one, other):
    assert compare(called(one), called(other)) == compare(called(other), called(one))


@given(names)
def test_everybody_is_like_themselves_however_the_bytes_are_composed(name):
    assert ways(name, unicodedata.normalize("NFD", name).upper()) == (Way.same,)


@given(names, names)
def test_what_is_alike_has_the_letters_it_is_searched_by(one, other):
    for known in (other, one, f"{one.split()[-1]} {' '.join(one.split()[:-1])}", one.replace(" ", "")):
        found = compare(called(one), called(known))
        assert found is None or found.certainty < STRONG or part_of(one) in fold(known)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_compared(one, other):
    found = compare(called(one, other), called(other, one))

    assert found is None or 0 < found.certainty <= 100


@pytest.mark.parametrize("seed", [2025, 2026])
def test_of_five_hundred_bylines_those_of_jurors_are_found_and_few_others(seed):
    found = measure(make_bylines(seed))

    assert found.recall >= 0.95
    assert found.precision >= 0.9
