"""From works and seats to a proposal.

What is provably optimal, in this order, and for each part of the round whose panels share no juror:

1. every place that can be filled is filled: a maximum flow;
2. of works that jurors have untouched, the fewest change hands (with ``level``: 3 comes before 2);
3. the prices of the loads add up to the least (`prices.price_of_load`): without conflicts, quotas and absences loads
   differ by one, otherwise by more only where these leave no other way. When a large part is solved on a sample of its
   lines, the result is taken only if it reaches a bound that no assignment can be below; else all lines are tried.

What follows by search or by chance, and never costs anything of the above: works of a newsroom are spread at least
price among the lines tried, equal lines are drawn, and exchanges even out how many works pairs share (`linking`).
"""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from contest.judging.assignment.linking import Overlap, link, overlaps
from contest.judging.assignment.network import Demand, Line, route
from contest.judging.assignment.prices import Cost, crowded, price_of_load, scale_of, shares_of, uneven
from contest.judging.assignment.problem import Problem, Work, components
from contest.judging.assignment.reasons import Leaving, Reason, leaving, reasons
from contest.judging.assignment.shortage import Unserved, shortages

MANY_LINES = 40_000
SAMPLE = 24
"""Jurors tried for each work where there are many; always enough for four times what it needs."""


NOTHING = Cost(0, 0, 0, 0)


@dataclass(frozen=True)
class Spread:
    """A proposal.

    :ivar lines: new assignments, (entry, juror)
    :ivar kept: assignments that stay
    :ivar taken: assignments on which nothing was typed and which go to somebody else, with the reason
    :ivar reasons: why each juror has each work, new and kept
    :ivar unserved: works that get fewer jurors than they need
    :ivar loads: works of each juror in the round, when it is done
    """

    lines: tuple[Line, ...] = ()
    kept: tuple[Line, ...] = ()
    taken: Mapping[Line, Leaving] = field(default_factory=dict)
    reasons: Mapping[Line, Reason] = field(default_factory=dict)
    unserved: tuple[Unserved, ...] = ()
    loads: Mapping[int, int] = field(default_factory=dict)
    overlaps: tuple[Overlap, ...] = ()
    cost: Cost = NOTHING


def solve(problem: Problem, *, seed: int, level: bool = False) -> Spread:
    """Give every work its jurors: none who is barred, none beyond a quota, loads as even as they can be.

    The same facts and seed always give the same proposal, whatever the order of works and seats.

    :param level: move untouched works to make loads even; otherwise they move only where a hard demand needs it
    """
    lines: list[Line] = []
    linked: set[Line] = set()
    for part in components(problem):
        chance = random.Random(seed)  # noqa: S311 - a draw that anybody can repeat is wanted, not a secret
        found = _solve(part, level=level, chance=chance)
        before = {(work.entry_id, juror) for work in part.works for juror in work.held | work.settled}
        new = sorted(line for line in found if line not in before)
        changed, made = link(part, sorted(set(found) - set(new)), new, chance=chance)
        lines += [*(line for line in found if line in before), *changed]
        linked |= made
    return told(problem, lines, linked=linked)


def told(
    problem: Problem,
    lines: Sequence[Line],
    *,
    linked: set[Line] | frozenset[Line] = frozenset(),
    given: Mapping[Line, Reason] | None = None,
    by_hand: Collection[int] = (),
) -> Spread:
    """Describe an assignment, however it came about: what is new, what it costs, what it lacks, and why.

    :param lines: all of it, with what stands already
    :param given: reasons that are known, as for what was chosen by hand
    :param by_hand: works whose jurors somebody chose
    """
    wanted = set(lines)
    before = {(work.entry_id, juror) for work in problem.works for juror in work.held | work.settled}
    works = {work.entry_id: work for work in problem.works}
    had = Counter((works[entry_id].panel, juror) for entry_id, juror in before)
    loads = Counter(dict.fromkeys(sorted({seat.juror for seat in problem.seats}), 0))
    loads.update(problem.elsewhere)
    loads.update(juror for _, juror in wanted)
    new, kept = sorted(wanted - before), sorted(wanted & before)
    served = Counter(entry_id for entry_id, _ in wanted)
    missing = {
        work.entry_id: problem.needed - served[work.entry_id]
        for work in problem.works
        if served[work.entry_id] < problem.needed
    }
    moved = {
        (entry_id, juror): Leaving.hand
        if entry_id in by_hand and juror in problem.eligible(works[entry_id])
        else leaving(problem, works[entry_id], juror, had[works[entry_id].panel, juror])
        for entry_id, juror in sorted(before - wanted)
    }
    why = reasons(problem, new, kept, loads, linked)
    why.update({line: reason for line, reason in (given or {}).items() if line in why and line not in before})
    must = sum(juror not in problem.eligible(works[entry_id]) for entry_id, juror in moved)
    return Spread(
        lines=tuple(new),
        kept=tuple(kept),
        taken=moved,
        reasons=why,
        unserved=tuple(shortages(problem, wanted, missing)),
        loads=dict(sorted(loads.items())),
        overlaps=tuple(overlaps(sorted(wanted), problem)),
        cost=Cost(sum(missing.values()), len(moved) - must, uneven(loads, problem), crowded(wanted, problem)),
    )


