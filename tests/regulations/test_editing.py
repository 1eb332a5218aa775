"""Forms change single values and leave the rest of the document as its author wrote it."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.regulations import document, presets, schema
from contest.regulations.changes import Change, changes
from contest.regulations.editing import Row, Rows, value_at, written

PRESET = presets.text("quang_ngai_2025")


def test_writing_what_is_there_changes_no_letter():
    values = {"name": value_at(document.read(PRESET), "name"), "calendar.decision_on": date(2025, 10, 6)}

    assert written(PRESET, values) == PRESET


def test_writing_one_value_changes_one_line():
    text = written(PRESET, {"calendar.receipt.closes": datetime.fromisoformat("2025-08-15T17:00")})

    before, after = PRESET.splitlines(), text.splitlines()
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [
        (
            "receipt = {opens = 2025-08-01, closes = 2025-08-15}",
            "receipt = {opens = 2025-08-01, closes = 2025-08-15T17:00:00}",
        )
    ]


def test_a_round_is_named_by_its_code():
    text = written(PRESET, {"rounds.chung_khao.closes": datetime.fromisoformat("2025-09-19T12:00")})

    assert schema.parse(text).round("chung_khao").closes.isoformat() == "2025-09-19T12:00:00+07:00"


@pytest.mark.parametrize("path", ["calender.decision_on", "rounds.vong_ba.opens"])
def test_a_place_that_is_not_there_is_refused(path):
    with pytest.raises(KeyError):
        written(PRESET, {path: date(2025, 1, 1)})


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=80))
def test_any_text_survives_being_written(name):
    text = written("# tên\nshort_name = 'cũ'  # ngắn\n", {"short_name": name})

    assert document.read(text) == {"short_name": unicodedata.normalize("NFC", name)}
    assert text.startswith("# tên\n")
    assert text.endswith("  # ngắn\n")


LISTS = ("genres", "categories", "rubrics", "rounds", "prizes", "chapters", "statements")


@given(st.data())
def test_rows_in_another_order_are_the_same_lines_in_another_order(data):
    text = presets.text(data.draw(st.sampled_from(presets.NAMES)))
    listed = data.draw(st.sampled_from(LISTS))
    before = document.read(text)
    order = data.draw(st.permutations(range(len(before[listed]))))

    after = written(text, {listed: Rows(tuple(map(Row, order)))})

    assert document.read(after)[listed] == [before[listed][number] for number in order]
    assert sorted(filter(None, after.split("\n"))) == sorted(filter(None, text.split("\n")))


@given(st.data())
def test_rows_are_written_changed_and_left_out_as_meant(data):
    text = presets.text(data.draw(st.sampled_from(presets.NAMES)))
    rubrics = document.read(text)["rubrics"]
    number = data.draw(st.sampled_from(range(len(rubrics))))
    kept = data.draw(st.lists(st.sampled_from(range(len(rubrics[number]["criteria"]))), unique=True))
    name = data.draw(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30))
    new = Row(None, {"code": "moi", "name": name, "maximum": 5, "guidance": Rows((Row(None, {"low": 0}),), False)})
    criteria = Rows((*(Row(one, {"step": 1}) for one in kept), new))

    after = written(
        text,
        {
            "rubrics": Rows(
                tuple(Row(one, {"criteria": criteria} if one == number else {}) for one in range(len(rubrics)))
            )
        },
    )

    changed = document.read(after)["rubrics"]
    added = {"code": "moi", "name": unicodedata.normalize("NFC", name), "maximum": 5, "guidance": [{"low": 0}]}
    assert changed[number]["criteria"] == [*({**rubrics[number]["criteria"][one], "step": 1} for one in kept), added]
    assert [rubric for one, rubric in enumerate(changed) if one != number] == [
        rubric for one, rubric in enumerate(rubrics) if one != number
    ]


COMMENTED = """\
# Đầu tệp

[entrants] # ai
unit_quotas = [ # mỗi nơi một số
    # nơi thứ nhất
    {unit = "A, [B]", works = 1}, # một
    {unit = 'C # D', works = 2} # hai
]

# Giải, từ trên xuống

# hạng cao nhất
[[prizes]] # A
code = "A"
money = 15_000_000 # đồng

# hạng nhì
[[prizes]]
code = "B"
text = \"\"\"
[[prizes]]
code = "không phải"
\"\"\"
[prizes.money]
amount = 1 # một

# Cuối tệp
"""


def test_comments_go_with_what_they_are_about():
    text = written(COMMENTED, {"prizes": Rows((Row(1), Row(0)))})

    assert text.index("# Giải, từ trên xuống") < text.index("# hạng nhì") < text.index("# hạng cao nhất")
    assert sorted(filter(None, text.split("\n"))) == sorted(filter(None, COMMENTED.split("\n")))


def test_items_in_brackets_keep_their_comments():
    text = written(
        COMMENTED,
        {"entrants.unit_quotas": Rows((Row(1, {"works": 3}), Row(0), Row(None, {"unit": "E", "works": 4})), False)},
    )

    assert (
        """\
unit_quotas = [ # mỗi nơi một số
    {unit = 'C # D', works = 3}, # hai
    # nơi thứ nhất
    {unit = "A, [B]", works = 1}, # một
    {unit = "E", works = 4}
]
"""
        in text
    )


def test_a_table_with_a_heading_of_its_own_becomes_a_value_and_a_value_a_table():
    text = written(
        COMMENTED, {"prizes": Rows((Row(0, {"money": {"multiple": 10}}), Row(1, {"money": 5}))), "name": "x"}
    )

    assert [prize["money"] for prize in document.read(text)["prizes"]] == [{"multiple": 10}, 5]
    assert document.read(text)["name"] == "x"


def test_no_change_is_no_difference():
    assert changes(document.read(PRESET), document.read(PRESET)) == ()


def test_differences_are_listed_at_their_places():
    text = written(PRESET, {"calendar.decision_on": date(2025, 10, 7), "limits.works_per_author": 3})
    text = text.replace("max_authors = 5\n", "max_authors = 6\n", 1).replace("grace_minutes = 60\n", "")

    assert changes(document.read(PRESET), document.read(text)) == (
        Change("calendar.decision_on", "06/10/2025", "07/10/2025"),
        Change("calendar.grace_minutes", "60", None),
        Change("limits.works_per_author", "5", "3"),
        Change("categories[BAO_IN].max_authors", "5", "6"),
    )
