from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from contest.results.advancement import advance
from contest.results.ranking import rank
from contest.results.tally import Sheet, tally

HALF = Fraction(1, 2)


def places(*totals: int):
    return rank(
        tally(f"BI-{number:04}", [Sheet("j", {"dung": total})], ("dung",), minimum=1)
        for number, total in enumerate(totals, start=1)
    )


def test_half_of_an_odd_number_is_rounded_up():
    assert advance(places(90, 80, 70, 60, 50), HALF).entries == ("BI-0001", "BI-0002", "BI-0003")


def test_everyone_at_the_edge_goes_on():
    result = advance(places(90, 80, 80, 80), HALF)

    assert result.entries == ("BI-0001", "BI-0002", "BI-0003", "BI-0004")
    assert (result.seats, result.edge, result.beyond) == (2, 2, 2)


def test_nobody_goes_on_from_an_empty_category():
    assert advance([], HALF).entries == ()


def test_a_share_of_one_third_is_exact():
    assert len(advance(places(9, 8, 7, 6, 5, 4), Fraction(1, 3)).entries) == 2
    assert len(advance(places(9, 8, 7, 6, 5, 4, 3), Fraction(1, 3)).entries) == 3


@given(st.lists(st.integers(0, 9), max_size=30), st.fractions(0, 1, max_denominator=9))
def test_at_least_the_share_goes_on_and_nobody_worse_than_the_last_seat(totals, share):
    ranked = places(*totals)
    result = advance(ranked, share)

    assert len(result.entries) >= share * len(ranked)
    assert result.seats < share * len(ranked) + 1
    staying = [place.place for place in ranked if place.entry not in result.entries]
    assert all(place > result.edge for place in staying)