def _solve(part: Problem, *, level: bool, chance: random.Random) -> list[Line]:
    """Find the lines of one part, those that stay counted."""
    if not level:
        fixed, demands = _demands(part, keep=True)
        lines = _route(part, demands, fixed, chance=chance)
        if len(lines) == sum(demand.wanted for demand in demands):
            return [*fixed, *lines]
    fixed, demands = _demands(part, keep=False)
    return [*fixed, *route(part, demands, fixed, level=level, chance=chance)]


def _demands(part: Problem, *, keep: bool) -> tuple[list[Line], list[Demand]]:
    """Say what stays in any case, and what each work wants besides.

    :param keep: leave untouched works where they are, except on seats that have more than their quota
    """
    on_seat = Counter((work.panel, juror) for work in part.works for juror in work.settled | part.staying(work))
    over = {place for place, seat in part.seat.items() if seat.quota is not None and on_seat[place] > seat.quota}
    fixed: list[Line] = []
    demands: list[Demand] = []
    for work in part.works:
        staying = part.staying(work)
        surplus = len(work.settled) + len(staying) > part.needed  # somebody wanted it so
        still = {juror for juror in staying if (keep or surplus) and (work.panel, juror) not in over}
        fixed += [(work.entry_id, juror) for juror in sorted(work.settled | still)]
        wanted = max(part.needed - len(work.settled) - len(still), 0)
        if wanted:
            candidates = tuple(sorted(part.eligible(work) - still))
            demands.append(Demand(work, wanted, candidates, frozenset(staying - still)))
    return fixed, demands


def _route(part: Problem, demands: Sequence[Demand], fixed: Sequence[Line], *, chance: random.Random) -> list[Line]:
    """Solve on a sample of the lines where there are many, if that can be shown to be as good."""
    if sum(len(demand.candidates) for demand in demands) > MANY_LINES and not any(demand.held for demand in demands):
        tried = [_sample(demand, max(SAMPLE, 4 * demand.wanted), chance) for demand in demands]
        lines = route(part, tried, fixed, level=False, chance=chance)
        if _reaches_bound(part, demands, fixed, lines):
            return lines
    return route(part, demands, fixed, level=False, chance=chance)


def _sample(demand: Demand, size: int, chance: random.Random) -> Demand:
    if len(demand.candidates) <= size:
        return demand
    return Demand(demand.work, demand.wanted, tuple(sorted(chance.sample(demand.candidates, size))))


def _reaches_bound(part: Problem, demands: Sequence[Demand], fixed: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Say whether everything is served at the price that it would have if every juror could take every work.

    To let go of conflicts only adds assignments, so none that heeds them is cheaper.
    """
    wanted = sum(demand.wanted for demand in demands)
    if len(lines) < wanted:
        return False
    shares, scale = shares_of(part), scale_of(part)
    base = Counter(part.elsewhere)
    base.update(juror for _, juror in fixed)
    loads = base.copy()
    loads.update(juror for _, juror in lines)
    paid = sum(
        price_of_load(number, shares[juror], scale) for juror in shares for number in range(base[juror], loads[juror])
    )
    return paid == _least_price(part, base, fixed, wanted, shares, scale)


def _least_price(
    part: Problem,
    base: Mapping[int, int],
    fixed: Sequence[Line],
    wanted: int,
    shares: Mapping[int, Fraction],
    scale: int,
) -> int:
    works: dict[int, Work] = {work.entry_id: work for work in part.works}
    on_seat = Counter((works[entry_id].panel, juror) for entry_id, juror in fixed)
    room: Counter[int] = Counter()
    for seat in part.seats:
        if not seat.is_away:
            room[seat.juror] += wanted if seat.quota is None else max(seat.quota - on_seat[seat.panel, seat.juror], 0)
    offered = [(price_of_load(base.get(juror, 0), shares[juror], scale), juror) for juror in room if room[juror]]
    heapq.heapify(offered)
    number, total = Counter(base), 0
    for _ in range(wanted):
        if not offered:
            return -1
        price, juror = offered[0]
        total += price
        number[juror] += 1
        room[juror] -= 1
        if room[juror]:
            heapq.heapreplace(offered, (price_of_load(number[juror], shares[juror], scale), juror))
        else:
            heapq.heappop(offered)
    return total
