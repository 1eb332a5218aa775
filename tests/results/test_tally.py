from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from contest.regulations.scoring import Aggregation
from contest.results.tally import Added, LeftOut, Sheet, Standing, Terms, aggregated, tally
from tests.results.materials import terms

CRITERIA = ("dung", "phat_hien", "hieu_qua")
THREE = terms(CRITERIA, minimum=3)

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
        terms(CRITERIA, minimum=3),
    )

    assert standing.mean == Fraction(20450, 3)
    assert standing.criteria["phat_hien"] == Fraction(7350, 3)
    assert (standing.lowest, standing.highest, standing.spread, standing.missing) == (6650, 7000, 350, 0)


def test_a_sheet_of_a_juror_who_stepped_back_is_left_out_and_named():
    standing = tally(
        "BI-0001",
        [sheet("a", 10, 10, 10), sheet("b", 40, 40, 40, left_out=LeftOut.RECUSED)],
        terms(CRITERIA, minimum=2),
    )

    assert standing.mean == 30
    assert [(left.juror, left.left_out) for left in standing.left_out] == [("b", LeftOut.RECUSED)]
    assert standing.missing == 1


def test_a_sheet_on_another_rubric_is_never_averaged_with_the_rest():
    standing = tally("BI-0001", [sheet("a", 10, 10, 10), Sheet("b", {"dung": 3000})], terms(CRITERIA, minimum=1))

    assert standing.mean == 30
    assert [(left.juror, left.left_out) for left in standing.left_out] == [("b", LeftOut.OTHER_RUBRIC)]


def test_a_range_equal_to_the_limit_is_not_a_discrepancy_and_one_hundredth_more_is():
    at = tally("BI-0001", [sheet("a", 0, 0, 5000), sheet("b", 0, 0, 7000)], terms(CRITERIA, minimum=2, limit=2000))
    over = tally("BI-0001", [sheet("a", 0, 0, 5000), sheet("b", 0, 1, 7000)], terms(CRITERIA, minimum=2, limit=2000))

    assert (at.is_discrepant, over.is_discrepant) == (False, True)


def test_without_a_limit_nothing_is_discrepant():
    standing = tally("BI-0001", [sheet("a", 0, 0, 0), sheet("b", 4000, 4000, 4000)], terms(CRITERIA, minimum=2))

    assert not standing.is_discrepant


def test_an_entry_that_nobody_scored_stands_at_zero_with_all_its_sheets_missing():
    standing = tally("BI-0001", [], terms(CRITERIA, minimum=3, limit=2000))

    assert (standing.mean, standing.missing, standing.used, standing.is_discrepant) == (0, 3, (), False)


@given(sheets, st.randoms())
def test_the_order_of_sheets_never_matters(given_sheets, random):
    shuffled = list(given_sheets)
    random.shuffle(shuffled)

    assert tally("x", shuffled, THREE) == tally("x", given_sheets, THREE)


@given(sheets)
def test_the_mean_lies_between_the_lowest_and_the_highest_sheet_and_is_the_sum_of_the_criteria(given_sheets):
    standing = tally("x", given_sheets, terms(CRITERIA, minimum=3))

    assert standing.lowest <= standing.mean <= standing.highest
    assert sum(standing.criteria.values()) == standing.mean


@given(sheets, st.integers(0, 8), st.sampled_from(CRITERIA), st.integers(1, 500))
def test_a_higher_mark_never_lowers_the_mean(given_sheets, index, code, more):
    index %= len(given_sheets)
    raised = list(given_sheets)
    raised[index] = Sheet(raised[index].juror, {**raised[index].marks, code: raised[index].marks[code] + more})

    assert tally("x", raised, THREE).mean > tally("x", given_sheets, THREE).mean


# Weights -------------------------------------------------------------------------------------------------------------


