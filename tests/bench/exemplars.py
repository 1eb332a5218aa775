"""How well exemplars written differently are found to be the same, on sets of three hundred, and how long it takes."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import mean
from time import perf_counter

from contest.exemplars.likeness import pairs
from contest.exemplars.localities import provinces
from tests.exemplars.measuring import as_written, measure
from tests.exemplars.mentions import make_mentions

NAMED = 2025  # a set that the rules were not made on, as are the others
SEEDS = range(100, 110)
EXEMPLARS = 2000


def figures() -> Iterator[tuple[str, float, str, str]]:
    """Give each figure with its unit and a note."""
    named, others = measure(make_mentions(NAMED)), [measure(make_mentions(seed)) for seed in SEEDS]
    for part in ("recall", "precision"):
        values = [getattr(one, part) for one in others]
        spread = f"{min(values):.3f} to {max(values):.3f}, mean {mean(values):.3f}"
        note = f"300 exemplars, set {NAMED}; ten other sets {spread}"
        yield f"exemplars_{part}", getattr(named, part), "share", note
    first, again = seconds()
    yield "exemplars_proposed", again * 1000, "ms", f"every pair of {EXEMPLARS}, names read before; first {first:.1f} s"


def seconds() -> tuple[float, float]:
    """How long it takes to propose every pair of two thousand: the first time in a process, and then."""
    made = [each for seed in range(200, 220) for each in make_mentions(seed, size=EXEMPLARS // 20)]
    written = dict(enumerate(map(as_written, made)))
    took = []
    for _ in range(2):
        start = perf_counter()
        pairs(written, provinces()[0])
        took.append(perf_counter() - start)
    return took[0], took[1]
