"""Works that two jurors both judge: what makes their marks comparable."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from contest.judging.assignment.network import Line
from contest.judging.assignment.prices import crowding, fair_shares
from contest.judging.assignment.problem import Problem, Work

MOST_ATTEMPTS = 10_000
ATTEMPTS_PER_LINE = 4


@dataclass(frozen=True)
class Overlap:
    """How the jurors of a panel are linked by works that they share.

    :ivar pairs: of jurors who have works
    :ivar linked: pairs that share at least one
    :ivar least, most: works that the pair with fewest and with most shares
    :ivar groups: jurors who are linked with each other, directly or through others; severity can be compared within a
        group and not between two
    """

    panel: str
    pairs: int
    linked: int
    least: int
    most: int
    mean: Fraction
    groups: tuple[frozenset[int], ...]

    @property
    def is_connected(self) -> bool:
        """Whether every juror can be compared with every other."""
        return len(self.groups) <= 1


def overlaps(lines: Iterable[Line], problem: Problem) -> list[Overlap]:
    """Report on each panel, in the order of their codes."""
    panels = {work.entry_id: work.panel for work in problem.works}
    judged: dict[str, dict[int, set[int]]] = {}
    for entry_id, juror in lines:
        judged.setdefault(panels[entry_id], {}).setdefault(entry_id, set()).add(juror)
    return [_overlap(panel, works.values()) for panel, works in sorted(judged.items())]


def _overlap(panel: str, works: Iterable[set[int]]) -> Overlap:
    shared: Counter[tuple[int, int]] = Counter()
    groups: dict[int, set[int]] = {}
    for jurors in works:
        shared.update(combinations(sorted(jurors), 2))
        together = set().union(jurors, *(groups.get(juror, ()) for juror in jurors))
        groups.update(dict.fromkeys(together, together))
    number = len(groups) * (len(groups) - 1) // 2
    return Overlap(
        panel,
        pairs=number,
        linked=len(shared),
        least=min(shared.values()) if number and len(shared) == number else 0,
        most=max(shared.values(), default=0),
        mean=Fraction(shared.total(), number or 1),
        groups=tuple(
            sorted({frozenset(group) for group in groups.values()}, key=lambda group: (-len(group), min(group)))
        ),
    )


def link(
    problem: Problem, standing: Iterable[Line], new: Sequence[Line], *, chance: random.Random
) -> tuple[list[Line], set[Line]]:
    """Exchange new lines between works of a panel, so that every pair of jurors shares about as many works.

    Two jurors give each other a work, if both may have it: neither load nor quota changes, nothing that was there
    before moves, and an exchange that would crowd a newsroom is not made. What gets smaller is the sum of the squares
    of the works that pairs share, which is least when all share the same number. This is a search by chance and not an
    optimum: which pairs meet is a quadratic assignment, for which none can be found in the time.

    :param standing: lines that stay as they are
    :return: the new lines, and those of them that an exchange made
    """
    exchange = _Exchange(problem, standing, new)
    places = list(new)
    by_panel: dict[str, list[int]] = {}
    for place, (entry_id, _) in enumerate(places):
        by_panel.setdefault(exchange.works[entry_id].panel, []).append(place)
    made: set[Line] = set()
    for panel in sorted(by_panel):
        offered = by_panel[panel]
        for _ in range(min(MOST_ATTEMPTS, ATTEMPTS_PER_LINE * len(offered))):
            one = offered[int(chance.random() * len(offered))]
            other = offered[int(chance.random() * len(offered))]
            (entry, juror), (work, partner) = places[one], places[other]
            if exchange.improves(entry, juror, work, partner):
                exchange.make(entry, juror, work, partner)
                made -= {places[one], places[other]}
                places[one], places[other] = (entry, partner), (work, juror)
                made |= {places[one], places[other]}
    return places, made


class _Exchange:
    """Who has what now, how many works pairs share, and whether giving two works across makes that better."""

    def __init__(self, problem: Problem, standing: Iterable[Line], new: Iterable[Line]) -> None:
        self.works = {work.entry_id: work for work in problem.works}
        self.eligible = {work.entry_id: problem.eligible(work) for work in problem.works}
        self.fair = fair_shares(problem)
        self.judges: dict[int, set[int]] = {work.entry_id: set() for work in problem.works}
        self.newsrooms: Counter[tuple[str, int | None, int]] = Counter()
        self.shared: dict[int, Counter[int]] = {}
        for entry, juror in (*standing, *new):
            work = self.works[entry]
            self._meet(juror, self.judges[entry], 1)
            self.judges[entry].add(juror)
            self.newsrooms[work.panel, work.newsroom, juror] += 1

    def _meet(self, juror: int, others: Iterable[int], by: int) -> None:
        own = self.shared.setdefault(juror, Counter())
        for other in others:
            own[other] += by
            self.shared.setdefault(other, Counter())[juror] += by

    def improves(self, entry: int, juror: int, work: int, partner: int) -> bool:
        """Say whether the juror of one work and the partner of another should give each other these works."""
        here, there = self.judges[entry], self.judges[work]
        if (
            juror == partner
            or partner in here
            or juror in there
            or partner not in self.eligible[entry]
            or juror not in self.eligible[work]
        ):
            return False
        mine, theirs = self.shared[juror], self.shared[partner]
        change = 0
        for other in here - there:
            if other != juror:
                change += theirs[other] - mine[other] + 1
        for other in there - here:
            if other != partner:
                change += mine[other] - theirs[other] + 1
        return change < 0 and self._crowding(self.works[entry], juror, self.works[work], partner) <= 0

    def _crowding(self, work: Work, juror: int, other: Work, partner: int) -> int:
        """Give what the exchange adds to the price of crowding."""
        if work.newsroom == other.newsroom:
            return 0
        return sum(
            self._step(one, giver, -1) + self._step(one, taker, 0)
            for one, giver, taker in ((work, juror, partner), (other, partner, juror))
            if one.newsroom is not None
        )

    def _step(self, work: Work, juror: int, at: int) -> int:
        """Price of the next work of this newsroom (at 0), or what giving the last back saves (at -1)."""
        number, fair = self.newsrooms[work.panel, work.newsroom, juror], self.fair[work.panel, work.newsroom]  # type: ignore[index]  # it has one
        more = crowding(number + 1 + at, fair) - crowding(number + at, fair)
        return -more if at else more

    def make(self, entry: int, juror: int, work: int, partner: int) -> None:
        """Give the works across."""
        for one, giver, taker in ((entry, juror, partner), (work, partner, juror)):
            named = self.works[one]
            self.judges[one].remove(giver)
            self._meet(giver, self.judges[one], -1)
            self._meet(taker, self.judges[one], 1)
            self.judges[one].add(taker)
            self.newsrooms[named.panel, named.newsroom, giver] -= 1
            self.newsrooms[named.panel, named.newsroom, taker] += 1
