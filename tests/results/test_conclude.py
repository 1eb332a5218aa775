"""Whole rounds from their material: groups, votes, two versions of the regulation, and what the record says of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from contest.results import material
from contest.results.material import Ballot, Member
from contest.results.outcome import conclude
from contest.results.tally import Sheet
from tests.results.materials import act, last_round, plain_regulation, regulation, scored, work, written

TIERS = [
    {"code": "A", "name": "A", "quota": 1, "quotas": {"PHAT_THANH": 2}, "floor": 60, "money": 2},
    {"code": "B", "name": "B", "quota": 1, "floor": 50, "money": 1},
]
COUNCIL = [Member(str(number), "hoi_dong", number == 1) for number in range(1, 6)]
ONE, TWO, THREE = work(1), work(2), work(3)


def places(outcome) -> dict[str, dict[str, int]]:
    return {
        group.group: {place.entry: place.place for place in group.places} for group in outcome.groups if group.places
    }


# Groups --------------------------------------------------------------------------------------------------------------


def test_works_compete_in_their_category():
    radio = work(1, "PHAT_THANH")

    outcome = conclude(scored(plain_regulation(prizes=TIERS), {ONE: 7000, TWO: 6000, radio: 5000}))

    assert places(outcome) == {"BAO_IN": {ONE.entry: 1, TWO.entry: 2}, "PHAT_THANH": {radio.entry: 1}}


def test_works_of_all_categories_compete_together_when_the_prizes_are_pooled():
    radio = work(1, "PHAT_THANH")
    ruling = plain_regulation(prizes=TIERS, awarding={"scope": "pooled"})

    outcome = conclude(scored(ruling, {ONE: 7000, radio: 6500}))

    assert places(outcome) == {"toan_giai": {ONE.entry: 1, radio.entry: 2}}
    assert outcome.prizes == {ONE.entry: ("A",), radio.entry: ("B",)}


def test_a_work_that_no_group_takes_is_ranked_nowhere_and_named():
    groups = [{"code": "phong_su", "name": "Phóng sự", "genres": ["phong_su"]}]
    ruling = plain_regulation(prizes=TIERS, awarding={"scope": "groups", "groups": groups})
    other = work(2, genre="phan_anh")

    record = written(conclude(scored(ruling, {ONE: 7000, other: 9000})))

    assert [line["entry"] for line in record["groups"][0]["lines"]] == [ONE.entry]
    (line,) = record["ungrouped"]
    assert (line["entry"], line["place"], line["mean"], line["prizes"]) == (other.entry, None, "9000/1", [])


def test_a_group_can_have_another_quota():
    radio = [work(number, "PHAT_THANH") for number in (1, 2)]

    outcome = conclude(scored(plain_regulation(prizes=TIERS), {ONE: 7000, TWO: 7100, radio[0]: 7000, radio[1]: 6500}))

    assert [tier.given for group in outcome.groups for tier in group.prizes.tiers if tier.tier == "A"] == [1, 0, 2, 0]


def test_a_work_that_left_the_contest_is_out_and_nobody_asks_for_its_sheets():
    gone = replace(TWO, out="withdrawn")

    record = written(conclude(scored(plain_regulation(prizes=TIERS), {ONE: 7000, gone: 9000})))

    assert record["out"] == {gone.entry: "withdrawn"}
    assert [line["entry"] for group in record["groups"] for line in group["lines"]] == [ONE.entry]


# Two versions --------------------------------------------------------------------------------------------------------


def test_the_rubric_is_that_of_the_opening_and_the_prizes_are_those_of_the_sealing():
    opened = plain_regulation(prizes=TIERS)
    rubric = {"code": "hai", "name": "Hai", "criteria": [{"code": "sau", "name": "Sau", "maximum": 9, "step": 1}]}
    amended = regulation(
        rubrics=[rubric],
        first={"rubrics": {}},
        last={"rubrics": {"BAO_IN": "hai"}, "minimum_sheets": 1},
        prizes=[{**TIERS[0], "code": "C", "floor": 0}],
    )

    outcome = conclude(replace(scored(opened, {ONE: 100}), ruling=amended))

    assert outcome.groups[0].places[0].mean == 100
    assert outcome.prizes == {ONE.entry: ("C",)}


# Earlier rounds ------------------------------------------------------------------------------------------------------


def test_an_earlier_round_sends_on_in_each_category():
    ruling = plain_regulation(
        first={
            "rubrics": {"BAO_IN": "mot", "PHAT_THANH": "mot"},
            "minimum_sheets": 1,
            "advancement": {"kind": "combination", "share": "1/2", "categories": {"PHAT_THANH": {"flagged": True}}},
        }
    )
    radio = [work(number, "PHAT_THANH") for number in (1, 2)]
    totals = {ONE: 70, TWO: 60, THREE: 50, radio[0]: 90, radio[1]: 10}
    sheets = {each.entry: [Sheet("j", {"dung": total})] for each, total in totals.items()}
    acts = [
        act(1, material.FLAGGED, "category:PHAT_THANH", entries=[radio[0].entry]),
        act(2, material.FLAGGED, "category:PHAT_THANH", entries=[radio[1].entry]),
    ]

    outcome = conclude(last_round(ruling, totals, sheets, code="so_khao", acts=acts))

    assert outcome.advancing == (ONE.entry, TWO.entry, radio[1].entry)
    group = written(outcome)["groups"][0]
    assert group["advancement"] == {
        "join": "all",
        "terms": [{"term": "share", "limit": "1/2", "seats": 2, "edge": 2}],
        "going": 2,
    }
    assert [(line["advanced"], line["passed"]) for line in group["lines"]] == [
        (True, ["share"]),
        (True, ["share"]),
        (False, []),
    ]


def test_a_voted_round_sends_on_what_the_council_carries():
    ruling = plain_regulation(
        first={"vote": {"kind": "yes_no"}, "panels": "council", "advancement": {"kind": "top", "top": 3}}
    )
    choices = [{ONE.entry: "yes", TWO.entry: "yes"}] * 3 + [{ONE.entry: "yes", THREE.entry: "yes"}] * 2
    cast = [Ballot(1, "", str(number), choice) for number, choice in enumerate(choices, 1)]

    outcome = conclude(last_round(ruling, [ONE, TWO, THREE], code="so_khao", members=COUNCIL, ballots=cast))

    assert outcome.advancing == (ONE.entry, TWO.entry)
    record = written(outcome)
    assert record["votes"] == [
        {
            "question": "",
            "panel": "hoi_dong",
            "kind": "yes_no",
            "ballots": [
                {
                    "ballot": 1,
                    "members": 5,
                    "present": 5,
                    "cast": 5,
                    "quorum": "1/2",
                    "counts": True,
                    "left_out": {},
                }
            ],
        }
    ]
    line = record["groups"][0]["lines"][1]
    assert (line["carried"], line["passed"]) == ("yes", ["carried", "top"])
    assert line["counts"] == [
        {"question": "", "ballot": 1, "of": 5, "needed": 3, "casting": False, "carried": "yes", "yes": 3, "no": 0}
    ]


# Voted prizes --------------------------------------------------------------------------------------------------------


def voted_prizes(kind: str, *choices: dict[str, str], question: str = "", members=COUNCIL, acts=()):
    ruling = plain_regulation(
        last={"vote": {"kind": kind}, "panels": "council"},
        prizes=[{**tier, "floor": 0} for tier in TIERS],
        awarding={"method": "vote"},
    )
    cast = [Ballot(1, question, str(number), choice) for number, choice in enumerate(choices, 1)]
    return conclude(last_round(ruling, [ONE, TWO, THREE], members=members, ballots=cast, acts=acts))


def test_a_council_gives_prizes_by_naming_a_tier_for_each_work():
    choice = {ONE.entry: "A", TWO.entry: "B"}

    outcome = voted_prizes("tier", choice, choice, choice, {ONE.entry: "B", TWO.entry: "A"}, {})

    assert outcome.prizes == {ONE.entry: ("A",), TWO.entry: ("B",)}
    assert places(outcome) == {"BAO_IN": {ONE.entry: 1, TWO.entry: 2, THREE.entry: 3}}


def test_more_works_than_prizes_with_equal_votes_wait_for_a_recorded_order():
    choice = {ONE.entry: "A", TWO.entry: "A", THREE.entry: "A"}
    settling = act(1, material.TIE_SETTLED, order=[TWO.entry, THREE.entry, ONE.entry])

    asked = voted_prizes("tier", *[choice] * 5)
    settled = voted_prizes("tier", *[choice] * 5, acts=[settling])

    (question,) = asked.groups[0].prizes.questions
    assert (question.entries, question.prizes) == ((ONE.entry, TWO.entry, THREE.entry), ("A", None, None))
    assert (settled.prizes[TWO.entry], places(settled)["BAO_IN"][TWO.entry]) == (("A",), 1)


def test_a_ranking_of_the_council_fills_the_quotas_from_the_smallest_sum():
    choice = {TWO.entry: "1", ONE.entry: "2", THREE.entry: "3"}

    outcome = voted_prizes("ranking", choice, choice, {THREE.entry: "1"})

    assert outcome.prizes == {TWO.entry: ("A",), ONE.entry: ("B",)}
    counts = {line["entry"]: line["counts"][0]["sum"] for line in written(outcome)["groups"][0]["lines"]}
    assert counts == {TWO.entry: 4, ONE.entry: 6, THREE.entry: 7}


def test_a_group_that_no_paper_ranks_waits_for_its_vote_although_the_council_has_ranked_another():
    ruling = plain_regulation(last={"vote": {"kind": "ranking"}, "panels": "council"})
    ranked = [Ballot(1, "", str(number), {ONE.entry: "1", TWO.entry: "2"}) for number in range(1, 6)]
    unranked = work(9, "PHAT_THANH")
    members = [*COUNCIL, *(replace(member, panel="khac") for member in COUNCIL)]  # what they name tells of which

    outcome = conclude(last_round(ruling, [ONE, TWO, unranked], members=members, ballots=ranked))

    assert [missing.entries for missing in outcome.missing_votes] == [(unranked.entry,)]


def test_members_of_one_panel_have_no_vote_in_another():
    strangers = [Member(str(number), "khac") for number in range(1, 6)]

    assert voted_prizes("tier", *[{ONE.entry: "A"}] * 5, members=strangers).missing_votes[0].question == ""


# The record ----------------------------------------------------------------------------------------------------------


def test_the_record_says_how_every_figure_came_about():
    ruling = plain_regulation(
        last={
            "minimum_sheets": 2,
            "aggregation": {"kind": "trimmed", "when_at_least": 3},
            "discrepancy": 20,
            "bonus": [{"code": "clip", "name": "Clip", "points": Decimal("1.5"), "slots": ["clip"]}],
        },
        prizes=TIERS,
    )
    one = replace(ONE, slots=frozenset({"clip"}))
    sheets = {
        one.entry: [
            Sheet(f"j{number}", {"dung": total}, sha256="ab") for number, total in enumerate((1000, 7000, 7200))
        ]
    }
    accepting = act(
        4, material.DISCREPANCY_ACCEPTED, entry=one.entry, sheets=[[f"j{number}", 1] for number in range(3)]
    )

    (line,) = written(conclude(last_round(ruling, [one], sheets, acts=[accepting])))["groups"][0]["lines"]

    assert {key: line[key] for key in line if key not in ("sheets", "answers")} == {
        "entry": one.entry,
        "category": "BAO_IN",
        "place": 1,
        "tied_with": [],
        "steps": [{"rule": "mean", "value": "7150/1", "among": 1, "outcome": "equal"}],
        "settled": None,
        "mean": "7150/1",
        "aggregate": "7000/1",
        "bonus": [{"bonus": "clip", "points": 150}],
        "criteria": {"dung": "15200/3"},
        "aggregation": "trimmed",
        "dropped": [{"of": "total", "low": ["1000/1"], "high": ["7200/1"]}],
        "minimum": 2,
        "lowest": "1000/1",
        "highest": "7200/1",
        "spread": "6200/1",
        "limit": 2000,
        "measure": "range",
        "consequence": "hold",
        "accepted": 4,
        "left_out": [],
        "tier": "A",
        "replaced_by": None,
        "prizes": ["A"],
    }
    assert line["sheets"][0] == {
        "juror": "j0",
        "revision": 1,
        "chair": False,
        "third": False,
        "marks": {"dung": 1000},
        "total": "1000/1",
        "sha256": "ab",
    }
    assert line["answers"] == [{"tier": "A", "why": "given", "limit": 6000}]
