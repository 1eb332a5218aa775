from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.regulations.scoring import Aggregation
from contest.results.ranking import Compared, Order, rank
from contest.results.tally import Sheet, Standing, tally
from contest.web.formats import rounded
from tests.results.materials import terms

CRITERIA = ("dung", "phat_hien", "hieu_qua")
TIE_BREAKS = ("criterion:phat_hien", "criterion:hieu_qua", "chair_sheet", "act")

small = st.fixed_dictionaries({code: st.integers(0, 2) for code in CRITERIA})


@st.composite
def contests(draw, maximum: int = 7):
    """Few possible marks, so that ties are common."""
    entries = draw(st.integers(1, maximum))
    chairs = draw(st.lists(st.booleans(), min_size=entries, max_size=entries))
    rows = draw(st.lists(st.lists(small, min_size=2, max_size=3), min_size=entries, max_size=entries))
    return {
        f"BI-{number:04}": [
            Sheet(f"j{juror}", marks, chair=chair and juror == 0) for juror, marks in enumerate(given_marks)
        ]
        for number, (given_marks, chair) in enumerate(zip(rows, chairs, strict=True), start=1)
    }


def standings(contest) -> list[Standing]:
    return [tally(entry, sheets, terms(CRITERIA, minimum=2)) for entry, sheets in contest.items()]


def scored(entry: str, *totals: int, chair: int | None = None) -> Standing:
    sheets = [Sheet(f"j{number}", {"dung": total}, chair=number == chair) for number, total in enumerate(totals)]
    return tally(entry, sheets, terms())


def placed(standings: Sequence[Standing], *arguments) -> dict[str, int]:
    return {place.entry: place.place for place in rank(standings, *arguments)}


def test_equal_entries_share_a_place_and_the_next_is_skipped():
    found = placed([scored("d", 70), scored("a", 90), scored("b", 80), scored("c", 80)])

    assert found == {"a": 1, "b": 2, "c": 2, "d": 4}


def test_means_that_look_alike_when_rounded_are_still_told_apart():
    third = scored("a", 80, 80, 81)
    less = scored("b", 80, 80, 80, 80, 80, 81, 81)

    assert (third.mean, less.mean) == (Fraction(241, 3), Fraction(562, 7))
    assert round(float(third.mean), 1) == round(float(less.mean), 1)
    assert placed([less, third]) == {"a": 1, "b": 2}


def test_tie_breaks_are_applied_in_the_order_of_the_regulation_and_each_comparison_is_kept():
    first = tally("a", [Sheet("j", {"dung": 10, "phat_hien": 30, "hieu_qua": 20})], terms(CRITERIA, minimum=1))
    second = tally("b", [Sheet("j", {"dung": 30, "phat_hien": 10, "hieu_qua": 20})], terms(CRITERIA, minimum=1))

    best, other = rank([second, first], TIE_BREAKS)

    assert (best.entry, best.place, other.entry, other.place) == ("a", 1, "b", 2)
    assert [(step.rule, step.value, step.outcome) for step in best.steps] == [
        ("mean", 60, Compared.EQUAL),
        ("criterion:phat_hien", 30, Compared.SEPARATED),
    ]


def test_the_sheet_of_the_chair_decides_only_where_the_chair_scored_every_equal_entry():
    with_chair = scored("a", 80, 80, chair=0)
    better = scored("b", 90, 70, chair=0)
    without = scored("c", 90, 70)

    assert placed([with_chair, better], TIE_BREAKS[2:]) == {"b": 1, "a": 2}
    assert placed([with_chair, without], TIE_BREAKS[2:]) == {"a": 1, "c": 1}
    assert rank([with_chair, without], TIE_BREAKS[2:])[0].steps[1].outcome == Compared.SKIPPED


def test_a_recorded_act_settles_exactly_the_tie_it_names():
    equal = [scored("a", 80), scored("b", 80), scored("c", 70), scored("d", 70)]

    assert placed(equal, (), {frozenset("ab"): Order(("b", "a"))}) == {"b": 1, "a": 2, "c": 3, "d": 3}
    assert placed(equal, (), {frozenset("abc"): Order(("b", "a", "c"))}) == {"a": 1, "b": 1, "c": 3, "d": 3}


def test_an_order_counts_only_where_the_regulation_lets_its_method_decide():
    equal = [scored("a", 80), scored("b", 80)]
    drawn = {frozenset("ab"): Order(("b", "a"), method="lot", act=7)}

    assert placed(equal, ("criterion:dung", "act"), drawn) == {"a": 1, "b": 1}
    assert placed(equal, ("criterion:dung", "vote", "lot"), drawn) == {"b": 1, "a": 2}
    best = rank(equal, ("vote", "lot"), drawn)[0]
    assert [(step.rule, step.outcome) for step in best.steps] == [
        ("mean", Compared.EQUAL),
        ("vote", Compared.SKIPPED),
        ("lot", Compared.SEPARATED),
    ]
    assert best.settled == 7


def test_the_highest_single_sheet_can_decide():
    assert placed([scored("a", 80, 80), scored("b", 90, 70)], ("highest_sheet",)) == {"b": 1, "a": 2}


