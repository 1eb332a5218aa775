"""Rubrics, rounds and prizes that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from contest.errors import N_
from contest.regulations.problems import Problem

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation
    from contest.regulations.scoring import Criterion, RoundRule, Rubric

CRITERION_TWICE = N_("Criterion “%(code)s” is named twice.")
NO_MAXIMUM = N_("The maximum must be above 0.")
NO_STEP = N_("The step must be above 0 and must divide the maximum (%(maximum)s).")
GUIDANCE_TOP = N_("The first level must reach the maximum (%(maximum)s).")
GUIDANCE_BOTTOM = N_("The last level must begin at 0.")
GUIDANCE_REVERSED = N_("The level from %(low)s to %(high)s is upside down.")
GUIDANCE_GAP = N_("The level below %(low)s must end one step lower, at %(expected)s; it ends at %(high)s.")
UNKNOWN_RUBRIC = N_("There is no rubric “%(code)s”; the rubrics are: %(known)s.")
CATEGORY_WITHOUT_RUBRIC = N_("Category “%(category)s” has no rubric in this round.")
UNKNOWN_CATEGORY = N_("There is no category “%(category)s”.")
SUM_DIFFERS = N_("The maxima of rubric “%(rubric)s” add up to %(total)s, not to the scale of the round (%(scale)s).")
MORE_JURORS_THAN_PANEL = N_("%(jurors)s jurors a work cannot come from a panel of %(panel)s.")
MORE_SHEETS_THAN_JURORS = N_("%(minimum)s sheets cannot come from %(jurors)s jurors a work.")
DISCREPANCY_OUT_OF_SCALE = N_("The range must be above 0 and below the scale of the round (%(scale)s).")
NO_ADVANCEMENT = N_("This is not the last round, so it must say who goes on (advancement).")
ADVANCEMENT_AFTER_LAST = N_("This is the last round; nobody goes on from it.")
TIE_BREAK_UNKNOWN = N_("Criterion “%(code)s” is not in the rubric of category “%(category)s”.")
TIE_BREAK_TWICE = N_("“%(tie_break)s” is named twice.")
TIE_BREAK_OPEN = N_("The last tie-break must be “act”, a recorded decision, or a tie could stay open.")
FLOOR_ABOVE_SCALE = N_("The floor (%(floor)s) lies above the scale of the last round (%(scale)s).")
FLOORS_NOT_FALLING = N_("The floor (%(floor)s) must lie below that of the tier above (%(above)s).")
MONEY_RISING = N_("The money (%(money)s) must not be more than that of the tier above (%(above)s).")


def points(hundredths: int | Fraction) -> str:
    """Write hundredths of a point as the document does: 1750 is 17.5; what is no hundredth stays a fraction."""
    if hundredths != int(hundredths):
        return str(Fraction(hundredths) / 100)
    hundredths = int(hundredths)
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)


def contradictions(regulation: Regulation) -> Iterator[Problem]:
    """Find rubrics that do not add up, rounds that cannot be held and prizes that cannot be won."""
    for rubric in regulation.rubrics:
        yield from _rubric(rubric)
    for rule in regulation.rounds:
        yield from _round(rule, regulation)
        yield from _tie_breaks(rule, f"rounds[{rule.code}].tie_breaks")
    yield from _prizes(regulation)


def _rubric(rubric: Rubric) -> Iterator[Problem]:
    seen: set[str] = set()
    for criterion in rubric.criteria:
        path = f"rubrics[{rubric.code}].criteria[{criterion.code}]"
        if criterion.code in seen:
            yield Problem(path, CRITERION_TWICE, {"code": criterion.code})
        seen.add(criterion.code)
        if criterion.maximum == 0:
            yield Problem(f"{path}.maximum", NO_MAXIMUM)
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


def _round(rule: RoundRule, regulation: Regulation) -> Iterator[Problem]:
    path = f"rounds[{rule.code}]"
    yield from _rubrics_of_round(rule, regulation, f"{path}.rubrics")
    if rule.jurors_per_entry > rule.panel_size:
        values = {"jurors": rule.jurors_per_entry, "panel": rule.panel_size}
        yield Problem(f"{path}.jurors_per_entry", MORE_JURORS_THAN_PANEL, values)
    if rule.minimum_sheets > rule.jurors_per_entry:
        values = {"minimum": rule.minimum_sheets, "jurors": rule.jurors_per_entry}
        yield Problem(f"{path}.minimum_sheets", MORE_SHEETS_THAN_JURORS, values)
    if rule.discrepancy is not None and not 0 < rule.discrepancy.limit < rule.scale:
        yield Problem(f"{path}.discrepancy", DISCREPANCY_OUT_OF_SCALE, {"scale": points(rule.scale)})
    last = rule is regulation.rounds[-1]
    if last and rule.advancement is not None:
        yield Problem(f"{path}.advancement", ADVANCEMENT_AFTER_LAST)
    if not last and rule.advancement is None:
        yield Problem(path, NO_ADVANCEMENT)


def _rubrics_of_round(rule: RoundRule, regulation: Regulation, path: str) -> Iterator[Problem]:
    categories = {category.code: category for category in regulation.categories}
    rubrics = {rubric.code: rubric for rubric in regulation.rubrics}
    for code, category in categories.items():
        if code not in rule.rubric_codes:
            yield Problem(path, CATEGORY_WITHOUT_RUBRIC, {"category": category.name})
    for category_code, rubric_code in rule.rubric_codes.items():
        if category_code not in categories:
            yield Problem(path, UNKNOWN_CATEGORY, {"category": category_code})
        rubric = rubrics.get(rubric_code)
        if rubric is None:
            yield Problem(f"{path}.{category_code}", UNKNOWN_RUBRIC, {"code": rubric_code, "known": ", ".join(rubrics)})
        elif rubric.total != rule.scale:
            values = {"rubric": rubric.name, "total": points(rubric.total), "scale": points(rule.scale)}
            yield Problem(f"{path}.{category_code}", SUM_DIFFERS, values)


def _tie_breaks(rule: RoundRule, path: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for tie_break in rule.tie_breaks:
        if tie_break in seen:
            yield Problem(path, TIE_BREAK_TWICE, {"tie_break": tie_break})
        seen.add(tie_break)
        code = tie_break.removeprefix("criterion:")
        for category, criteria in rule.rubrics.items():
            if code != tie_break and code not in {criterion.code for criterion in criteria}:
                yield Problem(path, TIE_BREAK_UNKNOWN, {"code": code, "category": category})
    if rule.tie_breaks[-1] != "act":
        yield Problem(path, TIE_BREAK_OPEN)


def _prizes(regulation: Regulation) -> Iterator[Problem]:
    scale = regulation.rounds[-1].scale
    for tier in regulation.prizes:
        if tier.floor > scale:
            values = {"floor": points(tier.floor), "scale": points(scale)}
            yield Problem(f"prizes[{tier.code}].floor", FLOOR_ABOVE_SCALE, values)
    for above, tier in pairwise(regulation.prizes):
        if tier.floor >= above.floor:
            values = {"floor": points(tier.floor), "above": points(above.floor)}
            yield Problem(f"prizes[{tier.code}].floor", FLOORS_NOT_FALLING, values)
        money, more = tier.money.amount, above.money.amount
        if money is not None and more is not None and money > more:
            yield Problem(f"prizes[{tier.code}].money", MONEY_RISING, {"money": money, "above": more})
