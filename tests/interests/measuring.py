"""How well bylines are matched to jurors."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from contest.accounts.names import called, compare
from tests.interests.bylines import Made


class Measured(NamedTuple):
    """What was found of what was there, and what of the found is true."""

    recall: float
    precision: float
    missed: Counter[str]
    wrong: Counter[str]


def measure(made: Made) -> Measured:
    """Match every byline with every juror, and count."""
    jury = [called(juror.name, juror.pen_names) for juror in made.jurors]
    right, missed, wrong = 0, Counter[str](), Counter[str]()
    for byline in made.bylines:
        lines = called(byline.name, byline.pen_names)
        found = {number for number, juror in enumerate(jury) if compare(juror, lines) is not None}
        if byline.juror in found:
            right += 1
        elif byline.juror is not None:
            missed[byline.how] += 1
        wrong[byline.how] += len(found - {byline.juror})
    return Measured(
        recall=right / (right + missed.total()),
        precision=right / (right + wrong.total()),
        missed=missed,
        wrong=+wrong,
    )
