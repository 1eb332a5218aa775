"""How well bylines are matched to jurors, on sets of five hundred, and how long finding every conflict takes."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import mean
from time import perf_counter

from contest.interests.inference import PersonFacts, WorkFacts, find_all
from tests.interests.bylines import make_bylines
from tests.interests.measuring import Measured, measure

SEEDS = range(10)
NAMED = 2025  # the set that is named in the documentation
PEOPLE, WORKS = 80, 2000


def matched() -> tuple[Measured, list[Measured]]:
    """Match the named set, and ten others."""
    return measure(make_bylines(NAMED)), [measure(make_bylines(seed)) for seed in SEEDS]


def figures() -> Iterator[tuple[str, float, str, str]]:
    """Give each figure with its unit and a note."""
    named, others = matched()
    for part in ("recall", "precision"):
        values = [getattr(one, part) for one in others]
        note = (
            f"500 bylines, set {NAMED}; ten other sets {min(values):.3f} to {max(values):.3f}, mean {mean(values):.3f}"
        )
        yield f"interests_{part}", getattr(named, part), "share", note
    yield "interests_found", seconds() * 1000, "ms", f"every tie of {PEOPLE} people to {WORKS} works, by name alone"


def seconds() -> float:
    """How long it takes to look up everybody in every work."""
    made = make_bylines(NAMED, jurors=PEOPLE, bylines=WORKS)
    people = [PersonFacts(number, name=(who.name, who.pen_names)) for number, who in enumerate(made.jurors, start=1)]
    works = {
        number: WorkFacts(owner_id=0, names=frozenset({(line.name, line.pen_names)}))
        for number, line in enumerate(made.bylines, start=1)
    }
    began = perf_counter()
    find_all(people, works)
    return perf_counter() - began


if __name__ == "__main__":
    named, _others = matched()
    for name, value, unit, note in figures():
        print(f"{name:<24}{value:>10.3f} {unit:<8}{note}")
    print("missed:", dict(named.missed))
    print("wrong:", dict(named.wrong))
