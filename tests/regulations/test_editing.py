"""Forms change single values and leave the rest of the document as its author wrote it."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.regulations import document, presets, schema
from contest.regulations.changes import Change, changes
from contest.regulations.editing import value_at, written

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
