"""Who judges what: hard rules, the optimum, few changes, and why a work cannot be served."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, sparse

from contest.judging.assignment import (
    Flaw,
    Leaving,
    Problem,
    Reason,
    Seat,
    Work,
    flaws,
    overlaps,
    share_of,
    solve,
    told,
)
from contest.judging.assignment.prices import price_of_load, scale_of, shares_of
from tests.judging.assignments import large, stands

PANEL = frozenset(range(1, 6))


def seats(jurors=PANEL, quota=None, panel="p"):
    return tuple(Seat(juror, panel, quota) for juror in sorted(jurors))


def round_of(works, jurors=PANEL, needed=1, **quotas):
    return Problem(tuple(works), seats(jurors, **quotas), needed)


@st.composite
def problems(draw, *, standing=True, most=14):
    jurors = list(range(1, draw(st.integers(1, 7)) + 1))
    some = st.frozensets(st.sampled_from(jurors))
    panels = draw(st.sampled_from([("a",), ("a", "b")]))
    shares = st.sampled_from([Fraction(1), Fraction(1), Fraction(1, 2), Fraction(2, 3)])
    quotas = st.one_of(st.none(), st.integers(0, 9))
    found = []
    for panel in panels:
        for juror in sorted(draw(some)):
            found.append(Seat(juror, panel, draw(quotas), draw(shares), draw(st.integers(0, 9)) == 0))
    works = []
    for entry in range(draw(st.integers(0, most))):
        settled = draw(some) if standing and draw(st.booleans()) else frozenset()
        held = draw(some) - settled if standing and draw(st.booleans()) else frozenset()
        newsroom = draw(st.one_of(st.none(), st.integers(1, 3)))
        works.append(Work(entry, draw(st.sampled_from(panels)), draw(some) - settled, settled, held, newsroom))
    elsewhere = draw(st.dictionaries(st.sampled_from(jurors), st.integers(0, 3)))
    return Problem(tuple(works), tuple(found), draw(st.integers(1, 4)), elsewhere)


def without_surplus(problem):
    """Leave out works that somebody gave to more jurors than they need: these stay, whatever lacks elsewhere."""
    return replace(problem, works=tuple(one for one in problem.works if len(one.held | one.settled) <= problem.needed))


def by_work(spread):
    found = {}
    for entry, juror in (*spread.kept, *spread.lines):
        found.setdefault(entry, set()).add(juror)
    return found


# The hard rules ----------------------------------------------------------------------------------------------------


@given(problems(), st.integers(), st.booleans())
@settings(max_examples=150, deadline=None)
def test_nobody_gets_what_they_may_not_have(problem, seed, level):
    spread = solve(problem, seed=seed, level=level)

    works = {work.entry_id: work for work in problem.works}
    assert len({*spread.lines, *spread.kept}) == len(spread.lines) + len(spread.kept)
    for entry, juror in spread.lines:
        seat = problem.seat[works[entry].panel, juror]
        assert juror not in works[entry].barred | works[entry].settled | works[entry].held
        assert not seat.is_away
    assert flaws(problem, {*spread.lines, *spread.kept}) == {}


@given(problems(), st.integers(), st.booleans())
@settings(max_examples=100, deadline=None)
def test_no_seat_gets_anything_beyond_its_quota(problem, seed, level):
    spread = solve(problem, seed=seed, level=level)

    works = {work.entry_id: work for work in problem.works}
    settled = Counter((work.panel, juror) for work in problem.works for juror in work.settled)
    lies = Counter((works[entry].panel, juror) for entry, juror in (*spread.lines, *spread.kept))
    for place, number in lies.items():
        quota = problem.seat[place].quota if place in problem.seat else None
        assert quota is None or number <= max(quota, settled[place])


@given(problems(), st.integers(), st.booleans())
@settings(max_examples=100, deadline=None)
def test_what_has_begun_never_moves_and_everything_taken_has_a_reason(problem, seed, level):
    spread = solve(problem, seed=seed, level=level)

    kept = set(spread.kept)
    held = {(work.entry_id, juror) for work in problem.works for juror in work.held}
    assert {(work.entry_id, juror) for work in problem.works for juror in work.settled} <= kept
    assert set(spread.taken) == held - kept
    assert set(spread.reasons) == {*spread.lines, *spread.kept}


@given(problems(), st.integers(), st.booleans(), st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_same_facts_and_seed_give_the_same_proposal_in_any_order(problem, seed, level, chance):
    works, places = list(problem.works), list(problem.seats)
    chance.shuffle(works)
    chance.shuffle(places)
    shuffled = Problem(tuple(works), tuple(places), problem.needed, problem.elsewhere)

    assert solve(problem, seed=seed, level=level) == solve(shuffled, seed=seed, level=level)


# The optimum -------------------------------------------------------------------------------------------------------


def bound(problem, *, served):
    """Solve the same prices as a linear program, without any flow: the least that loads can cost for so many places.

    :return: the most places that can be filled, and the least price of the loads when ``served`` are
    """
    works = {work.entry_id: work for work in problem.works}
    pairs = [
        (work.entry_id, juror)
        for work in problem.works
        for juror in sorted(problem.eligible(work))
        if len(work.settled) < problem.needed
    ]
    jurors = sorted({juror for _, juror in pairs})
    settled = Counter(juror for work in problem.works for juror in work.settled) + Counter(problem.elsewhere)
    on_seat = Counter((work.panel, juror) for work in problem.works for juror in work.settled)
    steps = [(juror, number) for juror in jurors for number in range(len(works))]
    if not pairs:
        return 0, 0
    rows, bounds = [], []
    for entry, work in works.items():
        rows.append([float(pair[0] == entry) for pair in pairs] + [0.0] * len(steps))
        bounds.append(max(problem.needed - len(work.settled), 0))
    for (panel, juror), seat in problem.seat.items():
        if seat.quota is not None:
            rows.append(
                [float(one == juror and works[entry].panel == panel) for entry, one in pairs] + [0.0] * len(steps)
            )
            bounds.append(max(seat.quota - on_seat[panel, juror], 0))
    equal = [[float(one == juror) for _, one in pairs] + [-float(one == juror) for one, _ in steps] for juror in jurors]
    common = {"A_ub": sparse.csr_matrix(rows), "b_ub": bounds, "bounds": (0, 1), "method": "highs"}
    nothing = [0.0] * len(steps)
    most = optimize.linprog(
        [-1.0] * len(pairs) + nothing, A_eq=sparse.csr_matrix(equal), b_eq=[0.0] * len(jurors), **common
    )
    shares, scale = shares_of(problem), scale_of(problem)
    prices = [float(price_of_load(settled[juror] + number, shares[juror], scale)) for juror, number in steps]
    least = optimize.linprog(
        [0.0] * len(pairs) + prices,
        A_eq=sparse.csr_matrix([*equal, [1.0] * len(pairs) + nothing]),
        b_eq=[0.0] * len(jurors) + [float(served)],
        **common,
    )
    standing = sum(price_of_load(number, shares[juror], scale) for juror in shares for number in range(settled[juror]))
    return round(-most.fun), round(least.fun) + standing


@given(problems(standing=False, most=9), st.integers())
@settings(max_examples=60, deadline=None)
def test_as_many_places_are_filled_and_loads_cost_as_little_as_a_linear_program_allows(problem, seed):
    spread = solve(problem, seed=seed)

    most, least = bound(problem, served=len(spread.lines))
    assert len(spread.lines) == most
    assert not spread.lines or spread.cost.uneven == least


@given(problems(most=9), st.integers())
@settings(max_examples=60, deadline=None)
def test_levelling_reaches_the_bound_of_the_linear_program_whatever_lay_where(problem, seed):
    exact = without_surplus(problem)
    spread = solve(exact, seed=seed, level=True)

    most, _ = bound(exact, served=0)
    placed = sum(len(work.settled) for work in exact.works)
    assert len(spread.lines) + len(spread.kept) == most + placed
    if most:
        assert spread.cost.uneven == bound(exact, served=most)[1]


def test_works_without_conflicts_are_spread_within_one():
    spread = solve(round_of([Work(entry, "p") for entry in range(53)], needed=3), seed=1)

    assert len(spread.lines) == 53 * 3
    assert spread.unserved == ()
    assert sorted(spread.loads.values()) == [31, 32, 32, 32, 32]


def test_a_juror_on_two_panels_has_no_more_than_the_others():
    both = (*seats({1, 2}, panel="a"), *seats({2, 3}, panel="b"))
    works = tuple(Work(entry, "ab"[entry % 2]) for entry in range(30))

    spread = solve(Problem(works, both, 1), seed=1)

    assert spread.loads == {1: 10, 2: 10, 3: 10}


def test_works_elsewhere_in_the_round_count_to_the_load():
    spread = solve(Problem(tuple(Work(entry, "p") for entry in range(6)), seats({1, 2}), 1, {1: 4}), seed=3)

    assert spread.loads == {1: 5, 2: 5}


def test_whoever_is_there_for_half_of_the_days_gets_half_as_much():
    places = (Seat(1, "p"), Seat(2, "p"), Seat(3, "p", share=Fraction(1, 2)))

    spread = solve(Problem(tuple(Work(entry, "p") for entry in range(50)), places, 1), seed=1)

    assert spread.loads == {1: 20, 2: 20, 3: 10}


def test_the_works_of_a_newsroom_are_spread_over_the_jurors():
    works = tuple(Work(entry, "p", newsroom=1 if entry < 10 else None) for entry in range(40))

    spread = solve(round_of(works), seed=1)

    assert sorted(Counter(juror for entry, juror in spread.lines if entry < 10).values()) == [2, 2, 2, 2, 2]
    assert spread.cost.crowded == 0


def test_two_thousand_works_of_one_panel_of_eighty_are_level():
    problem = large()

    spread = solve(problem, seed=1)

    below = [
        spread.loads[seat.juror]
        for seat in problem.seats
        if seat.quota is None or spread.loads[seat.juror] < seat.quota
    ]
    assert spread.unserved == ()
    assert len(spread.lines) == 10_000
    assert len(below) > 20
    assert max(below) - min(below) <= 1
    assert flaws(problem, spread.lines) == {}
    assert all(overlap.is_connected for overlap in spread.overlaps)


# Again, after something changed ------------------------------------------------------------------------------------


def test_asking_again_changes_nothing():
    problem = round_of([Work(entry, "p") for entry in range(20)], needed=3)
    standing = stands(problem, solve(problem, seed=1))

    for level in (False, True):
        again = solve(standing, seed=2, level=level)
        assert (again.lines, again.taken) == ((), {})


def test_when_a_juror_drops_out_only_their_works_move():
    problem = large(works=400, jurors=40)
    standing = stands(problem, solve(problem, seed=1))
    gone = replace(standing, seats=tuple(replace(seat, is_away=seat.juror == 7) for seat in standing.seats))

    again = solve(gone, seed=1)

    assert {juror for _, juror in again.taken} == {7}
    assert set(again.taken.values()) == {Leaving.away}
    assert len(again.lines) == len(again.taken)
    assert again.unserved == ()
    assert again.cost.moved == 0


def test_a_juror_who_comes_later_gets_works_only_when_loads_are_levelled():
    problem = round_of([Work(entry, "p") for entry in range(20)], needed=2)
    wider = replace(stands(problem, solve(problem, seed=1)), seats=seats({*PANEL, 6}))

    assert solve(wider, seed=1).lines == ()
    levelled = solve(wider, seed=1, level=True)
    assert sorted(levelled.loads.values()) == [6, 6, 7, 7, 7, 7]
    assert {juror for _, juror in levelled.lines} == {6}
    assert set(levelled.taken.values()) == {Leaving.moved}


def test_a_work_moves_when_another_can_only_so_be_served():
    works = [Work(1, "p", held=frozenset({1})), Work(2, "p", barred=frozenset({2}))]

    spread = solve(round_of(works, {1, 2}, quota=1), seed=1)

    assert spread.lines == ((1, 2), (2, 1))
    assert spread.taken == {(1, 1): Leaving.moved}


def test_what_lies_with_the_wrong_juror_is_taken_back_with_the_reason():
    works = [Work(1, "p", held=frozenset({9})), Work(2, "p", held=frozenset({1}), barred=frozenset({1}))]

    spread = solve(round_of(works, {1, 2}), seed=1)

    assert spread.taken == {(1, 9): Leaving.stranger, (2, 1): Leaving.barred}


# Why not -----------------------------------------------------------------------------------------------------------


def test_a_work_with_too_few_jurors_gets_those_it_can_and_says_what_lacks():
    spread = solve(round_of([Work(8, "p", barred=frozenset({2, 3, 9}))], {1, 2, 3}, 3), seed=1)

    (lacks,) = spread.unserved
    assert spread.lines == ((8, 1),)
    assert (lacks.missing, lacks.panel, lacks.barred, lacks.full) == (2, 3, {2, 3}, frozenset())
    assert (lacks.jurors_to_add, lacks.quotas_to_raise) == (2, 0)


def test_a_shared_bottleneck_names_the_full_jurors_and_the_works_that_compete():
    works = [Work(entry, "p", barred=frozenset({3})) for entry in range(5)] + [Work(9, "p", barred=frozenset({1, 2}))]

    spread = solve(round_of(works, {1, 2, 3}, quota=2), seed=1)

    (lacks,) = spread.unserved
    assert (lacks.full, lacks.works, lacks.short, lacks.barred) == ({1, 2}, 5, 1, {3})
    assert lacks.quotas_to_raise == 1


@given(problems(), st.integers())
@settings(max_examples=80, deadline=None)
def test_a_bottleneck_has_no_room_and_raising_one_of_its_quotas_helps(problem, seed):
    problem = without_surplus(problem)
    spread = solve(problem, seed=seed)

    for lacks in spread.unserved[:1]:
        for juror in sorted(lacks.full)[:1]:
            panel = next(work.panel for work in problem.works if work.entry_id == lacks.entry_id)
            lies = sum(
                work.panel == panel and juror in by_work(spread).get(work.entry_id, ()) for work in problem.works
            )
            assert problem.seat[panel, juror].quota <= lies
            wider = tuple(
                replace(seat, quota=lies + 1) if (seat.panel, seat.juror) == (panel, juror) else seat
                for seat in problem.seats
            )
            assert solve(replace(problem, seats=wider), seed=seed).cost.missing == spread.cost.missing - 1


def test_jurors_who_are_away_are_named():
    problem = Problem((Work(1, "p"),), (Seat(1, "p", is_away=True), Seat(2, "p")), 2)

    (lacks,) = solve(problem, seed=1).unserved

    assert lacks.away == {1}


# Reasons, links and changes by hand --------------------------------------------------------------------------------


def test_every_line_has_its_reason():
    works = [
        Work(1, "p", settled=frozenset({1})),
        Work(2, "p", held=frozenset({2})),
        Work(3, "p", barred=PANEL - {3}),
        Work(4, "p"),
    ]

    spread = solve(round_of(works), seed=1)

    reasons = {entry: reason for (entry, _), reason in spread.reasons.items()}
    assert reasons == {1: Reason.settled, 2: Reason.kept, 3: Reason.only, 4: Reason.least}


def test_pairs_of_jurors_share_about_as_many_works():
    spread = solve(round_of([Work(entry, "p") for entry in range(60)], needed=3), seed=1)

    (overlap,) = spread.overlaps
    assert (overlap.pairs, overlap.linked, overlap.mean) == (10, 10, 18)
    assert overlap.most - overlap.least <= 2
    assert overlap.is_connected


def test_jurors_without_a_common_work_are_reported_apart():
    problem = round_of([Work(1, "p"), Work(2, "p")], {1, 2, 3, 4}, 2)

    (overlap,) = overlaps([(1, 1), (1, 2), (2, 3), (2, 4)], problem)

    assert overlap.groups == ({1, 2}, {3, 4})
    assert not overlap.is_connected
    assert (overlap.least, overlap.linked) == (0, 2)


def test_a_change_by_hand_is_described_and_the_rest_stays():
    problem = round_of([Work(1, "p", held=frozenset({1})), Work(2, "p")], needed=1)

    spread = told(problem, [(1, 2), (2, 3)], given={(1, 2): Reason.hand}, by_hand={1})

    assert spread.taken == {(1, 1): Leaving.hand}
    assert spread.reasons == {(1, 2): Reason.hand, (2, 3): Reason.least}


def test_what_a_line_breaks_is_named():
    works = (Work(1, "p", barred=frozenset({1})), Work(2, "p", settled=frozenset({2})), Work(3, "p"), Work(4, "p"))
    problem = Problem(works, (Seat(1, "p", quota=1), Seat(2, "p"), Seat(3, "p", is_away=True)), 1)

    assert flaws(problem, [(1, 1), (1, 9), (2, 3), (3, 1)]) == {
        (1, 1): Flaw.barred,
        (1, 9): Flaw.stranger,
        (2, 2): Flaw.begun,
        (2, 3): Flaw.away,
        (3, 1): Flaw.quota,
    }


# Days away ---------------------------------------------------------------------------------------------------------

OPENS, CLOSES = datetime(2025, 9, 1, tzinfo=UTC), datetime(2025, 9, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("away", "now", "share", "gone"),
    [
        ((None, None), 1, Fraction(1), False),
        ((3, 5), 1, Fraction(7, 10), False),
        ((3, None), 1, Fraction(2, 10), False),
        ((3, None), 3, Fraction(2, 10), True),
        ((3, 30), 5, Fraction(2, 10), True),
        ((1, None), 1, Fraction(1, 20), True),
        ((15, 20), 1, Fraction(1), False),
    ],
)
def test_absence_makes_the_share_smaller_and_at_last_nothing(away, now, share, gone):
    days = [None if day is None else date(2025, 9, day) for day in away]

    assert share_of(OPENS, CLOSES, datetime(2025, 9, now, 12, tzinfo=UTC), *days) == (share, gone)


def test_the_draw_decides_between_equals():
    problem = round_of([Work(entry, "p") for entry in range(30)], needed=2)

    proposals = {solve(problem, seed=seed).lines for seed in range(5)}

    assert len(proposals) == 5


def test_a_large_round_comes_out_as_even_when_only_a_sample_of_its_lines_is_tried(monkeypatch):
    problem = large(works=300, jurors=30)
    whole = solve(problem, seed=1)
    monkeypatch.setattr("contest.judging.assignment.solving.MANY_LINES", 100)

    assert solve(problem, seed=1).cost[:3] == whole.cost[:3]


def test_random_rounds_are_within_one_below_the_quotas():
    for seed in range(6):
        chance = random.Random(seed)
        problem = large(works=150, jurors=chance.randint(12, 30), seed=seed)

        spread = solve(problem, seed=seed)

        below = [
            spread.loads[one.juror] for one in problem.seats if one.quota is None or spread.loads[one.juror] < one.quota
        ]
        assert spread.unserved == ()
        assert int(numpy.ptp(below)) <= 1
