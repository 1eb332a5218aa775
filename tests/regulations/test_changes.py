"""What an amendment changes, told in words."""

from __future__ import annotations

from datetime import date

import pytest

from contest.regulations import json_schema
from contest.regulations.changes import changes
from contest.regulations.field_names import ITEMS, SETTINGS, called
from tests.regulations.changing import GONE, changed
from tests.regulations.contradictions import PRESET
from tests.regulations.mutations import WIDE
from tests.regulations.telling import catalogue


def told(before, after):
    return [(change.words, change.before, change.after) for change in changes(before, after, catalogue().gettext)]


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        ("rounds.chung_khao.closes", date(2025, 9, 19), "Vòng “Chung khảo”: đóng"),
        ("calendar.receipt.closes", date(2025, 8, 18), "Lịch › nhận tác phẩm: đóng"),
        ("limits.works_per_author", 3, "Giới hạn: số tác phẩm tối đa của một tác giả"),
        ("categories.BAO_IN.slots.trang_bao.hint", "Mới",
         "Loại hình “Báo in” › mục hồ sơ “Bản chụp trang báo”: lời nhắc tác giả"),
        ("prizes.A.quota", 2, "“Giải A”: số giải"),
        ("prizes.A.money", 20_000_000, "“Giải A”: mức thưởng"),
        ("prizes.A.money", {"amount": 20_000_000}, "“Giải A” › mức thưởng: số tiền"),
        ("chapters.1.articles.1.clauses.2.text", "Mới.", "Chương II › điều 6 › khoản 3: nội dung"),
        ("name", "Cuộc thi khác", "Tên"),
    ],
)  # fmt: skip
def test_a_change_is_told_in_words(place, value, words):
    assert [change[0] for change in told(PRESET, changed(PRESET, {place: value}))] == [words]


def test_values_are_told_as_vietnamese_writes_them():
    after = changed(
        PRESET,
        {
            "prizes.A.money": 20_000_000,
            "entrants.staff_may_enter": True,
            "calendar.decision_on": date(2025, 10, 7),
            "calendar.grace_minutes": GONE,
        },
    )

    assert [change[1:] for change in told(PRESET, after)] == [
        ("06/10/2025", "07/10/2025"),
        ("60", None),
        ("không", "có"),
        ("15.000.000", "20.000.000"),
    ]


def test_the_same_money_written_as_a_table_is_no_change():
    assert told(PRESET, changed(PRESET, {"prizes.A.money": {"amount": 15_000_000}})) == []
    assert told(PRESET, changed(PRESET, {"rounds.so_khao.discrepancy": {"limit": 20}})) == []


def test_an_item_that_comes_or_goes_is_one_change():
    after = changed(PRESET, {"genres.+": {"code": "tan_van", "name": "Tản văn"}})

    assert told(PRESET, after) == [("Thể loại “Tản văn”", None, "Tản văn")]
    assert told(after, PRESET) == [("Thể loại “Tản văn”", "Tản văn", None)]


def test_another_order_is_a_change():
    after = {**PRESET, "prizes": PRESET["prizes"][::-1]}

    assert told(PRESET, after) == [("Giải thưởng: thứ tự", "A, B, C, KK", "KK, C, B, A")]


def test_every_setting_has_a_name_in_words():
    described = json_schema.described()
    tables = {"Regulation": described, **described["$defs"]}
    keys = {key for table in tables.values() for key in table.get("properties", {})}

    assert {key for key in keys if called(SETTINGS, "", key) is None} == set()


def test_every_name_in_words_is_vietnamese():
    for words in (*SETTINGS.values(), *ITEMS.values()):
        assert catalogue().gettext(words) != words


def test_what_is_not_there_before_is_told_setting_by_setting():
    told_of_all = told({}, WIDE)

    assert len(told_of_all) > 80
    assert all(before is None and words for words, before, _ in told_of_all)
