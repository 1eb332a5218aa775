"""Spreading works evenly over the jurors of their panels.

No juror has an upper limit, so a work can be served exactly when enough of its panel may judge it; what is left to
decide is who. The loads are first levelled greedily, then by exchanges along chains of works until no chain leads from
a juror to one who has at least two works less. With a convex cost (the sum of squared loads) that is the optimality
condition of a minimum-cost flow (no negative cycle in the residual graph; Ahuja, Magnanti and Orlin, *Network Flows*,
1993, theorem 9.1), and for such costs the optimum is also the most even distribution that exists: loads differ by more
than one only where conflicts or earlier assignments leave no other way.
"""

from __future__ import annotations

import random
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Work:
    """One work to be served: who sits on its panel, who of them may not, who already has it."""

    entry_id: int
    panel: frozenset[int]
    barred: frozenset[int] = frozenset()
    kept: frozenset[int] = frozenset()

    @property
    def eligible(self) -> frozenset[int]:
        """Panel jurors to whom the work may still be given."""
        return self.panel - self.barred - self.kept


@dataclass(frozen=True)
class Unserved:
    """A work that gets fewer jurors than the regulation asks for, and what stands in the way."""

    entry_id: int
    missing: int
    panel: int
    barred: int


@dataclass(frozen=True)
class Spread:
    """A proposal: new assignments as (entry, juror), what cannot be served, and the resulting load of each juror."""

    lines: tuple[tuple[int, int], ...]
    unserved: tuple[Unserved, ...]
    loads: Mapping[int, int] = field(default_factory=dict)


def spread(works: Iterable[Work], jurors_per_entry: int, *, seed: int) -> Spread:
    """Give every work its jurors, never one who is barred, with loads as even as they can be.

    What is already assigned stays and counts. Equal choices fall by ``seed``, so the same facts and seed always give
    the same proposal, whatever the order of the works.
    """
    ordered = sorted(works, key=lambda work: work.entry_id)
    chance = random.Random(seed)  # noqa: S311 - a draw that anybody can repeat is wanted, not a secret
    chance.shuffle(ordered)
    ordered.sort(key=lambda work: len(work.eligible))  # the narrowest choice first leaves less to exchange
    jurors = sorted({juror for work in ordered for juror in work.panel | work.kept})
    luck = dict(zip(jurors, chance.sample(range(len(jurors)), len(jurors)), strict=True))

    loads = Counter(dict.fromkeys(jurors, 0))
    for work in ordered:
        loads.update(work.kept)

    given: dict[int, set[int]] = {}
    unserved: list[Unserved] = []
    for work in ordered:
        wanted = max(jurors_per_entry - len(work.kept), 0)
        chosen = sorted(work.eligible, key=lambda juror: (loads[juror], luck[juror]))[:wanted]
        given[work.entry_id] = set(chosen)
        loads.update(chosen)
        if len(chosen) < wanted:
            unserved.append(
                Unserved(work.entry_id, wanted - len(chosen), len(work.panel), len(work.panel & work.barred))
            )

    _level(ordered, given, loads, luck)
    return Spread(
        lines=tuple(sorted((entry, juror) for entry, chosen in given.items() for juror in chosen)),
        unserved=tuple(sorted(unserved, key=lambda work: work.entry_id)),
        loads=dict(sorted(loads.items())),
    )


def _level(works: Sequence[Work], given: dict[int, set[int]], loads: Counter[int], luck: Mapping[int, int]) -> None:
    """Exchange along chains until nobody can hand work down to someone with at least two works less."""
    eligible = {work.entry_id: work.eligible for work in works}
    held: dict[int, set[int]] = {juror: set() for juror in loads}
    for entry, chosen in given.items():
        for juror in chosen:
            held[juror].add(entry)

    moved = True
    while moved:
        moved = False
        for giver in sorted(loads, key=lambda juror: (-loads[juror], luck[juror])):
            if chain := _chain(giver, given, held, eligible, loads, luck):
                for holder, entry, taker in chain:
                    given[entry].remove(holder)
                    given[entry].add(taker)
                    held[holder].remove(entry)
                    held[taker].add(entry)
                loads[giver] -= 1
                loads[chain[-1][2]] += 1
                moved = True
                break


def _chain(
    giver: int,
    given: Mapping[int, set[int]],
    held: Mapping[int, set[int]],
    eligible: Mapping[int, frozenset[int]],
    loads: Mapping[int, int],
    luck: Mapping[int, int],
) -> list[tuple[int, int, int]]:
    """The shortest chain of (holder, entry, taker) from the giver to a juror with at least two works less."""
    came: dict[int, tuple[int, int]] = {}
    queue = deque([giver])
    while queue:
        holder = queue.popleft()
        ways = {taker: entry for entry in sorted(held[holder]) for taker in eligible[entry] - given[entry]}
        for taker in sorted(ways, key=lambda juror: (loads[juror], luck[juror])):
            if taker in came or taker == giver:
                continue
            came[taker] = (holder, ways[taker])
            if loads[taker] <= loads[giver] - 2:
                return _back(giver, taker, came)
            queue.append(taker)
    return []


def _back(giver: int, taker: int, came: Mapping[int, tuple[int, int]]) -> list[tuple[int, int, int]]:
    chain: list[tuple[int, int, int]] = []
    while taker != giver:
        holder, entry = came[taker]
        chain.append((holder, entry, taker))
        taker = holder
    return chain[::-1]
