"""Places as people write them, and the communes of today that they lie in."""

from __future__ import annotations

import pytest

from contest.demo.places import WRITTEN
from contest.exemplars.localities import province_of, provinces
from contest.regulations import presets

QUANG_NGAI = province_of("Quảng Ngãi")

SPELT = {
    # of today
    "xã Ba Vinh": ("xã Ba Vinh", ""),
    "xa ba vinh": ("xã Ba Vinh", ""),
    "Phường Trương Quang Trọng": ("phường Trương Quang Trọng", ""),
    "Lý Sơn": ("đặc khu Lý Sơn", ""),
    "P. Cẩm Thành, tỉnh Quảng Ngãi": ("phường Cẩm Thành", ""),
    "Ba Xa": ("xã Ba Xa", ""),
    "xa Ba Xa": ("xã Ba Xa", ""),
    # of before
    "thôn Nước Lô, xã Ba Giang, huyện Ba Tơ": ("xã Ba Dinh", "xã Ba Giang, huyện Ba Tơ"),
    "thon Nuoc Lo, xa Ba Giang, huyen Ba To": ("xã Ba Dinh", "xã Ba Giang, huyện Ba Tơ"),
    "xã Ba Vinh huyện Ba Tơ": ("xã Ba Vinh", "xã Ba Vinh, huyện Ba Tơ"),
    "Thị trấn Di Lăng (huyện Sơn Hà)": ("xã Sơn Hà", "thị trấn Di Lăng, huyện Sơn Hà"),
    "TT Châu Ổ, H. Bình Sơn": ("xã Bình Sơn", "thị trấn Châu Ổ, huyện Bình Sơn"),
    "Nghĩa An, TP Quảng Ngãi": ("xã An Phú", "xã Nghĩa An, thành phố Quảng Ngãi"),
    "huyện đảo Lý Sơn": ("đặc khu Lý Sơn", "huyện Lý Sơn"),
    "xã Phổ Châu, thị xã Đức Phổ": ("phường Sa Huỳnh", "xã Phổ Châu, thị xã Đức Phổ"),
    "xã Đăk Blà, thành phố Kon Tum, tỉnh Kon Tum": ("xã Đăk Rơ Wa", "xã Đăk Blà, thành phố Kon Tum"),
    "xã Sơn Tinh, huyện Sơn Tây": ("xã Sơn Tây Hạ", "xã Sơn Tinh, huyện Sơn Tây"),
    # the same name, told apart by what stands beside it
    "xã Ba Tô": ("xã Ba Tô", ""),
    "thị trấn Ba Tơ": ("xã Ba Tơ", "thị trấn Ba Tơ, huyện Ba Tơ"),
    "xã Trà Giang, huyện Trà Bồng": ("xã Đông Trà Bồng", "xã Trà Giang, huyện Trà Bồng"),
    "phường Nguyễn Nghiêm, thị xã Đức Phổ": ("phường Đức Phổ", "phường Nguyễn Nghiêm, thị xã Đức Phổ"),
    "xã Nguyễn Nghiêm": ("xã Nguyễn Nghiêm", ""),
}

OPEN = (
    "",
    "khắp nơi trong tỉnh",
    "huyện Ba Tơ",  # nineteen communes
    "xa Ba To",  # Ba Tô or Ba Tơ
    "Xa Son Ha",  # Sơn Hà or Sơn Hạ
    "xã Trà Giang",  # one of today, another one of before
    "phường Nguyễn Nghiêm",  # there were two
    "Nguyễn Nghiêm",
    "xã Trà Bùi, huyện Trà Bồng",  # went to two communes
    "xã Bình Minh, huyện Thăng Bình, tỉnh Quảng Nam",
    "xã Bình Minh, huyện Thăng Bình",
    "phường Trần Phú, thành phố Hà Tĩnh",
)


@pytest.mark.parametrize("text", SPELT)
def test_a_place_is_found_by_its_name_then_and_now(text):
    found = QUANG_NGAI.place_of(text)

    assert found is not None
    assert (found.now, found.then) == SPELT[text]


@pytest.mark.parametrize("text", OPEN)
def test_what_is_left_open_is_not_guessed(text):
    assert QUANG_NGAI.place_of(text) is None


def test_the_province_has_ninety_six_communes_each_with_a_square_of_its_own():
    communes = QUANG_NGAI.communes.values()
    kinds = [each.kind for each in communes]

    assert {kind: kinds.count(kind) for kind in kinds} == {"xã": 86, "phường": 9, "đặc khu": 1}
    assert len({each.tile for each in communes}) == len({each.full_name for each in communes}) == 96


def test_every_former_unit_is_found_by_its_full_name():
    for former in QUANG_NGAI.former:
        found = QUANG_NGAI.place_of(f"{former.kind} {former.name}, {former.district}")
        assert (found and found.commune.code) == (former.communes[0] if len(former.communes) == 1 else None), former


def test_every_commune_of_today_is_found_where_no_other_was_called_so_before():
    lost = {each.full_name for each in QUANG_NGAI.communes.values() if QUANG_NGAI.place_of(each.full_name) is None}

    assert lost == {"xã Trà Giang", "xã Đăk Hà", "xã Đăk Long"}


def test_the_letterhead_says_which_province_is_meant():
    assert province_of("Quảng Ngãi") is province_of("quang ngai") is QUANG_NGAI
    assert province_of("Huế") is None
    assert all(place.letterheads for place in provinces())
    assert 'place = "Quảng Ngãi"' in presets.text("quang_ngai_2025")


def test_what_authors_of_the_demo_write_leads_to_the_place_that_they_mean():
    assert {name: QUANG_NGAI.place_of(text).commune.name for name, text in WRITTEN.items()} == {
        name: name for name in WRITTEN
    }
