"""Certificates in the cases they are designed for: they fit, or are refused with a sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.certificates.layout import (
    DoesNotFit,
    LineTooLong,
    Part,
    TooManyAuthors,
    set_certificate,
    together,
)
from contest.printing.fonts import LetterMissing, face
from tests.makers.certificates import make_printed, people

LONG = (
    "Loạt 5 kỳ: Khi lòng dân là nền móng – Chuyện hiến đất, mở đường, dựng trường, xóa nhà tạm ở vùng cao Sơn Tây, "
    "Trà Bồng, Ba Tơ và hành trình giữ rừng quế, giữ biển đảo Lý Sơn của những người cán bộ dân vận"
)
SIX = people(
    "Nguyễn Hoàng Phương Trâm Anh|Hoàng Trâm, Trâm Anh, H.T.",
    "Nguyễn Thị Ánh Tuyết|Ánh Tuyết",
    "Đinh Văn Rố|Ka Rố",
    "Phạm Thị Mỹ Diễm|Mỹ Diễm, Diễm Phạm",
    "Bùi Nguyễn Trường Sơn|Trường Sơn",
    "Võ Ỷ Lan|Ỷ Lan",
)


def test_a_short_name_is_set_as_large_as_there_is():
    laid_out = set_certificate(make_printed())

    assert (laid_out.names.size, laid_out.parts["work"]) == (34, Part(17, ("“Ngày thứ Bảy vì dân ở Tịnh Khê”",)))


def test_a_title_with_quotation_marks_of_its_own_has_single_ones_inside():
    laid_out = set_certificate(make_printed(work='"Dân vận khéo" ở Tịnh Khê'))

    assert laid_out.parts["work"].rows == ("“‘Dân vận khéo’ ở Tịnh Khê”",)


def test_pen_names_stand_below_and_do_not_shrink_the_name():
    laid_out = set_certificate(make_printed(authors=people("Nguyễn Hoàng Phương Trâm Anh|Hoàng Trâm, Trâm Anh, H.T.")))

    assert laid_out.names.size == 34
    assert laid_out.names.under == ("(Hoàng Trâm, Trâm Anh, H.T.)",)


def test_six_authors_stand_on_three_even_lines():
    laid_out = set_certificate(make_printed(authors=SIX))

    assert [len(row) for row in laid_out.names.rows] == [2, 2, 2]


def test_a_title_of_two_hundred_letters_is_set_whole():
    laid_out = set_certificate(
        make_printed(authors=people("Đỗ Thị Hương Thảo|Thảo Nguyên", "Huỳnh Đặng Quế Chi"), work=LONG)
    )

    assert " ".join(laid_out.parts["work"].rows) == f"“{LONG}”"
    assert len(laid_out.parts["work"].rows) <= 4


@pytest.mark.parametrize(
    ("prize", "size"),
    [
        ("GIẢI A", 27),
        ("GIẢI TẬP THỂ CHO CƠ QUAN BÁO CHÍ", 22),
        ("GIẢI CHUYÊN ĐỀ VỀ XÂY DỰNG NÔNG THÔN MỚI", 18),
    ],
)
def test_a_prize_with_a_long_name_is_set_smaller(prize, size):
    assert set_certificate(make_printed(award=prize)).parts["award"].size == size


def test_the_worst_case_fits_in_the_densest_setting():
    laid_out = set_certificate(make_printed(authors=SIX, work=LONG, award="GIẢI ĐẶC BIỆT", special=True))

    assert laid_out.density == "tight"
    assert laid_out.spare >= 0


def test_little_text_is_set_airily():
    laid_out = set_certificate(make_printed(authors=people("Trung tâm Văn hóa Ba Tơ"), unit="", work=""))

    assert laid_out.density == "airy"


def test_no_line_is_wider_than_its_measure():
    title = face("EB Garamond", 500, "italic")
    for authors in (SIX[:1], SIX[:2], SIX[:3], SIX):
        laid_out = set_certificate(make_printed(authors=authors, work=LONG))

        assert max(title.width(line, laid_out.parts["work"].size) for line in laid_out.parts["work"].rows) <= 226


@pytest.mark.parametrize("count", range(1, 11))
@pytest.mark.parametrize("work", ["Đường về Ba Xa", LONG[:120], LONG])
def test_one_to_ten_authors_fit_with_any_title(count, work):
    everybody = [*SIX, *people("Trần Quốc Vượng", "Lê Na|Na Lê", "Hồ Thị Ấn", "Lương Đức Ỹ|Đức Ỹ")]

    assert set_certificate(make_printed(authors=everybody[:count], work=work)).spare >= 0


def test_more_than_ten_authors_are_refused_by_number():
    with pytest.raises(TooManyAuthors) as refusal:
        set_certificate(make_printed(authors=[*SIX, *SIX]))

    assert refusal.value.parameters["count"] == 12


def test_a_title_longer_than_four_lines_is_refused_and_named():
    with pytest.raises(DoesNotFit) as refusal:
        set_certificate(make_printed(authors=SIX, work=LONG + LONG))

    assert refusal.value.parameters == {"work": LONG + LONG}


@pytest.mark.parametrize(
    "changes",
    [
        {"work": "https://example.vn/" + "a" * 200},
        {"authors": people("N" * 120)},
        {"who": "Nguyễn " * 12},
        {"award": "GIẢI " * 12},
        {"issuer": "BAN TUYÊN GIÁO VÀ DÂN VẬN TỈNH ỦY QUẢNG NGÃI, " * 4},
    ],
)
def test_a_line_that_cannot_be_broken_is_refused_and_never_clipped(changes):
    with pytest.raises(LineTooLong):
        set_certificate(make_printed(**changes))


@pytest.mark.parametrize("changes", [{"work": "Chuyện 王"}, {"authors": people("Lê 🌸")}, {"unit": "Báo ︎ẞ𝕏"}])
def test_a_letter_that_cannot_be_printed_is_refused_before_drawing(changes):
    with pytest.raises(LetterMissing):
        set_certificate(make_printed(**changes))


def test_a_number_and_its_noun_and_the_last_two_words_stay_together():
    assert together("Loạt 3 kỳ: Giữ rừng quế xã Trà Bùi cùng lòng dân") == [
        "Loạt 3 kỳ:",
        "Giữ",
        "rừng",
        "quế",
        "xã Trà",
        "Bùi",
        "cùng",
        "lòng dân",
    ]


SYLLABLES = ("Nguyễn", "Trần", "Lê", "Ỷ", "Ẩn", "Đỗ", "Hoàng", "Phương", "Trâm", "Ánh", "Thị", "Rố", "Y-Moan", "Hương")
names = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=6).map(" ".join)
authors = st.builds(lambda name, pens: {"name": name, "pen_names": ", ".join(pens)}, names, st.lists(names, max_size=2))


@settings(max_examples=40, deadline=None)
@given(st.lists(authors, min_size=1, max_size=10), st.integers(3, 40))
def test_whatever_fits_keeps_every_name_in_its_order(everybody, words):
    work = " ".join(["dân"] * words)
    try:
        laid_out = set_certificate(make_printed(authors=everybody, work=work))
    except (DoesNotFit, LineTooLong):
        return

    assert laid_out.spare >= 0
    if len(everybody) > 1:
        assert [person.name for row in laid_out.names.rows for person in row] == [each["name"] for each in everybody]
