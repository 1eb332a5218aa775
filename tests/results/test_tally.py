from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from contest.results.tally import LeftOut, Sheet, tally

CRITERIA = ("dung", "phat_hien", "hieu_qua")

marks = st.fixed_dictionaries({code: st.integers(0, 4000) for code in CRITERIA})
sheets = st.lists(marks, min_size=1, max_size=9).map(
    lambda many: [Sheet(f"juror-{number}", given, chair=number == 0) for number, given in enumerate(many)]
)


def sheet(juror: str, *given: int, chair: bool = False, left_out: LeftOut | None = None) -> Sheet:
    return Sheet(juror, dict(zip(CRITERIA, given, strict=True)), chair=chair, left_out=left_out)


def test_the_mean_is_an_exact_fraction_of_the_submitted_sheets():
    standing = tally(
        "BI-0001",
        [sheet("a", 2000, 2500, 2500), sheet("b", 1950, 2450, 2400), sheet("c", 1900, 2400, 2350)],
        CRITERIA,
        minimum=3,
    )

    assert standing.mean == Fraction(20450, 3)
    assert standing.criteria["phat_hien"] == Fraction(7350, 3)
    assert (standing.lowest, standing.highest, standing.range, standing.missing) == (6650, 7000, 350, 0)


def test_a_sheet_of_a_juror_who_stepped_back_is_left_out_and_named():
    standing = tally(
        "BI-0001", [sheet("a", 10, 10, 10), sheet("b", 40, 40, 40, left_out=LeftOut.RECUSED)], CRITERIA, minimum=2
    )

    assert standing.mean == 30
    assert [(left.juror, left.left_out) for left in standing.left_out] == [("b", LeftOut.RECUSED)]
    assert standing.missing == 1


def test_a_sheet_on_another_rubric_is_never_averaged_with_the_rest():
    standing = tally("BI-0001", [sheet("a", 10, 10, 10), Sheet("b", {"dung": 3000})], CRITERIA, minimum=1)

    assert standing.mean == 30
    assert [(left.juror, left.left_out) for left in standing.left_out] == [("b", LeftOut.OTHER_RUBRIC)]


def test_a_range_equal_to_the_limit_is_not_a_discrepancy_and_one_hundredth_more_is():
    at = tally("BI-0001", [sheet("a", 0, 0, 5000), sheet("b", 0, 0, 7000)], CRITERIA, minimum=2, limit=2000)
    over = tally("BI-0001", [sheet("a", 0, 0, 5000), sheet("b", 0, 1, 7000)], CRITERIA, minimum=2, limit=2000)

    assert (at.is_discrepant, over.is_discrepant) == (False, True)


def test_without_a_limit_nothing_is_discrepant():
    standing = tally("BI-0001", [sheet("a", 0, 0, 0), sheet("b", 4000, 4000, 4000)], CRITERIA, minimum=2)

    assert not standing.is_discrepant


def test_an_entry_that_nobody_scored_stands_at_zero_with_all_its_sheets_missing():
    standing = tally("BI-0001", [], CRITERIA, minimum=3, limit=2000)

    assert (standing.mean, standing.missing, standing.used, standing.is_discrepant) == (0, 3, (), False)


@given(sheets, st.randoms())
def test_the_order_of_sheets_never_matters(given_sheets, random):
    shuffled = list(given_sheets)
    random.shuffle(shuffled)

    assert tally("x", shuffled, CRITERIA, minimum=3) == tally("x", given_sheets, CRITERIA, minimum=3)


@given(sheets)
def test_the_mean_lies_between_the_lowest_and_the_highest_sheet_and_is_the_sum_of_the_criteria(given_sheets):
    standing = tally("x", given_sheets, CRITERIA, minimum=3)

    assert standing.lowest <= standing.mean <= standing.highest
    assert sum(standing.criteria.values()) == standing.mean


@given(sheets, st.integers(0, 8), st.sampled_from(CRITERIA), st.integers(1, 500))
def test_a_higher_mark_never_lowers_the_mean(given_sheets, index, code, more):
    index %= len(given_sheets)
    raised = list(given_sheets)
    raised[index] = Sheet(raised[index].juror, {**raised[index].marks, code: raised[index].marks[code] + more})

    assert tally("x", raised, CRITERIA, minimum=3).mean > tally("x", given_sheets, CRITERIA, minimum=3).mean
