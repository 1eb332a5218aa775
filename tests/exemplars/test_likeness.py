"""Which exemplars are proposed as the same."""

from __future__ import annotations

import pytest

from contest.exemplars.kinds import ExemplarKind
from contest.exemplars.likeness import compare, pairs
from contest.exemplars.localities import provinces
from contest.exemplars.reading import Written
from contest.exemplars.reasons import Why
from tests.exemplars.measuring import measure
from tests.exemplars.mentions import make_mentions

(PROVINCE,) = provinces()
BA_VI = "xã Ba Vì, huyện Ba Tơ"


def person(name: str, locality: str = BA_VI, unit: str = "") -> Written:
    return Written(name, ExemplarKind.PERSON, locality, unit)


def unit(name: str, locality: str = BA_VI, unit: str = "") -> Written:
    return Written(name, ExemplarKind.COLLECTIVE, locality, unit)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Đinh Thị Rế"), person("bà Dinh Thi Re", "Ba Vi, Ba To")),
        (person("Nguyễn Thị Hòa"), person("Chị Nguyễn Thị Hoà, Trưởng thôn")),
        (person("Nguyễn Văn Quý"), person("NGUYỄN VĂN QUÍ")),
        (person("Đinh Văn Y-Bao"), person("già làng Đinh Văn Y Bao")),
        (person("Siu H'Bia"), person("Siu H Bia")),
        (person("Phạm Thị Lan"), person("Phạm Lan")),
        (person("Hồ Văn Thạch", "xã Ba Ngạc, huyện Ba Tơ"), person("Hồ Văn Thạch", "xã Ba Vì, tỉnh Quảng Ngãi")),
        (unit("Hội Liên hiệp Phụ nữ xã Ba Vì"), unit("Hội LHPN Ba Vì")),
        (unit("UBMTTQVN xã Ba Vì"), unit("Uỷ ban MTTQ Việt Nam Ba Vì")),
        (unit("HTX nông nghiệp Đức Thạnh"), unit("Hợp tác xã Nông nghiệp Đức Thạnh")),
        (unit("Chi hội CCB thôn Gò Re, xã Ba Vì"), unit("Chi hội Cựu chiến binh thôn Gò Re")),
        (unit("Mô hình “Tiếng loa an ninh”"), unit("tieng loa an ninh")),
        (unit("Ban Chỉ huy Quân sự xã Ba Vì"), unit("Ban Chỉ huy Qân sự xã Ba Vì")),
    ],
)
def test_the_same_written_differently_is_proposed(one: Written, other: Written) -> None:
    assert compare(one, other, PROVINCE)
    assert compare(other, one, PROVINCE) == compare(one, other, PROVINCE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Nguyễn Văn Hùng"), person("Nguyễn Văn Hùng", "xã Đức Lân, huyện Mộ Đức")),
        (person("Nguyễn Văn Hùng"), person("Nguyễn Văn Hưng")),
        (person("Nguyễn Văn Hùng (SN 1961)"), person("Nguyễn Văn Hùng (SN 1984)")),
        (person("Đinh Thị Rế"), unit("Đinh Thị Rế")),
        (unit("HTX nông nghiệp Đức Thạnh"), unit("HTX nông nghiệp Đức Thắng")),
        (unit("Tổ tự quản thôn Gò Re"), unit("Tổ tự quản thôn Gò Rộc")),
        (unit("Chi hội Phụ nữ thôn Gò Re"), unit("Chi hội Nông dân thôn Gò Re")),
        (unit("Hội Phụ nữ xã Ba Ngạc", "xã Ba Vì"), unit("Hội Phụ nữ xã Ba Tiêu", "xã Ba Vì")),
        (unit("Chi hội Phụ nữ thôn Gò Re"), unit("Hội Phụ nữ xã Ba Vì")),
        (unit("Mô hình “3 không, 3 sạch”"), unit("Mô hình “5 không, 3 sạch”")),
    ],
)
def test_what_only_resembles_is_not_proposed(one: Written, other: Written) -> None:
    assert compare(one, other, PROVINCE) is None


def test_it_is_said_why_two_are_proposed() -> None:
    alike = compare(person("Đinh Thị Rế", "xã Ba Ngạc"), person("bà Dinh Thi Re", "xã Ba Vì"), PROVINCE)

    assert alike is not None
    assert alike.why == (Why.UNMARKED, Why.TITLED, Why.RENAMED)


def test_where_nothing_is_known_of_a_province_places_are_compared_by_name() -> None:
    assert compare(person("Lê Văn Tám", "xã Phong Nẫm"), person("Lê Văn Tám", "Phong Nẫm"))
    assert compare(person("Lê Văn Tám", "xã Phong Nẫm"), person("Lê Văn Tám", "xã Hương Mỹ")) is None


@pytest.mark.parametrize("seed", [2025, 2026])
def test_of_three_hundred_names_nearly_all_the_same_are_proposed_and_little_else(seed: int) -> None:
    measured = measure(make_mentions(seed))

    assert measured.recall >= 0.95
    assert measured.precision >= 0.9


def test_every_pair_that_is_compared_alone_is_found_among_all() -> None:
    made = [
        Written(each.name, ExemplarKind(each.kind), each.locality, each.unit) for each in make_mentions(7, size=120)
    ]
    alone = {
        (one, other)
        for one in range(len(made))
        for other in range(one + 1, len(made))
        if compare(made[one], made[other], PROVINCE)
    }
    found = {(pair.one, pair.other) for pair in pairs(dict(enumerate(made)), PROVINCE)}

    assert len(found - alone) == 0
    assert len(found) >= 0.98 * len(alone)


def test_names_of_any_letters_are_read_without_harm() -> None:
    odd = [
        "",
        " ",
        "-",
        "ông",
        "thôn",
        "xã",
        "Y",
        "(((",
        "😀 😀",
        "a" * 400,
        "thôn thôn xã xã",
        "H'",
        "1",
        ",,,",
        "bà bà",
    ]
    for kind in ExemplarKind:
        written = {number: Written(name, kind, name, name) for number, name in enumerate(odd)}
        assert all(pair.one < pair.other for pair in pairs(written, PROVINCE))
