"""Documents broken one value at a time: every kind of value of the widest sound document, damaged in every way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import time
from decimal import Decimal
from typing import Any

from tests.regulations.changing import changed
from tests.regulations.contradictions import (
    BONUS,
    COLLECTIVE,
    PANELS,
    PRESET,
    SALARY,
    SPECIAL,
    THEMATIC,
    YES_NO,
)
from tests.regulations.writing import toml


def shortened(document: dict[str, Any]) -> dict[str, Any]:
    """Leave out what only repeats: a document of a third of the length is damaged three times as fast."""
    short = deepcopy(document)
    short["rubrics"] = short["rubrics"][:1]
    for criterion in short["rubrics"][0]["criteria"][1:]:
        del criterion["guidance"]
    for rule in short["rounds"]:
        rule["rubrics"] = dict.fromkeys(rule["rubrics"], "bao_in")
    for category in short["categories"]:
        category["slots"] = [slot for slot in category["slots"] if slot["required"] or slot["code"] == "da_phuong_tien"]
    for chapter in short["chapters"]:
        for article in chapter["articles"]:
            article["clauses"] = [clause for clause in article["clauses"] if len(clause) > 1]
        chapter["articles"] = [article for article in chapter["articles"] if article["clauses"]]
    short["chapters"] = [chapter for chapter in short["chapters"] if chapter["articles"]]
    return short


WIDE = changed(
    shortened(PRESET),
    {
        "limits.by_role": [{"roles": ["Quay phim"], "works": 3}],
        "limits.bonus": [{"genres": ["phim_tai_lieu"], "works": 1}],
        "entrants.unit_quotas": [{"unit": "Báo Quảng Ngãi", "works": 30}],
        "categories.BAO_IN.instalment_fields": ["issue", "page"],
        "rubrics.bao_in.criteria.bam_sat.comment_below": 5,
        "rubrics.bao_in.criteria.bam_sat.weight": "1",
        "rounds.so_khao.panels": PANELS["rounds"][0]["panels"],
        "rounds.so_khao.aggregation": {"kind": "trimmed", "drop": 1, "when_at_least": 3, "of": "total"},
        "rounds.so_khao.bonus": [{**BONUS, "categories": ["BAO_DIEN_TU"], "genres": [], "by_act": False}],
        "rounds.so_khao.discrepancy": {"limit": 20, "measure": "range", "consequence": "third_replaces"},
        "rounds.so_khao.advancement": {
            "kind": "combination", "share": "1/2", "top": 9, "join": "any", "categories": {"BAO_IN": {"top": 5}},
        },
        "prizes.A.quotas": {"BAO_IN": 2},
        "base_salary": SALARY["base_salary"],
        "awarding": {"on_revocation": "next_moves_up"},
        "prizes.KK.money": {"in_kind": "Sách", "worth": 100_000},
        "special_prizes": [{**SPECIAL, "by": "vote", "vote": {**YES_NO, "quorum": "2/3", "ballots": 2}}],
        "thematic_prizes": [THEMATIC],
        "collective_prizes": [COLLECTIVE],
        "gates": {
            "approvals": ["Ban Tổ chức"],
            "no_open_complaint": True,
            "complaint_days": 5,
            "answer_days": 7,
            "remark": "join",
            "remark_jurors": 3,
            "winners_confirm": True,
            "winners_days": 5,
            "bank_days": 60,
            "open_scores": True,
        },
        "safeguards": {"second_person": ["publish"], "second_person_days": 3},
        "carry_on": {"tiers": ["A"], "top": 3},
    },
)  # fmt: skip
"""A document that says something of nearly everything."""

Place = tuple[str | int, ...]
Damage = Callable[[Any], Any]


def places(value: Any = WIDE, way: Place = ()) -> Iterator[Place]:
    """Walk through one place of each kind: of the items of a list only the first."""
    if way:
        yield way
    if isinstance(value, dict):
        for key, item in value.items():
            yield from places(item, (*way, key))
    elif isinstance(value, list) and value:
        yield from places(value[0], (*way, 0))


def written(way: Place) -> str:
    """Write a place as problems do."""
    path, here = "", WIDE
    for step in way:
        here = here[step]
        if isinstance(step, int):
            code = here.get("code") if isinstance(here, dict) else None
            path += f"[{code or f'#{step + 1}'}]"
        else:
            path += f".{step}" if path else step
    return path


def damaged(way: Place, damage: Damage) -> str:
    """Write the document with one value damaged."""
    document = deepcopy(WIDE)
    here = document
    for step in way[:-1]:
        here = here[step]
    here[way[-1]] = damage(here[way[-1]])
    return toml(document)


def without(way: Place) -> str:
    """Write the document without one value."""
    document = deepcopy(WIDE)
    here = document
    for step in way[:-1]:
        here = here[step]
    del here[way[-1]]
    return toml(document)


def of_kind(*kinds: type) -> Callable[[Any], bool]:
    return lambda value: type(value) in kinds


def anything(value: Any) -> bool:
    return True


# What is done to a value, to which kinds of value, and how.
DAMAGES: dict[str, tuple[Callable[[Any], Any], Damage]] = {
    "an hour alone": (anything, lambda value: time(7, 30)),
    "a list in a list": (anything, lambda value: [[[value]]]),
    "a table with an unknown name": (anything, lambda value: {"la_lung": value}),
    "below nothing": (of_kind(int, Decimal), lambda value: -1),
    "beyond every bound": (of_kind(int, Decimal), lambda value: 10**30),
    "no number": (of_kind(int, Decimal), lambda value: Decimal("1.005")),
    "yes instead of a number": (of_kind(int, Decimal), lambda value: True),
    "a number in words": (of_kind(int, Decimal), lambda value: "mười"),
    "empty": (of_kind(str), lambda value: "   "),
    "without end": (of_kind(str), lambda value: "á" * 5000),
    "a bell": (of_kind(str), lambda value: f"{value}\x07"),
    "written backwards": (of_kind(str), lambda value: f"\u202e{value}"),
    "marks upon marks": (of_kind(str), lambda value: value + "\u0301\u0323" * 3000),
    "nothing to be seen": (of_kind(str), lambda value: "\u200b\u2060"),
    "a number instead of words": (of_kind(str), lambda value: Decimal("12.5")),
    "words instead of yes": (of_kind(bool), lambda value: "có"),
    "a thousand times": (lambda value: type(value) is list and value, lambda value: value * 1000),
    "one value, not a list": (of_kind(list), lambda value: value[0] if value else 1),
}


def mutations() -> Iterator[tuple[str, str, str]]:
    """Give each damaged document with its name and the place of the damage."""
    for way in places():
        value: Any = WIDE
        for step in way:
            value = value[step]
        for name, (fits, damage) in DAMAGES.items():
            if fits(value):
                yield f"{written(way)}: {name}", damaged(way, damage), written(way)
