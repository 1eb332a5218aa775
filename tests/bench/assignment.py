"""Assign a large round, and again when a juror has dropped out: ``python -m tests.bench.assignment``."""

from __future__ import annotations

import json
import time
from dataclasses import replace

from contest.judging.assignment import Problem, Spread, solve
from tests.judging.assignments import large, stands

GONE = 7


def timed(problem: Problem, times: int = 5) -> tuple[float, Spread]:
    """Give the least seconds that a proposal takes, reasons and overlaps included, and the proposal."""
    took, spread = [], Spread()
    for _ in range(times):
        start = time.perf_counter()
        spread = solve(problem, seed=1)
        took.append(time.perf_counter() - start)
    return min(took), spread


def range_below(problem: Problem, spread: Spread) -> int:
    """By how much the loads of those differ who have fewer works than their quota and are there."""
    loads = [
        spread.loads[seat.juror]
        for seat in problem.seats
        if not seat.is_away and (seat.quota is None or spread.loads[seat.juror] < seat.quota)
    ]
    return max(loads) - min(loads)


if __name__ == "__main__":
    problem = large()
    start = time.perf_counter()
    solve(large(works=10, jurors=5, needed=1), seed=1)
    loading = time.perf_counter() - start
    seconds, first = timed(problem)
    standing = stands(problem, first)
    gone = replace(standing, seats=tuple(replace(seat, is_away=seat.juror == GONE) for seat in standing.seats))
    again_seconds, again = timed(gone)
    must = sum(juror == GONE for _, juror in first.lines)
    figures = {
        "seconds": seconds,
        "loading": loading,
        "lines": len(first.lines),
        "unserved": len(first.unserved),
        "range": range_below(problem, first),
        "least_shared": min(overlap.least for overlap in first.overlaps),
        "again_seconds": again_seconds,
        "must_move": must,
        "moved_beyond": len(again.taken) - must,
        "again_range": range_below(gone, again),
    }
    print(json.dumps(figures))
