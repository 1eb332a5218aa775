"""What the additive model recovers of panels whose severities are known, and what it says of edges.

`tests.bench.calibration` makes the panels, by a generator of its own; its long form is printed by the bench.
"""

from __future__ import annotations

import random

import pytest

from contest.calibration.additive import draw, seed
from contest.calibration.estimates import Edge, Scored, estimate
from contest.calibration.linking import Mark, linked, suffices
from tests.bench.calibration import PLANS, made, recovered

PLAN = {plan.name: plan for plan in PLANS}


def panel(worths, severities, *, unsteady=()):
    """Marks of all jurors for all works, with little chance; those of unsteady jurors jump."""
    chance = random.Random(1)
    return tuple(
        Mark(work, juror, "all", worth + severity + chance.gauss(0, 9 if juror in unsteady else 1))
        for work, worth in worths.items()
        for juror, severity in severities.items()
    )


def scored(works, **changes):
    return tuple(Scored(work, "all", "all", top=10_000, **changes) for work in works)


WORTHS = {f"w{number:02}": 50 + 2 * number for number in range(16)}
SEVERITIES = {"stern": -6, "middle": 0, "mild": 6}


@pytest.mark.parametrize(
    ("name", "panels"),
    [
        ("3 of 5 jurors, 40 works", 25),
        ("all 7, unequally steady", 15),
        ("3 of 5, steps of 5 points", 15),
        ("3 of 5, against the top (90)", 40),
    ],
)
def test_the_intervals_hold_what_is_true_about_as_often_as_they_say(name, panels):
    said = recovered(PLAN[name], panels)

    assert 0.90 <= said.severity <= 0.99
    assert 0.91 <= said.worth <= 0.98
    assert 0.92 <= said.place <= 0.99
    assert abs(said.severity_bias) < 0.6  # of a hundred points; severity itself spreads over 4
    assert abs(said.worth_bias) < 0.4
    assert said.error < said.raw_error  # what chance and severity did to a plain mean is partly taken back


def test_severity_is_found_beside_the_worth_of_the_works_that_fell_to_a_juror():
    """The stern juror has the best works, so that the plain means say the opposite."""
    marks = [
        mark
        for mark in panel(WORTHS, SEVERITIES)
        if (mark.juror != "stern" or mark.entry > "w05") and (mark.juror != "mild" or mark.entry < "w10")
    ]
    said = estimate(tuple(marks), scored(WORTHS), ())

    assert [one.juror for one in said.jurors] == ["stern", "middle", "mild"]
    assert said.jurors[0].severity_high < 0 < said.jurors[2].severity_low


def test_a_juror_whose_marks_jump_is_told_from_a_steady_one():
    said = estimate(panel(WORTHS, dict.fromkeys("abcde", 0), unsteady="c"), scored(WORTHS), ())

    unsteady = {one.juror: one.unsteadiness for one in said.jurors}
    assert unsteady["c"] > 2 * max(unsteady[juror] for juror in "abde")


def test_equal_marks_in_another_order_give_equal_figures():
    marks = list(panel(WORTHS, SEVERITIES))
    first = draw(marks)
    random.Random(2).shuffle(marks)

    assert seed(marks) == seed(sorted(marks))
    assert (draw(marks).worth == first.worth).all()


def test_works_without_a_common_juror_are_estimated_apart():
    marks = [Mark("a", "1", "x", 1.0), Mark("b", "1", "x", 2.0), Mark("b", "2", "x", 3.0), Mark("c", "3", "x", 4.0)]

    assert [sorted({mark.entry for mark in part}) for part in linked(marks)] == [["a", "b"], ["c"]]


def test_of_too_few_marks_nothing_is_said():
    few = {work: WORTHS[work] for work in list(WORTHS)[:3]}
    marks = panel(few, SEVERITIES)

    assert not suffices(marks)
    said = estimate(marks, scored(few), ())
    assert (said.jurors, said.works, said.unknown) == ((), {}, frozenset(few))


def test_marks_that_are_all_equal_are_no_trouble():
    marks = tuple(Mark(work, juror, "all", 70.0) for work in WORTHS for juror in "abc")

    said = estimate(marks, scored(WORTHS), ())

    assert all(abs(work.figure - 7000) < 100 for work in said.works.values())


def edge(inside, **changes):
    ordered = sorted(WORTHS, key=lambda work: -WORTHS[work])
    return Edge("all", "A", tuple(ordered[:inside]), tuple(ordered[inside:]), **changes)


def test_an_edge_between_works_that_differ_clearly_is_separable():
    worths = WORTHS | {"w15": 95}
    (cut,) = estimate(panel(worths, SEVERITIES), scored(worths), (edge(1),)).cuts

    assert cut.is_separable
    assert cut.doubtful == ()


def test_an_edge_between_works_that_marks_do_not_tell_apart_names_them():
    worths = WORTHS | {"w15": 70, "w14": 70, "w13": 70}
    said = estimate(panel(worths, SEVERITIES, unsteady=SEVERITIES), scored(worths), (edge(2),))

    (cut,) = said.cuts
    assert not cut.is_separable
    assert {"w13", "w14", "w15"} <= {entry for entry, _ in cut.doubtful}
    assert said.near_an_edge == {entry for entry, _ in cut.doubtful}


def test_a_floor_that_cuts_the_interval_of_a_work_is_not_separable():
    worth = WORTHS["w10"] * 100
    (near,) = estimate(panel(WORTHS, SEVERITIES), scored(WORTHS), (edge(6, floor=worth),)).cuts
    (far,) = estimate(panel(WORTHS, SEVERITIES), scored(WORTHS), (edge(0, floor=9_500),)).cuts

    assert not near.is_separable
    assert "w10" in {entry for entry, _ in near.doubtful}
    assert far.is_separable


def test_a_bonus_and_a_sum_move_the_figure_and_not_the_worth():
    plain = estimate(panel(WORTHS, SEVERITIES), scored(WORTHS), ()).works["w03"].figure
    more = estimate(panel(WORTHS, SEVERITIES), scored(WORTHS, times=3, bonus=50.0), ()).works["w03"].figure

    assert abs(more - (3 * plain + 50)) < 1e-6


def test_a_mark_far_from_what_is_expected_is_named():
    marks = [mark if mark[:2] != ("w04", "mild") else mark._replace(value=20.0) for mark in panel(WORTHS, SEVERITIES)]

    said = estimate(tuple(marks), scored(WORTHS), ())

    assert {(each.entry, each.juror) for each in said.astray} >= {("w04", "mild")}
    assert "w04" in said.marked_astray


def test_a_panel_of_the_bench_has_even_loads():
    truth = made(PLAN["3 of 5 jurors, 40 works"], 0)

    loads = {juror: sum(mark.juror == juror for mark in truth.marks) for juror in truth.severity}
    assert sorted(loads.values()) == [24, 24, 24, 24, 24]
