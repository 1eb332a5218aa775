"""Which works are marked again, and by whom."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256


def by_lot(works: Collection[str], share: int, seed: int) -> frozenset[str]:
    """Draw so many of a hundred works, rounded up. Whoever knows the seed draws the same.

    Works are put in the order of the SHA-256 of the seed and their code, so that a work that comes or goes changes
    nothing about the others.
    """
    ordered = sorted(works, key=lambda work: sha256(f"{seed}/{work}".encode()).digest())
    return frozenset(ordered[: math.ceil(len(ordered) * share / 100)])


def chosen(
    askable: Mapping[str, Sequence[Collection[int]]], loads: Mapping[int, int], seed: int
) -> dict[str, int | None]:
    """Choose a juror for each work: the one with the fewest works of those who may be asked; None where nobody may.

    Works that can be asked of fewest jurors choose first. Among equal loads the seed decides, so that nobody can tell
    from an order who was asked.

    :param askable: jurors by work, in circles: those of the first circle are asked before those of the second
    :param loads: how many works each juror has already
    """
    carried = dict(loads)
    found: dict[str, int | None] = {}
    for work in sorted(askable, key=lambda work: (sum(map(len, askable[work])), work)):
        circle = next((jurors for jurors in askable[work] if jurors), ())
        lot = {juror: sha256(f"{seed}/{work}/{juror}".encode()).digest() for juror in circle}
        found[work] = min(circle, key=lambda juror: (carried.get(juror, 0), lot[juror]), default=None)
        if (juror := found[work]) is not None:
            carried[juror] = carried.get(juror, 0) + 1
    return found
