"""Why a work gets too few jurors, and what would help."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contest.judging.assignment.network import Line
from contest.judging.assignment.problem import Problem, Work


@dataclass(frozen=True)
class Unserved:
    """A work that gets fewer jurors than the regulation asks for, and what stands in the way.

    The jurors of ``full`` are a bottleneck: whoever could take the work has all that their quota allows, and so has
    everybody to whom they could hand a work down in exchange (the side of a minimum cut on which the work lies). The
    ``works`` of the bottleneck together want ``short`` places more than its quotas hold.

    :ivar missing: places that nobody fills
    :ivar panel: members of the panel
    :ivar barred: members who may not have the work
    :ivar away: members who are away for the rest of the round, and might have it otherwise
    :ivar free: members who could take it, at once or by handing something on; only where people chose the jurors
    :ivar full: members of the bottleneck, whose quotas are used up; nobody while somebody is free
    :ivar works: that compete for the jurors of the bottleneck, this one counted
    :ivar short: places that all these works lack together
    """

    entry_id: int
    missing: int
    panel: int
    barred: frozenset[int] = frozenset()
    away: frozenset[int] = frozenset()
    free: frozenset[int] = frozenset()
    full: frozenset[int] = frozenset()
    works: int = 1
    short: int = 0

    @property
    def quotas_to_raise(self) -> int:
        """By how much the quotas of the bottleneck have to rise together at least; 0 without a bottleneck."""
        return self.short if self.full else 0

    @property
    def jurors_to_add(self) -> int:
        """How many more members without quota and without a conflict are certain to be enough for the work."""
        return self.missing


def shortages(problem: Problem, lines: Iterable[Line], missing: Mapping[int, int]) -> list[Unserved]:
    """Explain each work that lacks jurors, in the order of their ids.

    :param lines: all that stands, earlier lines and new ones
    :param missing: places that lack, by work
    """
    if not missing:
        return []
    search = _Search(problem, lines)
    works = {work.entry_id: work for work in problem.works}
    return [search.explain(works[entry_id], missing) for entry_id in sorted(missing)]


class _Search:
    """Who could hand a work down to whom."""

    def __init__(self, problem: Problem, lines: Iterable[Line]) -> None:
        self.problem = problem
        self.eligible = {work.entry_id: problem.eligible(work) for work in problem.works}
        self.judges: dict[int, set[int]] = {work.entry_id: set() for work in problem.works}
        self.movable: dict[tuple[str, int], list[Work]] = {}
        self.on_seat: Counter[tuple[str, int]] = Counter()
        works = {work.entry_id: work for work in problem.works}
        for entry_id, juror in lines:
            self.judges[entry_id].add(juror)
            self.on_seat[works[entry_id].panel, juror] += 1
            if juror in self.eligible[entry_id]:
                self.movable.setdefault((works[entry_id].panel, juror), []).append(works[entry_id])

    def explain(self, work: Work, missing: Mapping[int, int]) -> Unserved:
        """Say what stands in the way of one work."""
        members = {juror for panel, juror in self.problem.seat if panel == work.panel}
        others = members - work.barred - work.settled
        reached, competing = self._bottleneck(work)
        free = frozenset(juror for juror in reached if self._has_room(work.panel, juror))
        full = frozenset(reached) if not free else frozenset()
        return Unserved(
            work.entry_id,
            missing[work.entry_id],
            panel=len(members),
            barred=frozenset(members & work.barred),
            away=frozenset(juror for juror in others if self.problem.seat[work.panel, juror].is_away),
            free=free,
            full=full,
            works=len(competing | {work.entry_id}),
            short=sum(missing.get(entry_id, 0) for entry_id in competing | {work.entry_id}) if full else 0,
        )

    def _has_room(self, panel: str, juror: int) -> bool:
        quota = self.problem.seat[panel, juror].quota
        return quota is None or self.on_seat[panel, juror] < quota

    def _bottleneck(self, work: Work) -> tuple[set[int], set[int]]:
        reached: set[int] = set()
        competing: set[int] = set()
        waiting = deque([work])
        while waiting:
            one = waiting.popleft()
            for juror in sorted(self.eligible[one.entry_id] - self.judges[one.entry_id] - reached):
                reached.add(juror)
                for other in self.movable.get((work.panel, juror), ()):
                    if other.entry_id not in competing:
                        competing.add(other.entry_id)
                        waiting.append(other)
        return reached, competing