def test_a_mark_counts_as_often_as_its_criterion_weighs():
    weighted = terms({"dung": Fraction(1), "phat_hien": Fraction(3, 2), "hieu_qua": Fraction(2)})

    standing = tally("x", [sheet("a", 100, 100, 100), sheet("b", 200, 101, 0)], weighted)

    assert standing.totals == (450, Fraction(703, 2))
    assert standing.mean == Fraction(1603, 4)
    assert standing.criteria == {"dung": 150, "phat_hien": Fraction(201, 2), "hieu_qua": 50}


# Ways of taking sheets together --------------------------------------------------------------------------------------

KINDS = st.builds(
    Aggregation,
    kind=st.sampled_from(["mean", "trimmed", "median", "sum"]),
    drop=st.integers(1, 3),
    when_at_least=st.integers(1, 6),
    of=st.sampled_from(["total", "criterion"]),
)
weights = st.fixed_dictionaries(
    {code: st.fractions(min_value=Fraction(1, 3), max_value=4, max_denominator=6) for code in CRITERIA}
)
any_terms = st.builds(lambda scale, kind: terms(scale, aggregation=kind), weights, KINDS)


def totals(*given: int) -> list[Sheet]:
    return [Sheet(f"j{number}", {"dung": total}) for number, total in enumerate(given)]


def of(kind: str, **settings) -> Terms:
    return terms(aggregation=Aggregation(kind=kind, **settings))


def test_a_trimmed_mean_leaves_out_the_highest_and_the_lowest_and_names_their_values():
    standing = tally("x", totals(9000, 1000, 5000, 6000, 5500), of("trimmed"))

    assert (standing.mean, standing.taken) == (5500, "trimmed")
    assert [(each.of, each.low, each.high) for each in standing.dropped] == [("total", (1000,), (9000,))]
    assert (standing.lowest, standing.highest, len(standing.used)) == (1000, 9000, 5)


def test_too_few_sheets_are_not_trimmed():
    standing = tally("x", totals(9000, 1000, 5000, 6000), of("trimmed"))

    assert (standing.mean, standing.taken, standing.dropped) == (5250, "mean", ())


def test_trimming_never_leaves_out_every_sheet():
    assert tally("x", totals(1, 2, 3, 4), of("trimmed", drop=2, when_at_least=1)).taken == "mean"
    assert tally("x", totals(1, 2, 3, 4, 9), of("trimmed", drop=2, when_at_least=1)).mean == 3


def test_the_median_of_an_even_number_is_the_mean_of_the_two_in_the_middle():
    assert tally("x", totals(9000, 1000, 5000), of("median")).mean == 5000
    assert tally("x", totals(9000, 1000, 5000, 5001), of("median")).mean == Fraction(10001, 2)


def test_a_sum_adds_every_total():
    assert tally("x", totals(9000, 1000, 5000), of("sum")).mean == 15000


def test_each_criterion_can_be_trimmed_for_itself():
    rule = Aggregation(kind="trimmed", when_at_least=3, of="criterion")
    given_sheets = [sheet("a", 0, 30, 10), sheet("b", 10, 20, 10), sheet("c", 20, 10, 40)]

    standing = tally("x", given_sheets, terms(CRITERIA, aggregation=rule))

    assert (standing.mean, standing.criteria) == (40, {"dung": 10, "phat_hien": 20, "hieu_qua": 10})
    assert [(each.of, each.low, each.high) for each in standing.dropped] == [
        ("dung", (0,), (20,)),
        ("phat_hien", (10,), (30,)),
        ("hieu_qua", (10,), (40,)),
    ]


@given(sheets, any_terms, st.randoms())
def test_the_order_of_sheets_never_matters_however_they_are_taken_together(given_sheets, rule, random):
    shuffled = list(given_sheets)
    random.shuffle(shuffled)

    assert tally("x", shuffled, rule) == tally("x", given_sheets, rule)


@given(sheets, any_terms, st.integers(0, 8), st.sampled_from(CRITERIA), st.integers(1, 500))
def test_a_higher_mark_never_lowers_the_figure_however_sheets_are_taken_together(given_sheets, rule, which, code, more):
    which %= len(given_sheets)
    raised = list(given_sheets)
    raised[which] = Sheet(raised[which].juror, {**raised[which].marks, code: raised[which].marks[code] + more})

    before, after = tally("x", given_sheets, rule), tally("x", raised, rule)

    assert after.mean >= before.mean
    assert after.highest >= before.highest
    assert all(after.criteria[each] >= before.criteria[each] for each in CRITERIA)


