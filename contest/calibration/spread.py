"""How the marks of one work lie beside each other, without names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

from contest.calibration.edges import top, total
from contest.regulations.scoring import Criterion


@dataclass(frozen=True)
class OfCriterion:
    """The lowest and highest mark of a criterion, in hundredths of a point."""

    name: str
    maximum: int
    lowest: int
    highest: int


@dataclass(frozen=True)
class Spread:
    """What the panel gave one work, in hundredths of a point; totals from the lowest up, so that none has a name."""

    totals: tuple[float, ...]
    top: float
    criteria: tuple[OfCriterion, ...]

    @property
    def mean(self) -> float:
        """Mean of the totals."""
        return fmean(self.totals)

    @property
    def deviation(self) -> float:
        """Standard deviation of the totals."""
        return pstdev(self.totals)

    @property
    def range(self) -> float:
        """From the lowest to the highest."""
        return self.totals[-1] - self.totals[0]


def spread(sheets: Iterable[Mapping[str, int]], rubric: Sequence[Criterion]) -> Spread | None:
    """Lay the sheets of one work beside each other; None where none is of the rubric."""
    taken = [(points, marks) for marks in sheets if (points := total(marks, rubric)) is not None]
    if not taken:
        return None
    return Spread(
        tuple(sorted(points for points, _ in taken)),
        top(rubric),
        tuple(
            OfCriterion(
                criterion.name,
                criterion.maximum,
                min(marks[criterion.code] for _, marks in taken),
                max(marks[criterion.code] for _, marks in taken),
            )
            for criterion in rubric
        ),
    )
