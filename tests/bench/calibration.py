"""Simulated panels whose severities are known: ``python -m tests.bench.calibration [PANELS]`` prints what is recovered.

The panels are made here from scratch, by another generator than that of the model, and not only as the model has it:
marks come in steps and end at 0 and 100, some jurors are steadier than others, and worth is not always normal.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import copysign
from random import Random
from statistics import mean

from contest.calibration.estimates import Estimates, Scored, estimate
from contest.calibration.linking import Mark


@dataclass(frozen=True)
class Plan:
    """How a panel is made: all figures in points of a hundred."""

    name: str
    works: int
    jurors: int
    each: int
    """Jurors of one work."""
    severity: float = 4.0
    chance: tuple[float, float] = (5.0, 5.0)
    """Standard deviation of chance: of the steadiest and of the least steady juror."""
    step: float = 0.5
    middle: float = 72.0
    skewed: bool = False
    panels: float = 1.0
    """How many are made, as a share of what is asked."""


PLANS = (
    Plan("3 of 5 jurors, 40 works", 40, 5, 3),
    Plan("all 7 jurors, 20 works", 20, 7, 7),
    Plan("all 7, unequally steady", 40, 7, 7, chance=(2.0, 9.0)),
    Plan("3 of 5, whole points", 40, 5, 3, step=1.0),
    Plan("3 of 5, steps of 5 points", 40, 5, 3, step=5.0),
    Plan("3 of 5, upper half (80)", 40, 5, 3, middle=80.0),
    Plan("3 of 5, against the top (90)", 40, 5, 3, middle=90.0),
    Plan("3 of 5, skewed worths", 40, 5, 3, skewed=True),
    Plan("3 of 5, severe and lenient", 40, 5, 3, severity=10.0),
    Plan("3 of 5, hardly differing", 40, 5, 3, severity=1.0),
    Plan("3 of 12, 60 works", 60, 12, 3, chance=(3.0, 8.0)),
    Plan("5 of 20 jurors, 200 works", 200, 20, 5, chance=(3.0, 8.0), panels=0.5),
    Plan("5 of 80 jurors, 2,000 works", 2000, 80, 5, chance=(3.0, 8.0), panels=0.02),
)


@dataclass(frozen=True)
class Truth:
    """A made panel and what is true of it."""

    marks: list[Mark]
    worth: dict[str, float]
    severity: dict[str, float]


def made(plan: Plan, number: int) -> Truth:
    """Make a panel."""
    chance = Random(f"{plan.name}/{number}")
    spread: Callable[[], float] = (
        (lambda: 8.0 * (chance.expovariate(1.0) - 1.0)) if plan.skewed else (lambda: chance.gauss(0.0, 8.0))
    )
    own = {f"w{work:04d}": plan.middle + spread() for work in range(plan.works)}
    tilt = {f"j{juror:02d}": chance.gauss(0.0, plan.severity) for juror in range(plan.jurors)}
    low, high = plan.chance
    shaky = {juror: low + (high - low) * place / (plan.jurors - 1) for place, juror in enumerate(tilt)}
    marks = []
    for work, jurors in zip(own, _shared_out(plan, list(tilt), chance), strict=True):
        for juror in jurors:
            total = round((own[work] + tilt[juror] + chance.gauss(0.0, shaky[juror])) / plan.step) * plan.step
            marks.append(Mark(work, juror, "all", min(100.0, max(0.0, total))))
    level = mean(tilt[mark.juror] for mark in marks)
    return Truth(
        marks,
        {work: value + level for work, value in own.items()},
        {juror: value - level for juror, value in tilt.items()},
    )


def _shared_out(plan: Plan, jurors: list[str], chance: Random) -> Iterator[list[str]]:
    """Give each work its jurors, the loads within one of each other."""
    loads = dict.fromkeys(jurors, 0)
    for _work in range(plan.works):
        chosen = sorted(jurors, key=lambda juror: (loads[juror], chance.random()))[: plan.each]
        for juror in chosen:
            loads[juror] += 1
        yield chosen


@dataclass(frozen=True)
class Recovered:
    """What the model found of the known truth, over many panels."""

    severity_bias: float
    """Mean of found minus true severity, times the sign of the true one: what shrinking takes away."""
    worth_bias: float
    severity: float
    """Share of the 95 % intervals that hold the true severity."""
    worth: float
    place: float
    raw_error: float
    """Typical distance of a plain mean from the true worth, and of the model's figure."""
    error: float
    seconds: float


def recovered(plan: Plan, panels: int) -> Recovered:
    """Make panels by a plan and compare what the model says of them with what is true."""
    found = []
    for number in range(panels):
        truth = made(plan, number)
        start = time.perf_counter()
        works = tuple(Scored(entry, "all", "all", top=10_000) for entry in truth.worth)
        said = estimate.__wrapped__(tuple(truth.marks), works, ())
        took = time.perf_counter() - start
        found.append((*_compared(truth, said), took))
    return Recovered(*(mean(column) for column in zip(*found, strict=True)))


def _compared(truth: Truth, said: Estimates) -> tuple[float, ...]:
    best_first = sorted(truth.worth, key=lambda entry: -truth.worth[entry])
    place = {entry: number for number, entry in enumerate(best_first, 1)}
    shown = {entry: min(100.0, worth) for entry, worth in truth.worth.items()}  # as a sheet can say it
    plain: dict[str, list[float]] = {}
    for mark in truth.marks:
        plain.setdefault(mark.entry, []).append(mark.value)
    found = {entry: work.figure / 100 for entry, work in said.works.items()}
    return (
        mean(
            (one.severity - truth.severity[one.juror]) * copysign(1, truth.severity[one.juror]) for one in said.jurors
        ),
        mean(found[entry] - worth for entry, worth in shown.items()),
        mean(one.severity_low <= truth.severity[one.juror] <= one.severity_high for one in said.jurors),
        mean(work.low <= shown[entry] * 100 <= work.high for entry, work in said.works.items()),
        mean(work.place_low <= place[entry] <= work.place_high for entry, work in said.works.items()),
        _typical(mean(plain[entry]) - worth for entry, worth in shown.items()),
        _typical(found[entry] - worth for entry, worth in shown.items()),
    )


def _typical(distances: Iterable[float]) -> float:
    return mean(distance**2 for distance in distances) ** 0.5


def main(panels: int) -> None:
    """Print a line for each plan."""
    print(f"{'95 % intervals that hold the truth':<30}{'panels':>7}{'severity':>10}{'worth':>8}{'place':>8}", end="")
    print(f"{'bias sev.':>11}{'worth':>8}{'error raw':>11}{'model':>8}{'s each':>8}")
    for plan in PLANS:
        number = max(4, round(panels * plan.panels))
        said = recovered(plan, number)
        print(
            f"{plan.name:<30}{number:>7}{said.severity:>10.1%}{said.worth:>8.1%}{said.place:>8.1%}"
            f"{said.severity_bias:>11.2f}{said.worth_bias:>8.2f}{said.raw_error:>11.2f}{said.error:>8.2f}"
            f"{said.seconds:>8.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
