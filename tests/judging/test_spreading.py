"""Spreading works evenly."""

import random
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from contest.judging.spreading import Unserved, Work, spread

PANEL = frozenset(range(1, 6))


@st.composite
def contests(draw):
    jurors = frozenset(range(1, draw(st.integers(1, 7)) + 1))
    some = st.frozensets(st.sampled_from(sorted(jurors)))
    works = []
    for entry in range(draw(st.integers(0, 14))):
        panel = draw(some)
        kept = draw(some) & panel
        works.append(Work(entry, panel, barred=draw(some) - kept, kept=kept))
    return works


def loads_of(proposal):
    return sorted(proposal.loads.values())


def test_works_without_conflicts_are_spread_within_one():
    proposal = spread([Work(entry, PANEL) for entry in range(53)], 3, seed=1)

    assert len(proposal.lines) == 53 * 3
    assert proposal.unserved == ()
    assert loads_of(proposal) == [31, 32, 32, 32, 32]


def test_a_work_with_too_few_jurors_gets_those_it_can_and_is_named():
    proposal = spread([Work(8, frozenset({1, 2, 3}), barred=frozenset({2, 3, 9}))], 3, seed=1)

    assert proposal.lines == ((8, 1),)
    assert proposal.unserved == (Unserved(entry_id=8, missing=2, panel=3, barred=2),)


def test_works_already_given_count_to_the_load():
    works = [Work(entry, frozenset({1, 2})) for entry in range(6)]
    works += [Work(entry, frozenset({1, 2}), kept=frozenset({1})) for entry in range(6, 10)]

    proposal = spread(works, 1, seed=3)

    assert proposal.loads == {1: 5, 2: 5}
    assert len(proposal.lines) == 6


@given(contests(), st.integers(1, 4), st.integers())
@settings(max_examples=200)
def test_no_juror_is_given_a_barred_or_a_second_time_the_same_work(works, needed, seed):
    proposal = spread(works, needed, seed=seed)

    by_entry = {work.entry_id: work for work in works}
    assert len(set(proposal.lines)) == len(proposal.lines)
    assert all(juror in by_entry[entry].eligible for entry, juror in proposal.lines)


@given(contests(), st.integers(1, 4), st.integers())
@settings(max_examples=200)
def test_every_work_is_served_as_far_as_its_panel_allows(works, needed, seed):
    proposal = spread(works, needed, seed=seed)

    given_to = Counter(entry for entry, _ in proposal.lines)
    missing = {work.entry_id: work.missing for work in proposal.unserved}
    for work in works:
        wanted = max(needed - len(work.kept), 0)
        assert given_to[work.entry_id] == min(wanted, len(work.eligible))
        assert missing.get(work.entry_id, 0) == wanted - given_to[work.entry_id]


@given(contests(), st.integers(1, 3), st.integers())
@settings(max_examples=150, deadline=None)
def test_no_other_distribution_is_more_even(works, needed, seed):
    proposal = spread(works, needed, seed=seed)

    cost = sum(load * load for load in proposal.loads.values())
    assert cost == least_cost(works, needed)


def least_cost(works, needed):
    """The least sum of squared loads, by successive cheapest augmentations of the residual graph (Bellman-Ford)."""
    loads = Counter({juror: 0 for work in works for juror in work.panel | work.kept})
    for work in works:
        loads.update(work.kept)
    given_to = {work.entry_id: set() for work in works}
    for work in works:
        for _ in range(min(max(needed - len(work.kept), 0), len(work.eligible))):
            augment(work, works, given_to, loads)
    return sum(load * load for load in loads.values())


def augment(start, works, given_to, loads):
    by_entry = {work.entry_id: work for work in works}
    reach = dict.fromkeys(start.eligible - given_to[start.entry_id], (start.entry_id, None))
    frontier = list(reach)
    while frontier:
        holder = frontier.pop()
        for entry, chosen in given_to.items():
            if holder in chosen:
                for taker in by_entry[entry].eligible - chosen:
                    if taker not in reach:
                        reach[taker] = (entry, holder)
                        frontier.append(taker)
    taker = end = min(reach, key=lambda juror: loads[juror])
    while taker is not None:
        entry, holder = reach[taker]
        given_to[entry].add(taker)
        if holder is not None:
            given_to[entry].discard(holder)
        taker = holder
    loads[end] += 1


@given(contests(), st.integers(1, 4), st.integers(), st.randoms())
def test_the_same_facts_and_seed_give_the_same_proposal_in_any_order(works, needed, seed, chance):
    shuffled = works[:]
    chance.shuffle(shuffled)

    assert spread(works, needed, seed=seed) == spread(shuffled, needed, seed=seed)


def test_two_thousand_works_with_conflicts_are_level():
    chance = random.Random(5)
    panels = [frozenset(range(base, base + 20)) for base in (0, 20, 40, 60)]
    works = [
        Work(entry, panels[entry % 4], barred=frozenset(j for j in panels[entry % 4] if chance.random() < 0.05))
        for entry in range(2000)
    ]

    proposal = spread(works, 5, seed=1)

    assert proposal.unserved == ()
    assert set(proposal.loads.values()) == {125}
