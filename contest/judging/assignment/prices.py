"""What an assignment costs: the four prices, in the order in which they count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from contest.judging.assignment.problem import FULL, Problem

SCALE = 12
"""Prices of loads are whole numbers; where somebody is there for a part of the days they are counted in twelfths."""
CROWDING = (1, 2, 3)
"""What the first, second and every further work of a newsroom beyond a juror's fair share of it costs."""


class Cost(NamedTuple):
    """What an assignment comes to; the smaller tuple is the better assignment.

    :ivar missing: places that no juror fills
    :ivar moved: works taken from jurors who could have kept them
    :ivar uneven: sum over jurors of the prices of their works, see `price_of_load`
    :ivar crowded: works of one newsroom with one juror beyond the fair share, priced by `CROWDING`
    """

    missing: int
    moved: int
    uneven: int
    crowded: int


def price_of_load(number: int, share: Fraction, scale: int) -> int:
    """Price of a juror's next work when they have this many: 1, 3, 5, … divided by the share of days they are there.

    The prices of n works add up to n²; whoever is there half of the time pays double. The least sum under that price
    is the apportionment of Webster and Sainte-Laguë: loads are as the shares are, and equal shares differ by one.
    """
    price = (2 * number + 1) * scale
    return price if share == FULL else round(price / share)


def scale_of(problem: Problem) -> int:
    """How fine prices of loads have to be in a problem."""
    return 1 if all(seat.share == FULL for seat in problem.seats) else SCALE


def shares_of(problem: Problem) -> dict[int, Fraction]:
    """The share of days on which each juror is there: the smallest, for somebody who sits on several panels."""
    shares: dict[int, Fraction] = {}
    for seat in problem.seats:
        shares[seat.juror] = min(seat.share, shares.get(seat.juror, FULL))
    return shares


def fair_shares(problem: Problem) -> dict[tuple[str, int], int]:
    """How many works of a newsroom one juror of a panel would have if they were dealt out evenly, rounded up."""
    works = Counter((work.panel, work.newsroom) for work in problem.works if work.newsroom is not None)
    found = {}
    for (panel, newsroom), number in works.items():
        jurors = len(problem.present.get(panel, ())) or 1
        found[panel, newsroom] = -(-number * problem.needed // jurors)
    return found


def crowding(number: int, fair: int) -> int:
    """Price of so many works of one newsroom with one juror."""
    over = max(number - fair, 0)
    steps = sum(CROWDING[:over])
    return steps + CROWDING[-1] * max(over - len(CROWDING), 0)


def uneven(loads: Mapping[int, int], problem: Problem) -> int:
    """Price of the loads of everybody who has a seat."""
    shares, scale = shares_of(problem), scale_of(problem)
    return sum(
        price_of_load(number, shares[juror], scale)
        for juror, load in loads.items()
        if juror in shares
        for number in range(load)
    )


def crowded(lines: Iterable[tuple[int, int]], problem: Problem) -> int:
    """Price of the works of the same newsrooms with the same jurors."""
    works = {work.entry_id: work for work in problem.works}
    fair = fair_shares(problem)
    counted: Counter[tuple[str, int, int]] = Counter()
    for entry_id, juror in lines:
        work = works[entry_id]
        if work.newsroom is not None:
            counted[work.panel, work.newsroom, juror] += 1
    return sum(crowding(number, fair[panel, newsroom]) for (panel, newsroom, _), number in counted.items())
