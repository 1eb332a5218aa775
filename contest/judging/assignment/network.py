"""The flow: works on one side, jurors on the other, and prices that put one demand before another.

::

    work ──line──► newsroom at a seat ──crowding──► seat ──quota──► juror ──load──► done

A line carries one unit or none, so nobody has a work twice; what may not be has no line. A seat lets through what is
left of its quota. Works of one newsroom pass a node of their own at each seat, where every work beyond the fair share
costs more than the one before; a juror's units cost more the more works they have (`prices`). All these prices rise,
so that a flow of least cost is the optimum of the assignment in whole numbers (Ahuja, Magnanti and Orlin, *Network
Flows*, 1993, chapters 11 and 14). It is found by OR-tools (cost scaling, Goldberg 1997).

The prices are put into one number each, so far apart that a lower one never buys a higher one: an optimum is one
without a negative cycle, a cycle without repetition passes each work once, and so has at most two lines a work.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from contest.judging.assignment.prices import (
    CROWDING,
    crowding,
    fair_shares,
    price_of_load,
    scale_of,
    shares_of,
)
from contest.judging.assignment.problem import Problem, Work

TIE_BITS = 3
CROWDED = 2**TIE_BITS
"""One step of crowding costs more than any draw."""
LEAST = CROWDED * CROWDING[-1] + CROWDED - 1
"""The most that one line pays for crowding and by the draw together."""

Line = tuple[int, int]
"""Entry and juror."""


@dataclass(frozen=True, slots=True)
class Demand:
    """A work that wants so many of these jurors; from those who hold it, it moves at a price."""

    work: Work
    wanted: int
    candidates: tuple[int, ...]
    held: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Weights:
    """What a unit of each price is multiplied by."""

    move: int
    load: int


def weights(demands: int, dearest: int, *, level: bool) -> Weights:
    """Put moves before evenness, or evenness before moves; crowding and the draw come after both.

    :param dearest: the highest price of a load
    """
    lines = 2 * (demands + 1)
    above = lines * LEAST + 1
    if level:
        return Weights(move=above, load=lines * above + above)
    return Weights(move=dearest * above + above, load=above)


class _Network:
    """Arcs as they are gathered, and the names of nodes."""

    def __init__(self) -> None:
        self.nodes: dict[Any, int] = {}
        self.tails: list[int] = []
        self.heads: list[int] = []
        self.capacities: list[int] = []
        self.costs: list[int] = []

    def node(self, name: Any) -> int:
        return self.nodes.setdefault(name, len(self.nodes))

    def arc(self, tail: int, head: int, capacity: int, cost: int) -> None:
        if capacity > 0:
            self.tails.append(tail)
            self.heads.append(head)
            self.capacities.append(capacity)
            self.costs.append(cost)


def route(
    problem: Problem, demands: Sequence[Demand], fixed: Iterable[Line], *, level: bool, chance: random.Random
) -> list[Line]:
    """Serve as many demands as can be served, at the least cost; equal choices fall by the draw.

    :param fixed: lines that stay and are paid for already
    :return: the lines taken, in the order of the demands
    """
    network, base = _Network(), _Base(problem, fixed)
    shares, scale = shares_of(problem), scale_of(problem)
    candidates = Counter(juror for demand in demands for juror in demand.candidates)
    room = {juror: base.room(juror, number) for juror, number in candidates.items()}
    dearest = max(
        (price_of_load(base.loads[juror] + left, shares[juror], scale) for juror, left in room.items()), default=0
    )
    weight = weights(len(demands), dearest, level=level)
    lines = _lines(network, demands, weight, chance)
    _crowding(network, problem, base)
    done = network.node("done")
    for panel, juror in sorted(name[1:] for name in network.nodes if name[0] == "seat"):
        seat = network.nodes["seat", panel, juror]
        network.arc(seat, network.node(("juror", juror)), base.left(panel, juror, candidates[juror]), 0)
    for juror in sorted(room):
        for number in range(base.loads[juror], base.loads[juror] + room[juror]):
            price = price_of_load(number, shares[juror], scale) * weight.load
            network.arc(network.node(("juror", juror)), done, 1, price)
    taken = _solve(network, demands, done)
    return [line for line, flow in zip(lines, taken, strict=False) if flow]


class _Base:
    """What lies with jurors before anything is decided."""

    def __init__(self, problem: Problem, fixed: Iterable[Line]) -> None:
        works = {work.entry_id: work for work in problem.works}
        self.problem = problem
        self.loads: Counter[int] = Counter(problem.elsewhere)
        self.seats: Counter[tuple[str, int]] = Counter()
        self.newsrooms: Counter[tuple[str, int, int]] = Counter()
        for entry_id, juror in fixed:
            work = works[entry_id]
            self.loads[juror] += 1
            self.seats[work.panel, juror] += 1
            if work.newsroom is not None:
                self.newsrooms[work.panel, juror, work.newsroom] += 1

    def left(self, panel: str, juror: int, most: int) -> int:
        """How many works a seat can still take, at most so many."""
        quota = self.problem.seat[panel, juror].quota
        return most if quota is None else max(min(quota - self.seats[panel, juror], most), 0)

    def room(self, juror: int, most: int) -> int:
        """How many works a juror can still take on all their seats."""
        return min(sum(self.left(panel, one, most) for panel, one in self.problem.seat if one == juror), most)


def _lines(network: _Network, demands: Sequence[Demand], weight: Weights, chance: random.Random) -> list[Line]:
    """Add an arc for each work and juror that may come together; they are the first arcs of the network."""
    lines: list[Line] = []
    moving = weight.move if any(demand.held for demand in demands) else 0  # as many lines are taken either way
    for number, demand in enumerate(demands):
        work = demand.work
        start = network.node(("work", number))
        for juror in demand.candidates:
            name = (
                ("seat", work.panel, juror) if work.newsroom is None else ("newsroom", work.panel, juror, work.newsroom)
            )
            price = chance.getrandbits(TIE_BITS) + (0 if juror in demand.held else moving)
            network.arc(start, network.node(name), 1, price)
            lines.append((work.entry_id, juror))
    return lines


def _crowding(network: _Network, problem: Problem, base: _Base) -> None:
    fair = fair_shares(problem)
    for _, panel, juror, newsroom in [name for name in network.nodes if name[0] == "newsroom"]:
        start = network.nodes["newsroom", panel, juror, newsroom]
        seat = network.node(("seat", panel, juror))
        limit, held = fair[panel, newsroom], base.newsrooms[panel, juror, newsroom]
        network.arc(start, seat, limit - held, 0)
        dearer = max(held, limit)
        for number in range(dearer, limit + len(CROWDING) - 1):
            step = crowding(number + 1, limit) - crowding(number, limit)
            network.arc(start, seat, 1, step * CROWDED)
        network.arc(start, seat, len(problem.works), CROWDING[-1] * CROWDED)


def _solve(network: _Network, demands: Sequence[Demand], done: int) -> list[int]:
    if not network.tails:
        return []
    import numpy
    from ortools.graph.python import min_cost_flow

    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        numpy.array(network.tails),
        numpy.array(network.heads),
        numpy.array(network.capacities),
        numpy.array(network.costs),
    )
    for number, demand in enumerate(demands):
        flow.set_node_supply(network.nodes["work", number], demand.wanted)
    flow.set_node_supply(done, -sum(demand.wanted for demand in demands))
    status = flow.solve()
    if status == flow.INFEASIBLE:
        status = flow.solve_max_flow_with_min_cost()
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"the flow of {len(arcs)} arcs ended with {status}")
    return list(flow.flows(arcs).tolist())
