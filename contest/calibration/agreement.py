"""How far the marks of works that were marked twice agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, pvariance

LEAST = 3
"""Fewer pairs say nothing of agreement."""


@dataclass(frozen=True)
class Agreement:
    """What pairs of marks say together, in the unit of the marks.

    :ivar lean: mean of second minus first
    :ivar distance: mean of how far the two lie apart
    :ivar concordance: 1 where both are always equal, 0 where one says nothing of the other; None where there are too
        few pairs or all marks are equal. Lin's coefficient, which also takes off for a steady difference: L. I-K. Lin,
        "A concordance correlation coefficient to evaluate reproducibility", Biometrics 45 (1989) 255-268
    """

    pairs: int
    lean: float
    distance: float
    concordance: float | None


def agreement(pairs: Sequence[tuple[float, float]]) -> Agreement | None:
    """Say how far first and second marks agree; None without a pair."""
    if not pairs:
        return None
    first, second = ([pair[of] for pair in pairs] for of in (0, 1))
    lean = fmean(second) - fmean(first)
    whole = pvariance(first) + pvariance(second) + lean**2
    together = fmean(one * other for one, other in pairs) - fmean(first) * fmean(second)
    return Agreement(
        len(pairs),
        lean,
        fmean(abs(other - one) for one, other in pairs),
        2 * together / whole if len(pairs) >= LEAST and whole > 0 else None,
    )
