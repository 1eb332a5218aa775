"""Rounds to be assigned, made by a draw."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from contest.judging.assignment import Problem, Seat, Spread, Work

CONFLICTS = 0.05
NEWSROOMS = 40


def large(*, works: int = 2000, jurors: int = 80, needed: int = 5, seed: int = 1) -> Problem:
    """Make a round of one panel: conflicts between one pair in twenty, and uneven quotas for three jurors in four."""
    chance = Random(seed)
    mean = works * needed / jurors
    seats = tuple(
        Seat(juror, "p", chance.randint(int(mean * 0.8), int(mean * 1.6)) if juror % 4 else None)
        for juror in range(jurors)
    )
    return Problem(
        tuple(
            Work(
                entry,
                "p",
                barred=frozenset(juror for juror in range(jurors) if chance.random() < CONFLICTS),
                newsroom=chance.randrange(NEWSROOMS) if chance.random() < 0.8 else None,
            )
            for entry in range(works)
        ),
        seats,
        needed,
    )


def stands(problem: Problem, spread: Spread) -> Problem:
    """Make the same round after a proposal was confirmed, with no sheet begun."""
    held: dict[int, set[int]] = {}
    for entry, juror in (*spread.lines, *spread.kept):
        held.setdefault(entry, set()).add(juror)
    return replace(
        problem,
        works=tuple(replace(work, held=frozenset(held.get(work.entry_id, ()))) for work in problem.works),
    )
