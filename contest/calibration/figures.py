"""From draws to figures: what can be said of jurors, works and edges, computed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from contest.calibration.additive import Draws, Floats, draw
from contest.calibration.estimates import (
    ENDS,
    FAR,
    SURE,
    TOLERANCE,
    Astray,
    Cut,
    Edge,
    Estimates,
    OfJuror,
    OfWork,
    Scored,
)
from contest.calibration.linking import HIGHEST, LOWEST, Mark, linked, suffices


def figured(marks: Sequence[Mark], works: Sequence[Scored], edges: Iterable[Edge]) -> Estimates:
    """Say what marks tell of jurors, works and edges."""
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
