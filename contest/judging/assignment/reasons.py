"""Why a juror has a work, and why a work leaves a juror: codes, of which the doors make sentences."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from contest.errors import N_
from contest.judging.assignment.network import Line
from contest.judging.assignment.prices import fair_shares, shares_of
from contest.judging.assignment.problem import Problem, Work


class Reason(StrEnum):
    """Why a juror has a work."""

    settled = "settled"
    kept = "kept"
    only = "only"
    newsroom = "newsroom"
    links = "links"
    least = "least"
    even = "even"
    hand = "hand"
    file = "file"

    @property
    def label(self) -> str:
        """The reason in a few words, an English msgid."""
        return LABELS[self]


LABELS = {
    Reason.settled: N_("has begun or sent the sheet"),
    Reason.kept: N_("has it already"),
    Reason.only: N_("no other juror can take it"),
    Reason.newsroom: N_("others have more works of this newsroom"),
    Reason.links: N_("shares few works with the other jurors of this work"),
    Reason.least: N_("has the fewest works among those who can take it"),
    Reason.even: N_("keeps the loads of all even"),
    Reason.hand: N_("chosen by hand"),
    Reason.file: N_("from the file"),
}


class Leaving(StrEnum):
    """Why a juror loses a work on which they have typed nothing."""

    barred = "barred"
    stranger = "stranger"
    away = "away"
    quota = "quota"
    moved = "moved"
    hand = "hand"

    @property
    def label(self) -> str:
        """The reason in a few words, an English msgid."""
        return LEAVING[self]


LEAVING = {
    Leaving.barred: N_("cannot judge it any more"),
    Leaving.stranger: N_("does not sit on the panel of this work"),
    Leaving.away: N_("is away until the end of the round"),
    Leaving.quota: N_("has more works than their quota"),
    Leaving.moved: N_("gives it up so that every work is served"),
    Leaving.hand: N_("taken off by hand"),
}


def reasons(
    problem: Problem,
    new: Iterable[Line],
    standing: Collection[Line],
    loads: Mapping[int, int],
    linked: Collection[Line],
) -> dict[Line, Reason]:
    """Say of each line why the juror has the work; the first reason that is true of it, from the narrowest on."""
    works = {work.entry_id: work for work in problem.works}
    fresh = list(new)
    judges: dict[int, set[int]] = {}
    newsrooms: Counter[tuple[str, int | None, int]] = Counter()
    for entry_id, juror in (*standing, *fresh):
        judges.setdefault(entry_id, set()).add(juror)
        newsrooms[works[entry_id].panel, works[entry_id].newsroom, juror] += 1
    by_work: dict[int, list[int]] = {}
    for entry_id, juror in fresh:
        by_work.setdefault(entry_id, []).append(juror)
    shares, fair = shares_of(problem), fair_shares(problem)
    weighed = {juror: float(loads.get(juror, 0) / share) for juror, share in shares.items()}
    full = _full(problem, works, (*standing, *fresh))
    found = {
        (entry_id, juror): Reason.settled if juror in works[entry_id].settled else Reason.kept
        for entry_id, juror in standing
    }
    for entry_id, jurors in by_work.items():
        work = works[entry_id]
        place = (work.panel, work.newsroom)
        others = problem.eligible(work) - judges[entry_id] - full.get(work.panel, frozenset())
        lightest = min((weighed[other] for other in others), default=None)
        limit = fair.get(place, 0) if work.newsroom is not None else -1  # type: ignore[arg-type]  # it has one
        welcome = min((weighed[other] for other in others if newsrooms[*place, other] < limit), default=math.inf)
        for juror in jurors:
            line = (entry_id, juror)
            if lightest is None:
                found[line] = Reason.only
            elif line in linked:
                found[line] = Reason.links
            elif limit >= 0 and lightest <= weighed[juror] < welcome:
                found[line] = Reason.newsroom
            else:
                found[line] = Reason.least if weighed[juror] <= lightest + 1 else Reason.even
    return found


def _full(problem: Problem, works: Mapping[int, Work], lines: Iterable[Line]) -> dict[str, frozenset[int]]:
    """The jurors of each panel who have all that their quota allows."""
    on_seat = Counter((works[entry_id].panel, juror) for entry_id, juror in lines)
    found: dict[str, set[int]] = {}
    for seat in problem.seats:
        if seat.quota is not None and on_seat[seat.panel, seat.juror] >= seat.quota:
            found.setdefault(seat.panel, set()).add(seat.juror)
    return {panel: frozenset(jurors) for panel, jurors in found.items()}


def leaving(problem: Problem, work: Work, juror: int, had: int) -> Leaving:
    """Say why a juror who had a work untouched no longer has it.

    :param had: works of the juror on the panel before anything was changed
    """
    seat = problem.seat.get((work.panel, juror))
    if juror in work.barred:
        return Leaving.barred
    if seat is None:
        return Leaving.stranger
    if seat.is_away:
        return Leaving.away
    return Leaving.quota if seat.quota is not None and had > seat.quota else Leaving.moved