@given(st.lists(st.integers(0, 100), min_size=1, max_size=12), st.integers(1, 5))
def test_dropping_extremes_drops_what_it_says(values, drop):
    standing = tally("x", totals(*values), of("trimmed", drop=drop, when_at_least=1))

    if len(values) <= 2 * drop:
        assert standing.dropped == ()
        return
    (dropped,) = standing.dropped
    ordered = sorted(values)
    kept = ordered[drop:-drop]
    assert (list(dropped.low), list(dropped.high)) == (ordered[:drop], ordered[-drop:])
    assert standing.mean == Fraction(sum(kept), len(kept))


@given(st.lists(st.integers(0, 100), min_size=1), st.sampled_from(["mean", "median"]))
def test_a_figure_lies_between_the_lowest_and_the_highest_value(values, kind):
    assert min(values) <= Fraction(*aggregated(values, kind)) <= max(values)


# Jurors who differ ---------------------------------------------------------------------------------------------------


def differing(consequence: str, *, third: int | None = None, measure: str = "range", values=(5000, 8000)) -> Standing:
    given_sheets = totals(*values)
    if third is not None:
        given_sheets.append(Sheet("third", {"dung": third}, third=True))
    return tally("x", given_sheets, terms(limit=2000, consequence=consequence, measure=measure))


def left_out(standing: Standing) -> list[tuple[str, LeftOut | None]]:
    return [(sheet.juror, sheet.left_out) for sheet in standing.left_out]


def test_a_flagged_discrepancy_is_only_shown():
    standing = differing("flag")

    assert (standing.is_discrepant, standing.is_held, standing.needs_third) == (True, False, False)


def test_a_discrepancy_that_holds_waits_for_somebody_to_accept_it():
    assert (differing("hold").is_held, differing("hold").needs_third) == (True, False)


def test_a_third_juror_is_needed_until_the_sheet_is_there():
    assert differing("third_joins").needs_third
    assert not differing("third_joins", third=6000).needs_third
    assert not differing("third_joins", values=(5000, 7000)).needs_third


def test_a_third_sheet_that_replaces_stands_alone():
    standing = differing("third_replaces", third=6100)

    assert (standing.mean, standing.missing, standing.spread) == (6100, 0, 3000)
    assert left_out(standing) == [("j0", LeftOut.REPLACED_BY_THIRD), ("j1", LeftOut.REPLACED_BY_THIRD)]


def test_a_third_sheet_that_joins_is_taken_together_with_the_others():
    standing = differing("third_joins", third=6100)

    assert (standing.mean, left_out(standing)) == (Fraction(19100, 3), [])


def test_a_third_sheet_that_is_not_needed_is_left_out_and_does_not_make_up_the_minimum():
    standing = differing("third_joins", third=0, values=(5000, 7000))

    assert (standing.mean, standing.regular) == (6000, 2)
    assert left_out(standing) == [("third", LeftOut.THIRD_NOT_NEEDED)]


def test_the_distance_to_the_mean_of_all_can_be_measured_in_place_of_the_range():
    near = differing("hold", measure="distance", values=(5000, 8000, 8000))
    far = differing("hold", measure="distance", values=(5000, 8001, 8001))

    assert (near.spread, near.is_discrepant) == (2000, False)
    assert (far.spread, far.is_discrepant) == (Fraction(6002, 3), True)


# Bonus ---------------------------------------------------------------------------------------------------------------


def test_bonus_points_are_added_to_what_the_sheets_came_to():
    standing = tally("x", totals(5000, 5001), terms(), (Added("clip", 150),))

    assert (standing.aggregate, standing.mean) == (Fraction(10001, 2), Fraction(10301, 2))


def test_a_work_that_nobody_scored_gets_no_bonus():
    assert tally("x", [], terms(), (Added("clip", 150),)).mean == 0
