"""The page about the recount tells of every table, column, kind of act and refusal, and its example is true."""

from __future__ import annotations

import re
from pathlib import Path

from contest.results.outcome import conclude
from contest.results.recount import choices, layout
from contest.results.tally import Sheet
from tests.results.materials import act, last_round, regulation, work, written

TOLD = (Path(__file__).parent.parent.parent / "docs/recount.md").read_text("utf-8")


def section(heading: str) -> str:
    return TOLD.partition(f"**`{heading}`**")[2].partition("\n**`")[0].partition("\n## ")[0]


def test_every_file_is_told():
    names = [layout.REGULATION, layout.RESULT, layout.HASHES, layout.README, *(table.file for table in layout.TABLES)]

    assert [name for name in names if f"| `{name}` |" not in TOLD] == []


def test_every_column_is_told_at_its_table():
    missing = [
        f"{table.file}: {column}"
        for table in layout.TABLES
        for column in table.columns
        if not re.search(rf"\b{column}\b", section(table.file))
    ]

    assert missing == []


def test_the_key_of_every_table_is_told():
    told = {table.file: set(re.findall(r"\*\*(\w+)\*\*", section(table.file))) for table in layout.TABLES}

    assert {table.file: set(table.key) for table in layout.TABLES} == told


def test_every_kind_of_act_is_told():
    assert [kind for kind in choices.SAYS if f"`{kind}`" not in TOLD] == []


RUBRIC = {
    "code": "vi_du",
    "name": "Ví dụ",
    "criteria": [
        {"code": "dung", "name": "Đúng", "maximum": 85, "step": 1},
        {"code": "hay", "name": "Hay", "maximum": 40, "step": 1, "weight": "1/2"},
    ],
}


def example(tie_breaks: list[str], *acts):
    last = {
        "rubrics": {"BAO_IN": "vi_du"},
        "tie_breaks": tie_breaks,
        "discrepancy": None,
        "minimum_sheets": 3,
    }
    tiers = [
        {"code": "A", "name": "A", "quota": 1, "floor": 80, "money": 15_000_000},
        {"code": "B", "name": "B", "quota": 1, "floor": 70, "money": 10_000_000},
    ]
    ruling = regulation(last=last, rubrics=[RUBRIC], prizes=tiers)
    marks = {
        1: ((80, 20), (70, 40), (75, 30)),
        2: ((85, 10), (75, 30), (80, 20)),
        3: ((60, 20), (61, 20), (61, 20)),
    }
    works = {number: work(number) for number in marks}
    sheets = {
        works[number].entry: [
            Sheet(f"j{juror}", {"dung": right * 100, "hay": good * 100}) for juror, (right, good) in enumerate(given)
        ]
        for number, given in marks.items()
    }
    return written(conclude(last_round(ruling, works.values(), sheets, acts=acts)))


def test_the_example_comes_to_what_is_told():
    result = example(["criterion:hay", "act"])
    first, second, third = result["groups"][0]["lines"]

    assert [line["mean"] for line in (first, second, third)] == ["9000/1", "9000/1", "21200/3"]
    assert first["steps"] == [
        {"rule": "mean", "value": "9000/1", "among": 3, "outcome": "separated"},
        {"rule": "criterion:hay", "value": "3000/1", "among": 2, "outcome": "separated"},
    ]
    assert [line["tier"] for line in (first, second, third)] == ["A", "B", None]
    assert third["answers"] == [
        {"tier": "A", "why": "below_floor", "limit": 8000},
        {"tier": "B", "why": "quota_full", "limit": 1},
    ]
    assert result["money"]["total"] == 25_000_000


def test_the_example_with_an_act_comes_to_what_is_told():
    order = ["BAO_IN-0002", "BAO_IN-0001"]
    result = example(["act"], act(5, "tie_settled", "category:BAO_IN", order=order, method="act"))
    first, second, _ = result["groups"][0]["lines"]

    assert [(line["entry"], line["settled"], line["steps"][-1]["value"]) for line in (first, second)] == [
        ("BAO_IN-0002", 5, "2/1"),
        ("BAO_IN-0001", 5, "1/1"),
    ]
    assert all(line["tier"] is None for line in example(["act"])["groups"][0]["lines"][:2])
