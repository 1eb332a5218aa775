import itertools
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from contest.results.awards import Offer, Why, award, award_by_vote, fill
from contest.results.ranking import Order, rank
from contest.results.tally import Sheet, tally
from contest.results.voting import Support
from tests.results.materials import terms

TIERS = (Offer("A", 1, 9000), Offer("B", 2, 8000), Offer("C", 3, 7000), Offer("KK", 5, 6000))


def places(*totals: int, orders=None):
    return rank(
        (tally(f"e{number}", [Sheet("j", {"dung": total})], terms()) for number, total in enumerate(totals, start=1)),
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
    outcome = award(places(6500, 6500), (Offer("KK", 1, 6000),))

    assert outcome.questions[0].prizes == ("KK", None)


def test_a_recorded_act_settles_the_question():
    outcome = award(places(9500, 9500, 8500, orders={frozenset({"e1", "e2"}): Order(("e2", "e1"))}), TIERS)

    assert outcome.questions == ()
    assert given_tiers(outcome) == {"e2": "A", "e1": "B", "e3": "B"}


def test_a_tier_without_a_quota_takes_everyone_who_reaches_it():
    outcome = award(places(9500, 9400, 9300), (Offer("A", None, 9400), Offer("B", 1)))

    assert given_tiers(outcome) == {"e1": "A", "e2": "A", "e3": "B"}


# Bands ---------------------------------------------------------------------------------------------------------------


def test_in_bands_a_full_tier_hands_nothing_down():
    outcome = award(places(9500, 9400, 8500), TIERS, "bands")

    assert outcome.questions == ()
    assert given_tiers(outcome) == {"e1": "A", "e2": None, "e3": "B"}
    assert [(answer.tier, answer.why) for answer in outcome.awards[1].answers] == [
        ("A", Why.QUOTA_FULL),
        ("B", Why.ABOVE_BAND),
        ("C", Why.ABOVE_BAND),
        ("KK", Why.ABOVE_BAND),
    ]


def test_bands_of_ten_points_give_every_mean_its_own_prize():
    """A from 9, B from 8, C from 7, an encouragement from 6 of 10, as many as earn it (Lâm Đồng)."""
    bands = (Offer("A", None, 900), Offer("B", None, 800), Offer("C", None, 700), Offer("KK", None, 600))

    outcome = award(places(1000, 900, 899, 800, 799, 600, 599), bands, "bands")

    assert list(given_tiers(outcome).values()) == ["A", "A", "B", "B", "C", "KK", None]


def test_a_tie_at_the_edge_of_a_full_band_is_a_question():
    (question,) = award(places(8500, 8100, 8100), TIERS, "bands").questions

    assert (question.entries, question.prizes) == (("e2", "e3"), ("B", None))


# By vote -------------------------------------------------------------------------------------------------------------


def voted(*carried: str, tiers=(Offer("A", 1), Offer("B", 2)), orders=None):
    """Prizes of works named like "A:1:5": carried for a tier in a ballot with votes; "-" is carried for none."""
    found = {f"e{number}": text.split(":") for number, text in enumerate(carried, start=1)}

    def support(entry: str, tier: str) -> Support | None:
        code, ballot, votes = found[entry] if found[entry] != ["-"] else ("", 0, 0)
        codes = [offer.code for offer in tiers]
        is_carried = code in codes and codes.index(code) <= codes.index(tier)
        return Support(int(ballot), Fraction(int(votes), 7)) if is_carried else None

    return award_by_vote(places(*[0] * len(carried)), tiers, support, orders)


def test_a_vote_gives_each_tier_to_those_it_carries():
    outcome = voted("A:1:6", "B:1:5", "-")

    assert given_tiers(outcome) == {"e1": "A", "e2": "B", "e3": None}
    assert [(answer.tier, answer.why) for answer in outcome.awards[2].answers] == [
        ("A", Why.NOT_CARRIED),
        ("B", Why.NOT_CARRIED),
    ]


def test_when_more_are_carried_than_there_are_prizes_more_votes_come_first():
    outcome = voted("A:1:5", "A:1:6", "B:1:4")

    assert given_tiers(outcome) == {"e1": "B", "e2": "A", "e3": "B"}
    assert outcome.awards[0].answers[0].why == Why.QUOTA_FULL


def test_what_an_earlier_ballot_carried_comes_before_more_votes_in_a_later_one():
    assert given_tiers(voted("A:1:4", "A:2:7", tiers=(Offer("A", 1),))) == {"e1": "A", "e2": None}


def test_equal_votes_at_the_edge_are_a_question_that_a_recorded_order_settles():
    tiers = (Offer("A", 1),)

    (question,) = voted("A:1:5", "A:1:5", tiers=tiers).questions
    settled = voted("A:1:5", "A:1:5", tiers=tiers, orders={frozenset({"e1", "e2"}): Order(("e2", "e1"))})

    assert (question.entries, question.prizes) == (("e1", "e2"), ("A", None))
    assert (settled.questions, given_tiers(settled)) == ((), {"e1": None, "e2": "A"})


@given(
    st.lists(
        st.one_of(st.just("-"), st.tuples(st.sampled_from("AB"), st.integers(1, 2), st.integers(4, 7))).map(
            lambda row: row if row == "-" else ":".join(map(str, row))
        ),
        max_size=9,
    ),
    st.integers(0, 3),
    st.none() | st.integers(0, 3),
)
def test_a_vote_never_gives_more_than_the_quota_nor_anything_uncarried(rows, first, second):
    tiers = (Offer("A", first), Offer("B", second))

    outcome = voted(*rows, tiers=tiers)

    named = [each.entry for each in outcome.awards] + [e for question in outcome.questions for e in question.entries]
    assert sorted(named) == sorted(f"e{number}" for number in range(1, len(rows) + 1))
    for tier in tiers:
        winners = [each.entry for each in outcome.awards if each.tier == tier.code]
        asked = sum(question.prizes.count(tier.code) for question in outcome.questions)
        assert tier.quota is None or len(winners) + asked <= tier.quota
    assert all(each.tier is None or rows[int(each.entry[1:]) - 1] != "-" for each in outcome.awards)


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 3)), st.integers(0, 5))
def test_seats_are_filled_from_the_best_down_and_equals_never_split(keys, seats):
    filled = fill(keys, seats)

    assert len(filled.taken) <= seats
    assert set(filled.taken).isdisjoint(filled.asked)
    out = set(keys) - set(filled.taken)
    assert all(keys[one] > keys[other] for one in filled.taken for other in out)
    if filled.asked:
        assert len(filled.taken) + filled.seats == seats
        assert len({keys[each] for each in filled.asked}) == 1
        assert filled.seats < len(filled.asked)
    else:
        assert len(filled.taken) == seats or len(filled.taken) == len(keys) or filled.seats == 0


tiers = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 12)), min_size=1, max_size=5).map(
    lambda rows: tuple(
        Offer(f"t{number}", quota, floor)
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


@given(contests, tiers)
def test_bands_pass_neither_quota_nor_floor_nor_the_floor_above(totals, prize_tiers):
    ranked = places(*totals)
    mean = {place.entry: place.mean for place in ranked}
    outcome = award(ranked, prize_tiers, "bands")

    for above, tier in zip((None, *prize_tiers), prize_tiers, strict=False):
        winners = [each.entry for each in outcome.awards if each.tier == tier.code]
        asked = sum(question.prizes.count(tier.code) for question in outcome.questions)
        assert len(winners) + asked <= tier.quota
        assert all(mean[entry] >= tier.floor for entry in winners)
        assert above is None or all(mean[entry] < above.floor for entry in winners)
