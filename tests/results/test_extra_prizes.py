"""Special, thematic and collective prizes, concluded with a whole last round."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.results import material
from contest.results.blockers import Blocks, blockers
from contest.results.extra_prizes import ExtraPrize, PassedOver
from contest.results.material import Act, Ballot, Member, Work
from contest.results.newsrooms_now import in_question
from contest.results.outcome import RoundOutcome, conclude
from tests.results.materials import SEALED_AT, act, plain_regulation, scored, work, written

TIERS = [
    {"code": "A", "name": "Nhất", "quota": 1, "floor": 80, "money": 20_000_000},
    {"code": "B", "name": "Nhì", "quota": 1, "floor": 60, "money": 10_000_000},
]
SPECIAL = {"code": "DB", "name": "Đặc biệt", "from_tiers": ["A"], "by": "mean", "money": 30_000_000}
THEMATIC = {"code": "CD", "name": "Chuyên đề", "topics": ["kinh_te"], "money": 5_000_000}
COLLECTIVE = {"code": "TT", "name": "Tập thể", "points_per_work": 1, "points_per_prize": {"A": 5}, "money": 7_000_000}
PRINT, RADIO, TV = work(1), work(2, "PHAT_THANH"), work(3, "TRUYEN_HINH")
MEMBERS = [Member(str(number), "BAO_IN", number == 1) for number in range(1, 6)]


def concluded(totals: Mapping[Work, int], changes: Mapping[str, Any], **others: Any) -> RoundOutcome:
    return conclude(scored(plain_regulation(prizes=TIERS, **changes), totals, **others))


def winners(prize: ExtraPrize) -> list[str]:
    return [winner.subject for winner in prize.winners]


def voting(prize: str, *named: str) -> list[Ballot]:
    """One paper a member, saying yes to a work each, or to nothing."""
    return [
        Ballot(1, prize, str(number), {subject: "yes"} if subject else {}) for number, subject in enumerate(named, 1)
    ]


# Special -------------------------------------------------------------------------------------------------------------


def test_the_best_of_the_firsts_takes_the_special_prize_and_gives_back_the_other():
    outcome = concluded({PRINT: 8100, RADIO: 9000, TV: 7900}, {"special_prizes": [SPECIAL]})

    assert winners(outcome.special[0]) == [RADIO.entry]
    assert outcome.prizes == {PRINT.entry: ("A",), RADIO.entry: ("DB",), TV.entry: ("B",)}
    assert [(each.prize, each.count) for each in outcome.money.spent] == [("A", 1), ("B", 1), ("DB", 1)]
    assert outcome.money.total == 60_000_000


def test_nobody_moves_up_into_the_place_of_a_special_prize():
    second = work(4, "PHAT_THANH")

    outcome = concluded({RADIO: 9000, second: 8900}, {"special_prizes": [SPECIAL]})

    assert outcome.prizes == {RADIO.entry: ("DB",), second.entry: ("B",)}


def test_a_special_prize_can_come_on_top_of_the_other():
    outcome = concluded({RADIO: 9000}, {"special_prizes": [SPECIAL | {"replaces": False}]})

    assert (outcome.prizes, outcome.replaced) == ({RADIO.entry: ("A", "DB")}, {})


def test_equal_means_over_the_groups_are_a_question_that_an_act_about_the_prize_settles():
    totals, changes = {PRINT: 9000, RADIO: 9000}, {"special_prizes": [SPECIAL]}
    order = [RADIO.entry, PRINT.entry]

    (asked,) = concluded(totals, changes).special
    elsewhere = concluded(totals, changes, acts=[act(1, material.TIE_SETTLED, "category:BAO_IN", order=order)])
    settled = concluded(totals, changes, acts=[act(2, material.TIE_SETTLED, "prize:DB", order=order)])

    assert (asked.question.entries, asked.question.prizes) == ((PRINT.entry, RADIO.entry), ("DB", None))
    assert elsewhere.special[0].question is not None
    assert (winners(settled.special[0]), settled.special[0].settled) == ([RADIO.entry], 2)


def test_a_special_prize_has_its_own_floor():
    assert winners(concluded({RADIO: 9000}, {"special_prizes": [SPECIAL | {"floor": 95}]}).special[0]) == []


def test_a_special_prize_by_act_goes_to_whom_the_newest_act_names_among_the_candidates():
    changes = {"special_prizes": [SPECIAL | {"by": "act", "floor": 85}]}
    named = [TV.entry, PRINT.entry, RADIO.entry]

    def chosen(*acts: Act) -> ExtraPrize:
        return concluded({PRINT: 8100, RADIO: 9000, TV: 7900}, changes, acts=acts).special[0]

    first = act(1, material.PRIZE_CHOSEN, "prize:DB", prize="DB", subjects=[])
    prize = chosen(first, act(2, material.PRIZE_CHOSEN, "prize:DB", prize="DB", subjects=named))

    assert chosen().is_open
    assert (chosen(first).is_open, winners(chosen(first))) == (False, [])
    assert (winners(prize), prize.act) == ([RADIO.entry], 2)
    assert prize.passed_over == (
        (TV.entry, PassedOver.NOT_A_CANDIDATE),
        (PRINT.entry, PassedOver.BELOW_FLOOR),
    )


def test_a_special_prize_by_vote_is_open_until_the_vote_and_then_goes_to_whom_it_carries():
    changes = {"special_prizes": [SPECIAL | {"by": "vote", "vote": {"kind": "approval", "most": 1}}]}
    totals = {PRINT: 8100, RADIO: 9000}

    none = concluded(totals, changes, members=MEMBERS).special[0]
    cast = voting("DB", PRINT.entry, PRINT.entry, PRINT.entry, RADIO.entry, RADIO.entry)
    outcome = concluded(totals, changes, members=MEMBERS, ballots=cast)

    assert (none.is_open, winners(none)) == (True, [])
    assert winners(outcome.special[0]) == [PRINT.entry]
    assert written(outcome)["special"][0]["winners"][0]["count"]["yes"] == 3


# Thematic ------------------------------------------------------------------------------------------------------------


def test_a_thematic_prize_goes_to_the_best_work_on_the_theme_that_has_no_prize():
    other = work(4, "PHAT_THANH", topic="van_hoa_xa_hoi")
    totals = {PRINT: 9500, RADIO: 5000, other: 5500, TV: 4000}

    outcome = concluded(totals, {"thematic_prizes": [THEMATIC | {"quota": 2}]})

    assert winners(outcome.thematic[0]) == [RADIO.entry, TV.entry]
    assert outcome.prizes == {PRINT.entry: ("A",), RADIO.entry: ("CD",), TV.entry: ("CD",)}


def test_a_thematic_prize_may_come_on_top_where_a_work_may_take_several():
    outcome = concluded({PRINT: 9500}, {"thematic_prizes": [THEMATIC], "awarding": {"one_prize": False}})

    assert outcome.prizes == {PRINT.entry: ("A", "CD")}


# Collective ----------------------------------------------------------------------------------------------------------


def accepted(**works: int) -> list[Work]:
    """So many accepted works of each newsroom."""
    return [
        work(number, outlet=outlet)
        for outlet, count in works.items()
        for number in range(100 * len(outlet), 100 * len(outlet) + count)
    ]


def test_newsrooms_get_points_for_works_and_prizes():
    paper = work(1, outlet="Bao")

    (prize,) = concluded(
        {paper: 9000}, {"collective_prizes": [COLLECTIVE]}, accepted_works=accepted(Bao=2, Radio=6)
    ).collective

    (winner,) = prize.winners
    assert (winner.subject, winner.works, winner.points) == ("Bao", 2, 7)


@pytest.mark.parametrize(
    ("radio", "now", "would", "equal"),
    [
        (6, [], {"Bao": False, "Radio": True}, ()),
        (2, [], {"Bao": False, "Radio": False}, ("Bao", "Radio")),
        (1, [], {"Bao": True}, ()),
    ],
)
def test_who_would_have_the_prize_of_a_newsroom_once_a_prize_is_taken_back_is_told(radio, now, would, equal):
    paper = work(1, outlet="Bao")
    counted = concluded(
        {paper: 9000}, {"collective_prizes": [COLLECTIVE]}, accepted_works=accepted(Bao=2, Radio=radio)
    ).material
    then, holders = [(paper.entry, "A")], {"TT": frozenset({"Bao"})}

    assert in_question(counted, then, then, holders) == []
    (asked,) = in_question(counted, then, now, holders)

    assert {each.name: each.would for each in asked.newsrooms} == would
    assert asked.equal == equal
    assert asked.is_another == (radio > 1)
    assert {each.name: (each.then, each.now) for each in asked.newsrooms}["Bao"] == (7, 2)


def test_a_newsroom_with_too_few_works_is_not_considered():
    changes = {"collective_prizes": [COLLECTIVE | {"minimum_works": 3}]}
    paper = work(1, outlet="Bao")

    (prize,) = concluded({paper: 9000}, changes, accepted_works=accepted(Bao=2, Radio=6)).collective

    assert (winners(prize), prize.candidates) == (["Radio"], 1)


def test_newsrooms_with_equal_points_are_a_question():
    works = accepted(Bao=2, Radio=2)

    (prize,) = concluded({TV: 100}, {"collective_prizes": [COLLECTIVE]}, accepted_works=works).collective

    assert prize.question.entries == ("Bao", "Radio")


def test_no_newsroom_wins_with_no_points():
    changes = {"collective_prizes": [{**COLLECTIVE, "points_per_work": None, "quota": 5}]}

    (prize,) = concluded({TV: 100}, changes, accepted_works=accepted(Bao=2)).collective

    assert (winners(prize), prize.question) == ([], None)


def test_newsrooms_can_be_voted_on():
    changes = {"collective_prizes": [COLLECTIVE | {"by": "vote", "vote": {"kind": "yes_no"}}]}
    cast = voting("TT", "Radio", "Radio", "Radio", "Bao", "")

    (prize,) = concluded(
        {TV: 100}, changes, accepted_works=accepted(Bao=9, Radio=2), members=MEMBERS, ballots=cast
    ).collective

    assert winners(prize) == ["Radio"]


@given(
    st.dictionaries(st.sampled_from(["Bao", "Radio", "Truyen"]), st.integers(0, 5)),
    st.integers(1, 3),
    st.fractions(Fraction(1, 3), 3, max_denominator=6),
)
def test_no_more_newsrooms_win_than_there_are_prizes_and_none_with_fewer_points_than_a_loser(works, quota, weight):
    rule = COLLECTIVE | {"quota": quota, "points_per_work": f"{weight.numerator}/{weight.denominator}"}

    (prize,) = concluded({TV: 100}, {"collective_prizes": [rule]}, accepted_works=accepted(**works)).collective

    assert len(prize.winners) <= quota
    losers = set(works) - set(winners(prize))
    assert all(works[winner] > works[loser] for winner in winners(prize) for loser in losers)
    assert all(winner.points == works[winner.subject] * weight for winner in prize.winners)


@pytest.mark.parametrize("by", ["vote", "act"])
def test_what_people_must_decide_blocks_until_they_have(by):
    vote = {"vote": {"kind": "yes_no"}} if by == "vote" else {}
    changes = {"collective_prizes": [{**COLLECTIVE, "by": by, **vote}]}
    outcome = concluded({TV: 100}, changes, accepted_works=accepted(Bao=1), members=MEMBERS)

    found = blockers(outcome, closes=SEALED_AT, now=SEALED_AT)

    assert [(each.code, each.prize) for each in found] == [(Blocks.PRIZE_OPEN, "TT")]