def test_the_earlier_receipt_is_the_earlier_moment_whatever_its_zone():
    equal = [scored("a", 80), scored("b", 80)]
    receipts = {"a": "2025-08-10T08:00:00+07:00", "b": "2025-08-10T00:59:59+00:00"}

    best = rank(equal, ("earlier_receipt",), None, receipts)[0]

    assert (best.entry, best.steps[1].value) == ("b", "2025-08-10T00:59:59+00:00")


def test_a_receipt_that_is_not_known_separates_nobody():
    equal = [scored("a", 80), scored("b", 80)]

    for unknown in ("", "yesterday", "2025-08-10T08:00:00", "9" * 50):
        assert placed(equal, ("earlier_receipt",), None, {"a": "2025-08-10T08:00:00+07:00", "b": unknown}) == {
            "a": 1,
            "b": 1,
        }


def test_an_entry_that_nobody_scored_has_no_place():
    assert placed([scored("a", 0), tally("b", [], terms())]) == {"a": 1}


def test_an_unknown_tie_break_is_an_error_rather_than_silently_nothing():
    with pytest.raises(ValueError, match="no such tie-break"):
        rank([scored("a", 80), scored("b", 80)], ("coin",))


@given(contests(), st.randoms())
def test_the_order_of_entries_never_matters(contest, random):
    shuffled = standings(contest)
    random.shuffle(shuffled)

    assert rank(shuffled, TIE_BREAKS) == rank(standings(contest), TIE_BREAKS)


@given(contests())
def test_a_place_is_one_more_than_the_number_of_better_entries_and_ties_are_symmetric(contest):
    places = rank(standings(contest), TIE_BREAKS)
    by_entry = {place.entry: place for place in places}

    assert [place.place for place in places] == [
        1 + sum(other.place < place.place for other in places) for place in places
    ]
    assert all(place.entry in by_entry[other].tied_with for place in places for other in place.tied_with)
    assert all(by_entry[other].place == place.place for place in places for other in place.tied_with)


@given(contests(), st.integers(0, 6), st.integers(0, 2), st.sampled_from(CRITERIA))
def test_for_a_fixed_set_of_sheets_a_higher_mark_never_lowers_a_place(contest, which, juror, code):
    entry = sorted(contest)[which % len(contest)]
    before = placed(standings(contest), TIE_BREAKS)[entry]
    sheets = contest[entry]
    juror %= len(sheets)
    old = sheets[juror]
    sheets[juror] = Sheet(old.juror, {**old.marks, code: old.marks[code] + 1}, chair=old.chair)

    assert placed(standings(contest), TIE_BREAKS)[entry] <= before


@given(contests())
def test_exchanging_two_entries_that_share_a_place_changes_nothing(contest):
    places = rank(standings(contest), TIE_BREAKS)
    exchange = {entry: entry for entry in contest}
    for place in places:
        if place.tied_with:
            exchange[place.entry], exchange[place.tied_with[0]] = place.tied_with[0], place.entry
            break

    renamed = {exchange[entry]: sheets for entry, sheets in contest.items()}

    assert placed(standings(renamed), TIE_BREAKS) == placed(standings(contest), TIE_BREAKS)


EVERY_TIE_BREAK = ("criterion:phat_hien", "highest_sheet", "chair_sheet", "criterion:hieu_qua", "lot", "act")
kinds = st.builds(
    Aggregation,
    kind=st.sampled_from(["mean", "trimmed", "median", "sum"]),
    when_at_least=st.just(3),
    of=st.sampled_from(["total", "criterion"]),
)


@given(contests(), kinds, st.integers(0, 6), st.integers(0, 2), st.sampled_from(CRITERIA), st.permutations(range(7)))
def test_however_sheets_are_taken_together_a_higher_mark_never_lowers_a_place(contest, kind, which, juror, code, drawn):
    rule = terms(CRITERIA, aggregation=kind)
    order = tuple(entry for _, entry in sorted(zip(drawn, sorted(contest), strict=False)))
    orders = {frozenset(order): Order(order, method="lot")}

    def place(entry: str) -> int:
        return placed([tally(each, sheets, rule) for each, sheets in contest.items()], EVERY_TIE_BREAK, orders)[entry]

    entry = sorted(contest)[which % len(contest)]
    before = place(entry)
    sheets = contest[entry]
    juror %= len(sheets)
    old = sheets[juror]
    sheets[juror] = Sheet(old.juror, {**old.marks, code: old.marks[code] + 1}, chair=old.chair)

    assert place(entry) <= before


@given(contests(), st.integers(0, 4))
def test_rounding_for_display_never_decides(contest, decimals):
    """Works whose means look the same are told apart, and those told apart differ in what is exact."""
    places = rank(standings(contest))

    for one in places:
        for other in places:
            assert (one.place < other.place) == (one.mean > other.mean)
            assert (one.place == other.place) == (one.mean == other.mean)
            if rounded(one.mean, decimals) > rounded(other.mean, decimals):
                assert one.place < other.place
