import itertools
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from contest.results.awards import Why, award
from contest.results.ranking import rank
from contest.results.tally import Sheet, tally


class Tier(NamedTuple):
    code: str
    quota: int
    floor: int


TIERS = (Tier("A", 1, 9000), Tier("B", 2, 8000), Tier("C", 3, 7000), Tier("KK", 5, 6000))


def places(*totals: int, orders=None):
    return rank(
        (
            tally(f"e{number}", [Sheet("j", {"dung": total})], ("dung",), minimum=1)
            for number, total in enumerate(totals, start=1)
        ),
        (),
        orders,
    )


def given_tiers(outcome) -> dict[str, str | None]:
    return {each.entry: each.tier for each in outcome.awards}


def test_the_best_take_the_highest_tier_whose_floor_they_reach():
    outcome = award(places(9500, 9200, 8500, 8100, 5900), TIERS)

    assert given_tiers(outcome) == {"e1": "A", "e2": "B", "e3": "B", "e4": "C", "e5": None}


def test_a_tier_that_nobody_reaches_stays_empty_and_is_not_handed_down():
    outcome = award(places(8900, 8800), TIERS)

    assert given_tiers(outcome) == {"e1": "B", "e2": "B"}
    assert [(tier.tier, tier.given) for tier in outcome.tiers] == [("A", 0), ("B", 2), ("C", 0), ("KK", 0)]


def test_the_answers_say_which_floor_or_quota_decided():
    outcome = award(places(9500, 9200, 6500), TIERS)

    assert [(answer.tier, answer.why, answer.limit) for answer in outcome.awards[1].answers] == [
        ("A", Why.QUOTA_FULL, 1),
        ("B", Why.GIVEN, 8000),
    ]
    assert [(answer.tier, answer.why) for answer in outcome.awards[2].answers] == [
        ("A", Why.BELOW_FLOOR),
        ("B", Why.BELOW_FLOOR),
        ("C", Why.BELOW_FLOOR),
        ("KK", Why.GIVEN),
    ]


def test_a_mean_exactly_at_the_floor_reaches_it():
    assert given_tiers(award(places(9000, 7999), TIERS)) == {"e1": "A", "e2": "C"}


def test_a_tie_within_one_tier_is_no_question():
    outcome = award(places(9500, 8500, 8500), TIERS)

    assert outcome.questions == ()
    assert given_tiers(outcome) == {"e1": "A", "e2": "B", "e3": "B"}


def test_a_tie_at_a_boundary_is_a_question_that_names_the_entries_and_the_prizes_at_stake():
    outcome = award(places(9500, 9500, 8500, 8400), TIERS)

    (question,) = outcome.questions
    assert (question.entries, question.prizes) == (("e1", "e2"), ("A", "B"))
    assert given_tiers(outcome) == {"e3": "B", "e4": "C"}


def test_a_tie_for_the_last_prize_asks_who_goes_without():
    outcome = award(places(6500, 6500), (Tier("KK", 1, 6000),))

    assert outcome.questions[0].prizes == ("KK", None)


def test_a_recorded_act_settles_the_question():
    outcome = award(places(9500, 9500, 8500, orders={frozenset({"e1", "e2"}): ("e2", "e1")}), TIERS)

    assert outcome.questions == ()
    assert given_tiers(outcome) == {"e2": "A", "e1": "B", "e3": "B"}


tiers = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 12)), min_size=1, max_size=5).map(
    lambda rows: tuple(
        Tier(f"t{number}", quota, floor)
        for number, (quota, floor) in enumerate(
            zip([quota for quota, _ in rows], sorted((floor for _, floor in rows), reverse=True), strict=True)
        )
    )
)
contests = st.lists(st.integers(0, 12), max_size=20)


@given(contests, tiers)
def test_quota_and_floor_are_never_passed(totals, prize_tiers):
    ranked = places(*totals)
    mean = {place.entry: place.mean for place in ranked}
    outcome = award(ranked, prize_tiers)

    for tier in prize_tiers:
        winners = [each.entry for each in outcome.awards if each.tier == tier.code]
        asked = sum(question.prizes.count(tier.code) for question in outcome.questions)
        assert len(winners) + asked <= tier.quota
        assert all(mean[entry] >= tier.floor for entry in winners)


@given(contests, tiers)
def test_a_better_entry_never_gets_less_and_equal_ones_get_the_same(totals, prize_tiers):
    outcome = award(places(*totals), prize_tiers)
    order = {tier.code: number for number, tier in enumerate(prize_tiers)} | {None: len(prize_tiers)}
    awards = sorted(outcome.awards, key=lambda each: each.place)

    assert all(order[a.tier] <= order[b.tier] for a, b in itertools.pairwise(awards))
    assert all(a.tier == b.tier for a in awards for b in awards if a.place == b.place)


@given(contests, tiers)
def test_no_prize_stays_in_a_tier_whose_floor_somebody_lower_or_unrewarded_reaches(totals, prize_tiers):
    ranked = places(*totals)
    mean = {place.entry: place.mean for place in ranked}
    outcome = award(ranked, prize_tiers)
    if outcome.questions:
        return

    order = {tier.code: number for number, tier in enumerate(prize_tiers)} | {None: len(prize_tiers)}
    for number, tier in enumerate(prize_tiers):
        if outcome.tiers[number].given < tier.quota:
            assert all(mean[each.entry] < tier.floor for each in outcome.awards if order[each.tier] > number)


@given(contests, tiers)
def test_every_entry_is_either_answered_or_asked_about(totals, prize_tiers):
    outcome = award(places(*totals), prize_tiers)

    named = [each.entry for each in outcome.awards] + [e for question in outcome.questions for e in question.entries]
    assert sorted(named) == sorted(f"e{number}" for number in range(1, len(totals) + 1))
