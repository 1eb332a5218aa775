from __future__ import annotations

from contest.entries.draft import INSTALMENT, blank, gaps, is_empty, with_part
from contest.entries.parts import Part
from contest.regulations import presets, schema

REGULATION = schema.parse(presets.text("quang_ngai_2025"))


def test_a_part_takes_no_keys_of_other_parts() -> None:
    draft = blank("BAO_IN")

    changed = with_part(draft, Part.WORK, {"title": "Mới", "state": "accepted", "owner_id": 7, "bylines": []})

    assert changed == draft | {"title": "Mới"}


def test_a_row_takes_no_unknown_keys() -> None:
    changed = with_part(blank("BAO_IN"), Part.INSTALMENTS, {"instalments": [{"title": "Kỳ 1", "score": 100}]})

    assert changed["instalments"] == [INSTALMENT | {"title": "Kỳ 1"}]


def test_a_new_draft_lacks_everything_that_must_be_told() -> None:
    parts = [finding.part for finding in gaps(blank("BAO_IN"), REGULATION)]

    assert set(parts) == {Part.WORK, Part.INSTALMENTS, Part.BYLINES, Part.EXEMPLARS}


def test_what_an_instalment_must_tell_depends_on_the_medium() -> None:
    def lacking(category: str) -> set[str]:
        return {gap.message for gap in gaps(blank(category), REGULATION) if gap.part is Part.INSTALMENTS}

    assert "Issue number of instalment %(number)s" in lacking("BAO_IN")
    assert "Address of instalment %(number)s" in lacking("BAO_DIEN_TU")
    assert "Channel of instalment %(number)s" in lacking("TRUYEN_HINH")


def test_a_row_in_which_nothing_was_typed_is_empty() -> None:
    assert is_empty(INSTALMENT, "instalments")
    assert not is_empty(INSTALMENT | {"url": "x"}, "instalments")
