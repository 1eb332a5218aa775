"""What an assignment is asked for: works, seats on panels, and what may not be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cached_property

FULL = Fraction(1)
LEAST_SHARE = Fraction(1, 20)
"""Somebody who is there for a day of sixty is asked for something, and the prices stay within a machine word."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One juror on one panel.

    :ivar quota: works of this panel that they take at most, those they have counted; None: no limit
    :ivar share: of the days of the round on which they are there
    :ivar is_away: whether they are away for all that is left of the round, so that nothing may lie with them
    """

    juror: int
    panel: str
    quota: int | None = None
    share: Fraction = FULL
    is_away: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """One work to be judged by a panel.

    :ivar barred: jurors who may not have it
    :ivar settled: jurors who have begun or sent its sheet, or noted something; they keep it whatever else changes
    :ivar held: jurors who have it and have typed nothing; it may go to somebody else when that is needed
    :ivar newsroom: where it comes from; None when it comes from none
    """

    entry_id: int
    panel: str
    barred: frozenset[int] = frozenset()
    settled: frozenset[int] = frozenset()
    held: frozenset[int] = frozenset()
    newsroom: int | None = None


@dataclass(frozen=True)
class Problem:
    """The works and seats of a round, and how many jurors each work needs.

    :ivar elsewhere: works that jurors have outside what is asked here; they count to the load and stay
    """

    works: tuple[Work, ...]
    seats: tuple[Seat, ...]
    needed: int
    elsewhere: Mapping[int, int] = field(default_factory=dict)

    @cached_property
    def seat(self) -> dict[tuple[str, int], Seat]:
        """Each seat by panel and juror."""
        return {(seat.panel, seat.juror): seat for seat in self.seats}

    @cached_property
    def present(self) -> dict[str, frozenset[int]]:
        """The jurors of each panel to whom anything may be given at all."""
        found: dict[str, set[int]] = {}
        for seat in self.seats:
            if not seat.is_away:
                found.setdefault(seat.panel, set()).add(seat.juror)
        return {panel: frozenset(jurors) for panel, jurors in found.items()}

    @cached_property
    def everybody(self) -> frozenset[int]:
        """All who have a seat."""
        return frozenset(seat.juror for seat in self.seats)

    @cached_property
    def _eligible(self) -> dict[int, frozenset[int]]:
        nobody: frozenset[int] = frozenset()
        return {work.entry_id: self.present.get(work.panel, nobody) - work.barred - work.settled for work in self.works}

    def eligible(self, work: Work) -> frozenset[int]:
        """Jurors who may have a work that is not theirs for good already."""
        return self._eligible[work.entry_id]

    def staying(self, work: Work) -> frozenset[int]:
        """Jurors who have a work untouched and may keep it."""
        return work.held & self.eligible(work)


def share_of(
    opens: datetime, closes: datetime, now: datetime, away_from: date | None, away_until: date | None
) -> tuple[Fraction, bool]:
    """Say on which share of the days of a round somebody is there, and whether they are away for all that is left.

    Whoever is away for a third of the days gets two thirds of what the others get; the pace asked of everybody who is
    there is the same. What counts is the round as a whole, so that a week away weighs the same before and after it.

    :param opens, closes: in the zone of the contest
    :param away_from: first day away; without it they are there
    :param away_until: last day away; None: until the end
    """
    if away_from is None:
        return FULL, False
    last = (closes - timedelta(microseconds=1)).date()
    days = (last - opens.date()).days + 1
    until = last if away_until is None else min(away_until, last)
    first = max(away_from, opens.date())
    away = max((until - first).days + 1, 0)
    begins = max(now, opens).date()
    gone = away_from <= begins and until >= last
    share = Fraction(max(days - away, 0), days) if days > 0 else FULL
    return max(share, LEAST_SHARE), gone


def components(problem: Problem) -> list[Problem]:
    """Split a problem into parts that share no juror, in the order of their panels; each is solved on its own."""
    parent: dict[str, str] = {}

    def root(panel: str) -> str:
        while parent.setdefault(panel, panel) != panel:
            panel = parent[panel]
        return panel

    first: dict[int, str] = {}
    for panel, juror in _ties(problem):
        other = root(first.setdefault(juror, panel))
        if (own := root(panel)) != other:
            parent[max(own, other)] = min(own, other)
    works: dict[str, list[Work]] = {}
    for work in problem.works:
        works.setdefault(root(work.panel), []).append(work)
    seats: dict[str, list[Seat]] = {}
    for seat in problem.seats:
        seats.setdefault(root(seat.panel), []).append(seat)
    return [
        Problem(
            tuple(sorted(works.get(panel, ()), key=lambda work: work.entry_id)),
            tuple(sorted(seats.get(panel, ()), key=lambda seat: (seat.panel, seat.juror))),
            problem.needed,
            problem.elsewhere,
        )
        for panel in sorted(works.keys() | seats.keys())
    ]


def _ties(problem: Problem) -> Iterable[tuple[str, int]]:
    for seat in problem.seats:
        yield seat.panel, seat.juror
    for work in problem.works:
        for juror in sorted(work.settled | work.held):
            yield work.panel, juror
