"""Score sheets that contradict themselves."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from contest.errors import N_
from contest.regulations.consistency.named import repeated
from contest.regulations.problems import Problem

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation
    from contest.regulations.scoring import Criterion, Rubric

CRITERION_TWICE = N_("Criterion “%(code)s” is named twice.")
NO_MAXIMUM = N_("The maximum must be above 0.")
NO_STEP = N_("The step must be above 0 and must divide the maximum (%(maximum)s).")
GUIDANCE_TOP = N_("The first level must reach the maximum (%(maximum)s).")
GUIDANCE_BOTTOM = N_("The last level must begin at 0.")
GUIDANCE_REVERSED = N_("The level from %(low)s to %(high)s is upside down.")
GUIDANCE_GAP = N_("The level below %(low)s must end one step lower, at %(expected)s; it ends at %(high)s.")
COMMENT_BELOW = N_(
    "A comment is asked for marks under this, so it must be above 0 and not above the maximum (%(maximum)s)."
)


def points(hundredths: int | Fraction) -> str:
    """Write hundredths of a point as the document does: 1750 is 17.5; what is no hundredth stays a fraction."""
    if hundredths != int(hundredths):
        return str(Fraction(hundredths) / 100)
    hundredths = int(hundredths)
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)


def contradictions(regulation: Regulation) -> Iterator[Problem]:
    """Find criteria that cannot be marked as they are written."""
    yield from repeated([rubric.code for rubric in regulation.rubrics], "rubrics")
    for rubric in regulation.rubrics:
        yield from _rubric(rubric)


def _rubric(rubric: Rubric) -> Iterator[Problem]:
    seen: set[str] = set()
    for criterion in rubric.criteria:
        path = f"rubrics[{rubric.code}].criteria[{criterion.code}]"
        if criterion.code in seen:
            yield Problem(path, CRITERION_TWICE, {"code": criterion.code})
        seen.add(criterion.code)
        if criterion.maximum == 0:
            yield Problem(f"{path}.maximum", NO_MAXIMUM)
        below = criterion.comment_below
        if below is not None and not 0 < below <= criterion.maximum:
            yield Problem(f"{path}.comment_below", COMMENT_BELOW, {"maximum": points(criterion.maximum)})
        if criterion.step == 0 or criterion.maximum % criterion.step:
            yield Problem(f"{path}.step", NO_STEP, {"maximum": points(criterion.maximum)})
        elif criterion.guidance:
            yield from _guidance(criterion, f"{path}.guidance")


def _guidance(criterion: Criterion, path: str) -> Iterator[Problem]:
    levels = criterion.guidance
    for level in levels:
        if level.low > level.high:
            yield Problem(path, GUIDANCE_REVERSED, {"low": points(level.low), "high": points(level.high)})
    if levels[0].high != criterion.maximum:
        yield Problem(path, GUIDANCE_TOP, {"maximum": points(criterion.maximum)})
    if levels[-1].low != 0:
        yield Problem(path, GUIDANCE_BOTTOM)
    for above, below in pairwise(levels):
        expected = above.low - criterion.step
        if below.high != expected:
            values = {"low": points(above.low), "expected": points(max(expected, 0)), "high": points(below.high)}
            yield Problem(path, GUIDANCE_GAP, values)
