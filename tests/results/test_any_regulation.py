"""No regulation makes the computation raise, whatever the material: odd papers, strangers, broken acts."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contest.audit.chain import canonical
from contest.results import material as kinds
from contest.results.blockers import Blocks, blockers
from contest.results.material import Act, Ballot, Member, RoundMaterial, Work
from contest.results.outcome import conclude
from contest.results.tally import LeftOut, Sheet
from tests.results.materials import SEALED_AT, regulation, written

CATEGORIES = ["BAO_IN", "BAO_DIEN_TU", "PHAT_THANH", "TRUYEN_HINH"]
GENRES = ["phong_su", "phan_anh", "ghi_chep"]
TOPICS = ["kinh_te", "van_hoa_xa_hoi"]
CRITERIA = ["mot", "hai"]
TIERS = ["A", "B", "C"]
EXTRA = ["DB", "CD", "TT"]
ENTRIES = [f"BI-{number:04}" for number in range(6)]
JURORS = ["j1", "j2", "j3", "j4"]
OUTLETS = ["Báo Quảng Ngãi", "Đài PT-TH Quảng Ngãi", ""]
PANELS = ["hoi_dong", "BAO_IN", "PHAT_THANH"]
RECEIPTS = [*(f"2025-08-10T0{hour}:00:00+07:00" for hour in range(9)), "2025-08-10T01:00:00+00:00", "hôm qua"]


def table(optional: dict[str, Any] | None = None, **required: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


def some(values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=2)


# Regulations ---------------------------------------------------------------------------------------------------------

small = st.integers(1, 3)
floors = st.integers(0, 14)
money = st.one_of(
    st.integers(0, 10**7),
    table(multiple=st.integers(1, 20)),
    table(in_kind=st.just("Một chuyến đi"), worth=st.integers(0, 10**8)),
)
votes = table(
    {
        "most": small,
        "quorum": st.sampled_from(["1/4", "1/2", "1"]),
        "majority": st.sampled_from(["present", "members", "two_thirds"]),
        "ballots": small,
        "casting_vote": st.booleans(),
        "secret": st.booleans(),
    },
    kind=st.sampled_from(["yes_no", "tier", "approval", "ranking"]),
)
tie_breaks = st.lists(
    st.sampled_from(
        ["criterion:mot", "criterion:hai", "highest_sheet", "earlier_receipt", "chair_sheet", "vote", "lot", "act"]
    ),
    min_size=1,
    max_size=5,
)
panels = st.one_of(
    st.sampled_from(["category", "council"]),
    st.just([{"code": "hoi_dong", "name": "Hội đồng", "categories": ["BAO_IN"]}]),
)
scoring = {
    "vote": votes,
    "panels": panels,
    "minimum_sheets": small,
    "tie_breaks": tie_breaks,
    "aggregation": table(
        {"drop": small, "when_at_least": small, "of": st.sampled_from(["total", "criterion"])},
        kind=st.sampled_from(["mean", "trimmed", "median", "sum"]),
    ),
    "discrepancy": table(
        {
            "measure": st.sampled_from(["range", "distance"]),
            "consequence": st.sampled_from(["flag", "hold", "third_replaces", "third_joins"]),
        },
        limit=st.integers(1, 9),
    ),
    "bonus": st.lists(
        table(
            {"categories": some(CATEGORIES), "genres": some(GENRES), "slots": some(["clip"]), "by_act": st.booleans()},
            code=st.sampled_from(["clip", "anh"]),
            name=st.just("Thêm"),
            points=st.integers(0, 3),
        ),
        max_size=2,
    ),
}
advancement = table(
    {
        "share": st.sampled_from(["1/3", "1/2", "1"]),
        "top": small,
        "floor": floors,
        "flagged": st.booleans(),
        "join": st.sampled_from(["any", "all"]),
        "categories": st.just({"BAO_IN": {"top": 1}}),
    },
    kind=st.just("combination"),
)
chosen_by = st.sampled_from(["mean", "vote", "act"])
some_works = {"categories": some(CATEGORIES), "genres": some(GENRES), "topics": some(TOPICS)}


def extra(code: str, by: st.SearchStrategy[str], optional: dict[str, Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    one = table({"quota": small, "vote": votes, **optional}, code=st.just(code), name=st.just(code), by=by, money=money)
    return st.lists(one, min_size=1, max_size=1)


rubrics = [
    {
        "code": "hai_tieu_chi",
        "name": "Hai tiêu chí",
        "criteria": [
            {"code": "mot", "name": "Một", "maximum": 10, "step": 1, "weight": "3/2"},
            {"code": "hai", "name": "Hai", "maximum": 10, "step": 1},
        ],
    }
]
marked = {"rubrics": dict.fromkeys(CATEGORIES, "hai_tieu_chi"), "scale": 25}
regulations = st.builds(
    regulation,
    first=table(scoring, **{key: st.just(value) for key, value in marked.items()}, advancement=advancement),
    last=table(scoring, **{key: st.just(value) for key, value in marked.items()}),
    rubrics=st.just(rubrics),
    prizes=st.permutations(TIERS).flatmap(
        lambda codes: st.tuples(
            *(
                table(
                    {
                        "quota": small,
                        "exact": st.booleans(),
                        "floor": floors,
                        "quotas": st.dictionaries(
                            st.sampled_from([*CATEGORIES, "toan_giai", "nhom"]), st.integers(0, 2), max_size=2
                        ),
                    },
                    code=st.just(code),
                    name=st.just(code),
                    money=money,
                )
                for code in codes[:2]
            )
        ).map(list)
    ),
    awarding=table(
        {"groups": st.lists(table(some_works, code=st.just("nhom"), name=st.just("Nhóm")), max_size=1)},
        scope=st.sampled_from(["category", "pooled", "groups"]),
        method=st.sampled_from(["quota", "bands", "vote"]),
        one_prize=st.booleans(),
    ),
    special_prizes=extra(
        "DB",
        chosen_by,
        {
            "from_tiers": st.lists(st.sampled_from(TIERS), min_size=1, max_size=2),
            "floor": floors,
            "replaces": st.booleans(),
        },
    ).map(lambda rows: [{"from_tiers": TIERS, **row} for row in rows]),
    thematic_prizes=extra("CD", chosen_by, {"floor": floors, **some_works}),
    collective_prizes=extra(
        "TT",
        st.sampled_from(["formula", "vote", "act"]),
        {
            "points_per_work": small,
            "points_per_prize": st.dictionaries(st.sampled_from([*TIERS, "DB"]), small),
            "minimum_works": small,
        },
    ),
    base_salary=st.just({"on": SEALED_AT.date(), "amounts": [{"since": SEALED_AT.date(), "amount": 1_210_000}]}),
)

# Material ------------------------------------------------------------------------------------------------------------
# Drawn from a seed: what a round needs to come to anything is too much to be met with by chance.


def drawn_work(chance: Random, entry: str) -> Work:
    return Work(
        entry,
        chance.choice(["BAO_IN"] * 8 + ["PHAT_THANH"] * 3 + ["ANH"]),
        chance.choice(GENRES),
        chance.choice(TOPICS),
        chance.choice(OUTLETS),
        chance.choice(RECEIPTS),
        chance.choice([frozenset(), frozenset({"clip"})]),
        chance.choice([""] * 9 + ["rejected", "withdrawn"]),
    )


def drawn_sheet(chance: Random, juror: str) -> Sheet:
    """Few different marks, so that works are often equal; now and then a sheet that cannot count."""
    marks = {code: chance.choice([500, 500, 500, 1000]) for code in CRITERIA}
    if chance.random() < 0.05:
        marks["ba"] = 1
    left_out = LeftOut.RECUSED if chance.random() < 0.05 else None
    return Sheet(juror, marks, juror == "j1", juror == "j4", 1, left_out)


def drawn_paper(chance: Random, ballot: int, question: str, voter: str) -> Ballot:
    words = ["yes"] * 6 + ["no", "1", "2", "3", "", "có"] + TIERS * 2
    named = [*ENTRIES, *OUTLETS, "BI-9999"]
    choice = {subject: chance.choice(words) for subject in named if chance.random() < 0.7}
    return Ballot(ballot, question, voter, choice, chance.choice([""] * 5 + PANELS))


def drawn_act(chance: Random, number: int) -> Act:
    entries = chance.sample(ENTRIES, chance.randint(1, 3))
    prize = chance.choice(EXTRA)
    subjects = chance.sample([*ENTRIES, *OUTLETS], chance.randint(0, 6))
    method = chance.choice(["act", "vote", "lot"])
    group, tier = chance.choice([*CATEGORIES, "nhom", "toan_giai"]), chance.choice(TIERS)
    present = chance.sample(JURORS, 3)
    sheets = [[juror, 1] for juror in chance.sample(JURORS, chance.randint(1, 3))]
    kind, subject, choice = chance.choice(
        [
            *[(kinds.TIE_SETTLED, "category:BAO_IN", {"order": entries, "method": method})] * 6,
            (kinds.TIE_SETTLED, f"prize:{prize}", {"order": subjects}),
            (kinds.FLAGGED, "category:BAO_IN", {"entries": entries}),
            (kinds.BONUS_GIVEN, "list", {"bonus": "clip", "entries": entries}),
            (kinds.ACCEPTED_SHORT, f"group:{group}", {"group": group, "tier": tier, "given": chance.randint(0, 2)}),
            *[(kinds.PRIZE_CHOSEN, f"prize:{prize}", {"prize": prize, "subjects": subjects})] * 3,
            (kinds.SITTING, "ballot", {"ballot": chance.randint(1, 2), "present": present}),
            (kinds.DISCREPANCY_ACCEPTED, "entry", {"entry": chance.choice(ENTRIES), "sheets": sheets}),
            ("remark_asked", "entry", {}),
        ]
    )
    for key in list(choice):
        if chance.random() < 0.05:
            choice[key] = chance.choice([None, 3, "A", True, [1, None], {}, [["j1"]]])
    return Act(number, kind, subject, choice)


@st.composite
def rounds(draw) -> RoundMaterial:
    rules = draw(regulations)
    ruling = draw(regulations) if draw(st.integers(0, 4)) == 0 else rules
    chance = Random(draw(st.integers(0, 2**32)))
    works = [drawn_work(chance, entry) for entry in chance.sample(ENTRIES, chance.choice([0, 3, 5, 6, 6]))]
    sheets = {
        entry: tuple(drawn_sheet(chance, juror) for juror in JURORS if chance.random() < 0.9)
        for entry in [*ENTRIES, "BI-9999"]
    }
    members = [Member(juror, panel, juror == "j1") for juror in JURORS for panel in PANELS if chance.random() < 0.8]
    ballots = [
        drawn_paper(chance, ballot, question, voter)
        for ballot in (0, 1, 2)
        for question in ("", *TIERS, *EXTRA)
        for voter in [*JURORS, "bí danh"]
        if chance.random() < 0.85
    ]
    acts = [drawn_act(chance, number) for number in range(1, chance.randint(1, 60))]
    accepted = [*works, *(drawn_work(chance, f"BI-1{number:03}") for number in range(4))]
    code = draw(st.sampled_from([rules.rounds[0].code] + [rules.rounds[-1].code] * 2))
    return RoundMaterial(
        code, rules, ruling, tuple(works), sheets, tuple(members), tuple(ballots), tuple(acts), tuple(accepted)
    )


slowly = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


@slowly
@given(rounds())
def test_no_regulation_and_no_material_makes_the_computation_raise(material):
    outcome = conclude(material)
    record = written(outcome)

    assert json.loads(canonical(record)) == record
    blockers(outcome, closes=SEALED_AT, now=SEALED_AT + timedelta(1))


@slowly
@given(rounds(), st.randoms())
def test_the_order_of_the_material_never_matters(material, random):
    def shuffled(values):
        return tuple(random.sample(values, len(values)))

    other = replace(
        material,
        works=shuffled(material.works),
        sheets={entry: shuffled(given) for entry, given in material.sheets.items()},
        members=shuffled(material.members),
        ballots=shuffled(material.ballots),
        acts=shuffled(material.acts),
        accepted_works=shuffled(material.accepted_works),
    )

    assert written(conclude(other)) == written(conclude(material))


@slowly
@given(rounds())
def test_every_work_is_accounted_for_once_and_no_limit_is_passed(material):
    outcome = conclude(material)
    record = written(outcome)

    lines = [line for group in record["groups"] for line in group["lines"] + group["unplaced"]] + record["ungrouped"]
    listed = [line["entry"] for line in lines] + list(record["out"])
    assert sorted(listed) == sorted(work.entry for work in material.works)
    for line in lines:
        jurors = [sheet["juror"] for sheet in line.get("sheets", []) + line.get("left_out", [])]
        if "sheets" in line:
            assert sorted(jurors) == sorted(sheet.juror for sheet in material.sheets.get(line["entry"], ()))
    if not material.is_last:
        return

    given_prizes = Counter(code for line in lines for code in line["prizes"])
    for group in record["groups"]:
        for tier in group["tiers"]:
            winners = [line for line in group["lines"] if line["tier"] == tier["tier"]]
            assert len(winners) == tier["given"]
            assert tier["quota"] is None or tier["given"] <= tier["quota"]
            assert all("mean" not in line or Fraction(line["mean"]) >= tier["floor"] for line in winners)
    for prize in [*record["special"], *record["thematic"], *record["collective"]]:
        assert len(prize["winners"]) <= prize["quota"]
        assert prize["prize"] == "TT" or given_prizes[prize["prize"]] == len(prize["winners"])
    if material.ruling.awarding.one_prize and not any(not prize.replaces for prize in material.ruling.special_prizes):
        assert all(len(line["prizes"]) <= 1 for line in lines)
    money = record["money"]
    assert money["total"] == sum(row["count"] * row["each"] for row in money["prizes"])
    assert {
        row["prize"]: row["count"] for row in money["prizes"] if row["prize"] != "TT" and row["count"]
    } == given_prizes


@slowly
@given(rounds())
def test_what_is_not_decided_blocks_and_what_blocks_names_no_mark(material):
    outcome = conclude(material)
    found = blockers(outcome, closes=SEALED_AT, now=SEALED_AT)

    codes = {blocker.code for blocker in found}
    assert all(group.unplaced == () for group in outcome.groups) or codes & {Blocks.SHEETS_MISSING, Blocks.VOTE_MISSING}
    if any(group.prizes and group.prizes.questions for group in outcome.groups):
        assert codes
    if any(prize.is_open or prize.question for prize in outcome.extra_prizes):
        assert codes
