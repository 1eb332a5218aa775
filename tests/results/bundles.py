"""Contests for bundles, made of plain values: with every kind of act, and one whose council votes."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import tomlkit

from contest.regulations import presets, schema
from contest.regulations.schema import Regulation
from contest.results import record
from contest.results.material import Act, Ballot, Member, RoundMaterial, Work
from contest.results.recount import computing, packing, writing
from contest.results.recount.contents import Assigned, Contents, SealedRound, Sent
from contest.results.tally import LeftOut, Sheet

CONTEST = "bao-chi-dan-van-kheo"
SEALED_AT = "2025-09-19T02:00:00.000000+00:00"
RECEIVED_AT = "2025-08-10T01:00:00.000000+00:00"
NOTHING = "0" * 64

Changes = Callable[[Any], None]


def regulation_text(change: Changes | None = None, preset: str = "quang_ngai_2025") -> str:
    """The text of a preset, changed."""
    document = tomlkit.parse(presets.text(preset))
    if change is not None:
        change(document)
    return tomlkit.dumps(document)


def with_every_rule(document: Any) -> None:
    """Ask for everything that only people can decide."""
    first, last = document["rounds"]
    first["discrepancy"] = {"limit": 5, "consequence": "hold"}
    first["bonus"] = [{"code": "clip", "name": "Có clip", "points": 1, "by_act": True}]
    first["advancement"] = {"kind": "combination", "share": "1/2", "flagged": True, "join": "any"}
    first["aggregation"] = {"kind": "trimmed", "drop": 1, "when_at_least": 3}
    last["discrepancy"] = {"limit": 5, "consequence": "third_joins"}
    last["panel_size"] = 8
    last["jurors_per_entry"] = 6
    last["tie_breaks"] = ["criterion:phat_hien", "highest_sheet", "earlier_receipt", "chair_sheet", "lot"]
    document["prizes"][1]["exact"] = True
    document["special_prizes"] = [
        {
            "code": "DB",
            "name": "Giải Đặc biệt",
            "from_tiers": ["A", "B"],
            "by": "vote",
            "vote": {"kind": "yes_no", "quorum": "1/2", "secret": False},
            "money": {"multiple": 10},
        }
    ]
    document["thematic_prizes"] = [{"code": "TRE", "name": "Tác giả trẻ", "by": "act", "money": 3_000_000}]
    document["collective_prizes"] = [
        {
            "code": "TT",
            "name": "Giải Tập thể",
            "by": "formula",
            "points_per_work": 1,
            "points_per_prize": {"A": 3, "B": 2},
            "money": {"in_kind": "Một máy ảnh", "worth": 20_000_000},
        }
    ]
    document["base_salary"] = {
        "on": document["calendar"]["decision_on"],
        "amounts": [{"since": document["calendar"]["decision_on"] - timedelta(days=90), "amount": 2_340_000}],
    }


def scored_round(
    text: str, code: str, *, works: int = 6, seed: int = 1, opened_under: str = "", acts: tuple[Act, ...] = ()
) -> SealedRound:
    """A round in which the jurors of each category have marked each work, some far from the others."""
    ruling = schema.parse(text)
    regulation = schema.parse(opened_under or text)
    rule, chance = regulation.round(code), random.Random(seed)
    members, found, sheets, superseded, assignments = [], [], {}, {}, []
    sent: dict[tuple[str, str, int], Sent] = {}
    for category in regulation.categories[:2]:
        rubric = rule.rubric(category.code)
        jurors = [f"{category.prefix.lower()}-juror-{number}" for number in range(rule.panel_size)]
        members += [Member(juror, category.code, number == 0) for number, juror in enumerate(jurors)]
        for number in range(1, works + 1):
            entry = f"{category.prefix}-{number:04}"
            found.append(
                Work(
                    entry,
                    category.code,
                    category.genres[number % len(category.genres)],
                    regulation.topics[0].code,
                    f"Báo số {number % 3}, miền Trung",
                    RECEIVED_AT,
                    frozenset({category.slots[0].code}),
                )
            )
            shares = [chance.randint(55, 95)] * rule.jurors_per_entry
            if number == 2:
                shares[-1] = 20
            if number == 4:
                shares = [92] * len(shares)
            if number in (3, 5):
                shares = [66] * len(shares)
            given = [
                _sheet(code, entry, juror, rubric, share, sent, chair=position == 0)
                for position, (juror, share) in enumerate(zip(jurors, shares, strict=False))
            ]
            if number == 1:
                given[1], older = _corrected(code, entry, given[1], rubric, sent)
                superseded[entry] = (older,)
                given[-1] = replace(given[-1], left_out=LeftOut.RECUSED)
            sheets[entry] = tuple(given)
            assignments += [
                Assigned(entry, sheet.juror, category.code, sheet.chair, sheet.third, RECEIVED_AT) for sheet in given
            ]
    found[-1] = replace(found[-1], out="withdrawn")
    return SealedRound(
        material=RoundMaterial(
            code=code,
            regulation=regulation,
            ruling=ruling,
            works=tuple(found),
            sheets=sheets,
            members=tuple(members),
            acts=acts,
            accepted_works=tuple(found[:-1]) if ruling.rounds[-1].code == code else (),
        ),
        regulation=schema.fingerprint(opened_under or text),
        ruling=schema.fingerprint(text),
        sealed_at=SEALED_AT,
        opened_at=RECEIVED_AT,
        superseded=superseded,
        assignments=tuple(assignments),
        sent=sent,
        recorded={act.number: ("secretary", SEALED_AT) for act in acts},
    )


def _sheet(
    code: str,
    entry: str,
    juror: str,
    rubric: Any,
    share: int,
    sent: dict[tuple[str, str, int], Sent],
    *,
    chair: bool = False,
    revision: int = 1,
) -> Sheet:
    marks = {}
    for criterion in rubric:
        mark = criterion.maximum * share // 100
        marks[criterion.code] = mark - mark % criterion.step
    sheet = Sheet(juror, marks, chair=chair, revision=revision)
    arrived = sent[entry, juror, revision] = Sent(RECEIVED_AT, NOTHING)
    return replace(sheet, sha256=computing.sheet_fingerprint(code, entry, sheet, arrived))


def _corrected(
    code: str, entry: str, sheet: Sheet, rubric: Any, sent: dict[tuple[str, str, int], Sent]
) -> tuple[Sheet, Sheet]:
    newer = _sheet(code, entry, sheet.juror, rubric, 77, sent, chair=sheet.chair, revision=2)
    return newer, sheet


def with_every_act() -> Contents:
    """Two scored rounds: works withdrawn, sheets corrected and left out, and every kind of act recorded."""
    opened_under, text = regulation_text(with_every_rule), regulation_text(with_every_rule) + "\n# Sửa đổi\n"
    first = scored_round(text, "so_khao", opened_under=opened_under)
    sheets = sorted([sheet.juror, sheet.revision] for sheet in first.material.sheets["BI-0002"])
    first = _with_acts(
        first,
        Act(1, "remark_asked", "entry:BI-0002", {"entry": "BI-0002", "jurors": ["bi-juror-2"], "until": RECEIVED_AT}),
        Act(2, "discrepancy_accepted", "entry:BI-0002", {"entry": "BI-0002", "sheets": sheets}),
        Act(3, "flagged", "category:BAO_IN", {"entries": ["BI-0003"]}),
        Act(4, "bonus_given", "bonus:clip", {"bonus": "clip", "entries": ["BI-0001", "BDT-0002"]}),
    )
    last = scored_round(text, "chung_khao", seed=2)
    jurors = sorted({member.juror for member in last.material.members})
    tied = ["BI-0004", "BDT-0004"]
    last = _with_acts(
        last,
        Act(1, "sitting", "question:DB", {"ballot": 1, "question": "DB", "present": jurors[:12]}),
        Act(2, "tie_settled", "category:BAO_IN", {"order": ["BI-0005", "BI-0003"], "method": "lot"}),
        Act(3, "tie_settled", "prize:DB", {"order": tied, "method": "act"}),
        Act(4, "accepted_short", "group:BAO_IN", {"group": "BAO_IN", "tier": "B", "given": 1}),
        Act(5, "prize_chosen", "prize:TRE", {"prize": "TRE", "subjects": ["BI-0002"]}),
    )
    third = _sheet(
        "chung_khao",
        "BI-0002",
        "bi-juror-7",
        last.material.regulation.round("chung_khao").rubric("BAO_IN"),
        70,
        dict(last.sent),
    )
    third = replace(third, third=True, sha256="")
    ballots = tuple(
        Ballot(1, "DB", juror, {"BI-0004": "yes" if number % 3 else "no", "BDT-0004": "yes"} if number else {})
        for number, juror in enumerate(jurors[:10])
    )
    material = replace(
        last.material,
        sheets=dict(last.material.sheets) | {"BI-0002": (*last.material.sheets["BI-0002"], third)},
        ballots=ballots,
    )
    extra = Assigned("BI-0002", "bi-juror-7", "BAO_IN", False, True, RECEIVED_AT)
    last = replace(last, material=material, assignments=(*last.assignments, extra))
    return sealed(first, last, texts=(opened_under, text))


def voted() -> Contents:
    """A contest whose last round is a secret vote, tier by tier."""
    text = regulation_text(preset="bo_phieu")
    first = scored_round(text, "so_khao")
    ruling = schema.parse(text)
    members = tuple(Member(f"member-{number}", "hoi_dong", number == 0) for number in range(7))
    panels = {panel.code for panel in ruling.panels_of(ruling.rounds[-1])}
    members = tuple(replace(member, panel=panel) for panel in sorted(panels) for member in members)
    works = first.material.works
    chance = random.Random(7)
    ballots = tuple(
        Ballot(1, tier.code, f"pseudonym-{tier.code}-{number}", {
            work.entry: chance.choice(("yes", "yes", "no")) for work in works if work.category == "BAO_IN"
        })
        for tier in ruling.prizes
        for number in range(6)
    )  # fmt: skip
    material = RoundMaterial(
        "chung_khao", ruling, ruling, works, members=members, ballots=ballots, accepted_works=works
    )
    last = SealedRound(material, schema.fingerprint(text), schema.fingerprint(text), SEALED_AT, RECEIVED_AT)
    return sealed(first, last, texts=(text,))


def _with_acts(round_: SealedRound, *acts: Act) -> SealedRound:
    recorded = {act.number: ("secretary", SEALED_AT) for act in acts}
    return replace(round_, material=replace(round_.material, acts=acts), recorded=recorded)


def sealed(*rounds: SealedRound, texts: tuple[str, ...]) -> Contents:
    """Freeze what the rounds come to."""
    documents = [computing.compute_round(CONTEST, each) for each in rounds]
    return Contents(
        contest=CONTEST,
        texts={schema.fingerprint(text): text for text in texts},
        rounds=tuple(
            replace(each, sha256=record.fingerprint(document)) for each, document in zip(rounds, documents, strict=True)
        ),
        result={"format": 1, "contest": CONTEST, "rounds": documents},
    )


def simple(preset: str = "quang_ngai_2025", works: int = 6) -> Contents:
    """One contest of scored rounds without acts."""
    text = regulation_text(preset=preset)
    regulation: Regulation = schema.parse(text)
    return sealed(*(scored_round(text, rule.code, works=works) for rule in regulation.rounds), texts=(text,))


def folder(tmp_path: Path, files: Mapping[str, bytes]) -> Path:
    """Lay files into a folder."""
    place = tmp_path / "bundle"
    for name, content in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
    return place


def zipped(tmp_path: Path, contents: Contents) -> Path:
    """Pack a contest."""
    place = tmp_path / "bundle.zip"
    place.write_bytes(packing.pack(writing.files(contents)))
    return place
