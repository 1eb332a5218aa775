from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.regulations.scoring import AdvancementTerms
from contest.results.advancement import advance
from contest.results.ranking import rank
from contest.results.tally import Sheet, tally
from tests.results.materials import terms


def places(*totals: int):
    return rank(
        tally(f"BI-{number:04}", [Sheet("j", {"dung": total})], terms()) for number, total in enumerate(totals, start=1)
    )


def asked(share: Fraction | None = None, **terms) -> AdvancementTerms:
    return AdvancementTerms.model_construct(share=share, **terms)


HALF = asked(Fraction(1, 2))


def test_half_of_an_odd_number_is_rounded_up():
    assert advance(places(90, 80, 70, 60, 50), HALF).entries == ("BI-0001", "BI-0002", "BI-0003")


def test_everyone_at_the_edge_goes_on():
    result = advance(places(90, 80, 80, 80), HALF)

    assert result.entries == ("BI-0001", "BI-0002", "BI-0003", "BI-0004")
    (term,) = result.terms
    assert (term.term, term.limit, term.seats, term.edge, term.beyond) == ("share", Fraction(1, 2), 2, 2, 2)


def test_nobody_goes_on_from_an_empty_category():
    assert advance([], HALF).entries == ()
    assert advance([], asked(top=3, floor=0, flagged=True, join="any")).entries == ()


def test_a_share_of_one_third_is_exact():
    third = asked(Fraction(1, 3))

    assert len(advance(places(9, 8, 7, 6, 5, 4), third).entries) == 2
    assert len(advance(places(9, 8, 7, 6, 5, 4, 3), third).entries) == 3


def test_the_best_ten_go_on_with_everyone_equal_to_the_tenth():
    assert len(advance(places(*range(20)), asked(top=10)).entries) == 10
    assert len(advance(places(*[5] * 12, 4), asked(top=10)).entries) == 12
    assert len(advance(places(1, 2), asked(top=10)).entries) == 2


def test_a_floor_is_reached_by_a_mean_exactly_at_it():
    assert advance(places(7000, 6999), asked(floor=7000)).entries == ("BI-0001",)


def test_those_flagged_go_on():
    result = advance(places(9, 8, 7), asked(flagged=True), flagged={"BI-0003", "BI-0099"})

    assert result.entries == ("BI-0003",)


def test_all_terms_are_needed_or_one_is_enough():
    ranked = places(9000, 6000, 5000, 8000)

    assert advance(ranked, asked(Fraction(3, 4), floor=6500, join="all")).entries == ("BI-0001", "BI-0004")
    either = advance(ranked, asked(top=1, flagged=True, join="any"), flagged={"BI-0003"})
    assert either.entries == ("BI-0001", "BI-0003")
    assert [either.passed(f"BI-000{number}") for number in (1, 2, 3)] == [("top",), (), ("flagged",)]


def test_what_is_voted_on_must_be_carried_whatever_else_is_asked():
    result = advance(places(9, 8, 7), asked(top=2, flagged=True, join="any"), flagged={"BI-0003"}, carried={"BI-0002"})

    assert result.entries == ("BI-0002",)
    assert result.passed("BI-0002") == ("carried", "top")


@pytest.mark.parametrize("join", ["any", "all"])
def test_where_nothing_is_asked_everyone_goes_on(join):
    assert len(advance(places(9, 8), asked(join=join)).entries) == 2


@given(st.lists(st.integers(0, 9), max_size=30), st.fractions(0, 1, max_denominator=9))
def test_at_least_the_share_goes_on_and_nobody_worse_than_the_last_seat(totals, share):
    ranked = places(*totals)
    result = advance(ranked, asked(share))
    (term,) = result.terms

    assert len(result.entries) >= share * len(ranked)
    assert term.seats < share * len(ranked) + 1
    staying = [place.place for place in ranked if place.entry not in result.entries]
    assert all(place > term.edge for place in staying)


any_terms = st.builds(
    asked,
    st.none() | st.fractions(Fraction(1, 9), 1, max_denominator=9),
    top=st.none() | st.integers(1, 12),
    floor=st.none() | st.integers(0, 9),
    flagged=st.booleans(),
    join=st.sampled_from(["all", "any"]),
)


@given(st.lists(st.integers(0, 9), max_size=12), any_terms, st.sets(st.sampled_from([f"BI-{n:04}" for n in range(12)])))
def test_equal_works_go_on_together_unless_one_is_flagged_and_explanations_agree(totals, rule, flagged):
    ranked = places(*totals)
    result = advance(ranked, rule, flagged=flagged)
    names = {term.term for term in result.terms}

    for one in ranked:
        passed = set(result.passed(one.entry))
        enough = (not names or bool(passed)) if rule.join == "any" else passed == names
        assert (one.entry in result.entries) == enough
        for other in one.tied_with:
            if (one.entry in flagged) == (other in flagged):
                assert (one.entry in result.entries) == (other in result.entries)
