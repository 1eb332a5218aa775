"""What the draws say, in figures that can be shown: of each juror, each work and its place, and each edge.

Everything here is an estimate, with floating point numbers, and advises only. What a round comes to is computed in
`contest.results` with exact numbers, and nothing of this enters it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from contest.calibration.additive import HIGHEST, LOWEST, Draws, Floats, Mark, draw, linked, suffices

SURE = 0.95
"""From this probability on an order is said to be separated, and a juror outside the tolerance."""
TOLERANCE = 5.0
"""How much more severe or lenient than the others a juror may be, in hundredths of the scale."""
FAR = 3.0
"""How many standard deviations a mark lies from what is expected, to be worth a second look."""
ENDS = (2.5, 97.5)


@dataclass(frozen=True)
class Scored:
    """How the figure that a work is ranked by follows from its worth.

    :ivar top: hundredths of a point that a sheet can reach
    :ivar times: how many sheets are added up; 1 where a mean, a trimmed mean or a median is taken
    :ivar bonus: hundredths of a point added for something else
    """

    entry: str
    category: str
    group: str
    top: float
    times: int = 1
    bonus: float = 0.0

    @property
    def most(self) -> float:
        """The highest figure that can be reached."""
        return self.top * self.times + self.bonus


@dataclass(frozen=True)
class Edge:
    """Where works on one side get something, and those on the other do not.

    :ivar what: code of the tier, or the term by which works go on
    :ivar inside: works that reach it, best first
    :ivar outside: works that do not, best first
    :ivar floor: hundredths of a point that must be reached; None where places decide
    """

    group: str
    what: str
    inside: tuple[str, ...]
    outside: tuple[str, ...]
    floor: float | None = None


@dataclass(frozen=True)
class OfJuror:
    """One juror beside the others, in hundredths of the scale, each figure with the ends of its 95 % interval.

    :ivar severity: how much higher (or lower, negative) than the panel they mark
    :ivar unsteadiness: standard deviation of chance in their marks
    :ivar outside: how probable it is that their severity lies outside the tolerance
    """

    juror: str
    sheets: int
    severity: float
    severity_low: float
    severity_high: float
    unsteadiness: float
    unsteadiness_low: float
    unsteadiness_high: float
    outside: float

    @property
    def is_outside(self) -> bool:
        """Whether they surely mark more severely or leniently than is tolerated."""
        return self.outside >= SURE


@dataclass(frozen=True)
class OfWork:
    """What one work would have with every juror of the panel and without chance, in hundredths of a point."""

    entry: str
    group: str
    figure: float
    low: float
    high: float
    place_low: int
    place_high: int


@dataclass(frozen=True)
class Cut:
    """An edge, and how surely the works beside it lie where they do.

    :ivar separation: probability that the last inside and the first outside lie in this order, or that both lie on
        their side of the floor
    :ivar doubtful: works that lie on their side with less than `SURE`, each with the probability to be inside
    """

    edge: Edge
    separation: float
    doubtful: tuple[tuple[str, float], ...]

    @property
    def is_separable(self) -> bool:
        """Whether the marks tell the works on both sides apart."""
        return self.separation >= SURE


@dataclass(frozen=True)
class Astray:
    """A mark that lies far from what its juror and its work let expect.

    :ivar distance: hundredths of the scale above (or below, negative) what is expected
    """

    entry: str
    juror: str
    distance: float


@dataclass(frozen=True)
class Estimates:
    """All that can be said of the marks of a round."""

    jurors: tuple[OfJuror, ...]
    """The most severe first."""
    works: Mapping[str, OfWork]
    cuts: tuple[Cut, ...]
    astray: tuple[Astray, ...]
    unknown: frozenset[str]
    """Works of which too few marks are there to say anything."""

    @property
    def near_an_edge(self) -> frozenset[str]:
        """Works of which it is not sure on which side of an edge they lie."""
        return frozenset(entry for cut in self.cuts if not cut.is_separable for entry, _ in cut.doubtful)

    @property
    def marked_astray(self) -> frozenset[str]:
        """Works that have a mark far from what is expected."""
        return frozenset(each.entry for each in self.astray)


@lru_cache(maxsize=8)
def estimate(marks: tuple[Mark, ...], works: tuple[Scored, ...], edges: tuple[Edge, ...]) -> Estimates:
    """Say what marks tell of jurors, works and edges. Equal marks give equal figures, which are kept for a while."""
    scored = {work.entry: work for work in works}
    drawn = [draw(part) for part in linked(marks) if suffices(part)]
    reached = {
        entry: draws.worth[:, number] * (scored[entry].top / 100 * scored[entry].times) + scored[entry].bonus
        for draws in drawn
        for number, entry in enumerate(draws.entries)
        if entry in scored
    }
    return Estimates(
        jurors=tuple(sorted((each for draws in drawn for each in _jurors(draws, marks)), key=lambda one: one.severity)),
        works=_works(works, reached),
        cuts=tuple(cut for edge in edges if (cut := _cut(edge, reached)) is not None),
        astray=tuple(each for draws in drawn for each in _astray(draws, marks)),
        unknown=frozenset(scored) - reached.keys(),
    )


def _jurors(draws: Draws, marks: Iterable[Mark]) -> Iterator[OfJuror]:
    sheets = [mark.juror for mark in marks]
    severity, unsteadiness = (
        np.percentile(draws.severity, ENDS, axis=0),
        np.percentile(draws.unsteadiness, ENDS, axis=0),
    )
    outside = np.maximum((draws.severity > TOLERANCE).mean(axis=0), (draws.severity < -TOLERANCE).mean(axis=0))
    for number, juror in enumerate(draws.jurors):
        yield OfJuror(
            juror,
            sheets.count(juror),
            float(draws.severity[:, number].mean()),
            float(severity[0, number]),
            float(severity[1, number]),
            float(draws.unsteadiness[:, number].mean()),
            float(unsteadiness[0, number]),
            float(unsteadiness[1, number]),
            float(outside[number]),
        )


def _works(works: Iterable[Scored], reached: Mapping[str, Floats]) -> dict[str, OfWork]:
    groups: dict[str, list[Scored]] = {}
    for work in works:
        if work.entry in reached:
            groups.setdefault(work.group, []).append(work)
    found = {}
    for group, scored in groups.items():
        figures = np.stack([reached[work.entry] for work in scored], axis=1)
        first, last = _shortest(_places(figures))
        shown = np.clip(figures, [work.bonus for work in scored], [work.most for work in scored])
        low, high = np.percentile(shown, ENDS, axis=0)
        for number, work in enumerate(scored):
            found[work.entry] = OfWork(
                work.entry,
                group,
                float(shown[:, number].mean()),
                float(low[number]),
                float(high[number]),
                int(first[number]),
                int(last[number]),
            )
    return found


def _places(figures: Floats) -> Floats:
    """Give places from 1, the highest first, in each draw."""
    return (-figures).argsort(axis=1).argsort(axis=1).astype(np.float64) + 1


def _shortest(places: Floats) -> tuple[Floats, Floats]:
    """Give the shortest run of places that holds 95 of 100 draws, for each work.

    Places are few: cutting the same share off both ends would leave runs that hold far more than that.
    """
    ordered = np.sort(places, axis=0)
    held = math.ceil(SURE * len(ordered))
    width = ordered[held - 1 :] - ordered[: len(ordered) - held + 1]
    first = (width.argmin(axis=0) + len(width) - 1 - width[::-1].argmin(axis=0)) // 2
    works = np.arange(ordered.shape[1])
    return ordered[first, works], ordered[first + held - 1, works]


def _cut(edge: Edge, reached: Mapping[str, Floats]) -> Cut | None:
    """Say how sure an edge is; None where one side is empty or nothing is known of the works beside it."""
    inside = [entry for entry in edge.inside if entry in reached]
    outside = [entry for entry in edge.outside if entry in reached]
    if edge.floor is not None:
        floor = edge.floor
        chances = {entry: float((reached[entry] >= floor).mean()) for entry in (*inside, *outside)}
        beside = [chances[inside[-1]]] if inside else []
        beside += [1 - chances[outside[0]]] if outside else []
        if not beside:
            return None
        separation = min(beside)
    else:
        if not inside or not outside:
            return None
        separation = float((reached[inside[-1]] > reached[outside[0]]).mean())
        chances = _chances_by_place([*inside, *outside], len(inside), reached)
    is_inside = set(inside)
    doubtful = tuple(
        (entry, chance)
        for entry, chance in chances.items()
        if (chance < SURE if entry in is_inside else chance > 1 - SURE)
    )
    return Cut(edge, separation, doubtful)


def _chances_by_place(entries: Sequence[str], seats: int, reached: Mapping[str, Floats]) -> dict[str, float]:
    places = _places(np.stack([reached[entry] for entry in entries], axis=1))
    inside = (places <= seats).mean(axis=0)
    return {entry: float(chance) for entry, chance in zip(entries, inside, strict=True)}


def _astray(draws: Draws, marks: Iterable[Mark]) -> Iterator[Astray]:
    """Find marks far from what is expected; that a mark has moved the expectation itself is allowed for."""
    worth = dict(zip(draws.entries, zip(draws.worth.mean(axis=0), draws.worth.var(axis=0), strict=True), strict=True))
    jurors = dict(
        zip(
            draws.jurors,
            zip(draws.severity.mean(axis=0), draws.unsteadiness.mean(axis=0), strict=True),
            strict=True,
        )
    )
    for mark in marks:
        if mark.entry not in worth:
            continue
        (value, unknown), (severity, unsteadiness) = worth[mark.entry], jurors[mark.juror]
        distance = mark.value - min(HIGHEST, max(LOWEST, value + severity))
        own = min(unknown / unsteadiness**2, 0.9)
        if abs(distance) > FAR * unsteadiness * (1 - own) ** 0.5:
            yield Astray(mark.entry, mark.juror, float(distance))
