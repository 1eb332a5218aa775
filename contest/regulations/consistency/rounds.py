"""Rounds that cannot be held as they are written: sheets, figures and what belongs to the other kind of round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contest.errors import N_
from contest.regulations.consistency.named import UNKNOWN_CATEGORY, chosen, listed, repeated, unknown
from contest.regulations.consistency.rubrics import points
from contest.regulations.problems import Problem

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation
    from contest.regulations.scoring import Aggregation, Bonus, RoundRule

RESERVED = ("receipt", "short")
"""Codes that would give a round the same places in the text (``{receipt_opens}``) as something else."""
CODE_RESERVED = N_("A round cannot be called “%(code)s”, because {%(code)s_…} means something else in the text.")
UNKNOWN_RUBRIC = N_("There is no rubric “%(code)s”; the rubrics are: %(known)s.")
CATEGORY_WITHOUT_RUBRIC = N_("Category “%(category)s” has no rubric in this round.")
NO_SCALE = N_("Works are scored in this round, so it needs its scale: what the maxima of a rubric add up to.")
SUM_DIFFERS = N_("The maxima of rubric “%(rubric)s” add up to %(total)s, not to the scale of the round (%(scale)s).")
WEIGHTED_SUM_DIFFERS = N_(
    "The maxima of rubric “%(rubric)s”, each times its weight, add up to %(total)s, not to the scale of the round "
    "(%(scale)s)."
)
MORE_JURORS_THAN_PANEL = N_("%(jurors)s jurors a work cannot come from a panel of %(panel)s.")
MORE_SHEETS_THAN_JURORS = N_("%(minimum)s sheets cannot come from %(jurors)s jurors a work.")
DISCREPANCY_OUT_OF_SCALE = N_("The range must be above 0 and below the scale of the round (%(scale)s).")
NOTHING_TO_DIFFER = N_("With one juror a work nothing can differ; let at least two judge each work, or leave this out.")
NO_THIRD_JUROR = N_(
    "One more juror must come from the panel, so panel_size (%(panel)s) must be above jurors_per_entry (%(jurors)s)."
)
SUM_AND_THIRD = N_(
    "Sheets are added up here, so one sheet more or less changes every sum; write “hold” or “flag”, or take a mean."
)
SUM_NEEDS_ALL_SHEETS = N_(
    "Sheets are added up here, so every work needs as many: minimum_sheets must be jurors_per_entry (%(jurors)s)."
)
ONLY_TRIMMED_DROPS = N_('Only a trimmed mean leaves sheets out; write kind = "trimmed", or leave this out.')
ALL_DROPPED = N_(
    "Of %(sheets)s sheets, %(drop)s highest and %(drop)s lowest leave none; when_at_least must be above %(all)s."
)
NEVER_TRIMMED = N_(
    "A work gets %(sheets)s sheets at most, so sheets are never left out; write %(sheets)s or less, or take the mean."
)
UNKNOWN_SLOT = N_("There is no slot “%(code)s” in the dossiers it is for; the slots are: %(known)s.")
BONUS_FOR_ALL = N_("Say which works get it: those of genres, with a file in slots, or named by an act (by_act = true).")
BONUS_FOR_NONE = N_("No category it is for takes any of these genres, so no work could get it.")
BONUS_OF_NOTHING = N_("The points must be above 0.")
SCORES_IN_A_VOTE = N_(
    "The council votes in this round and marks no sheets, so “%(setting)s” means nothing here; leave it out."
)

SCORE_SETTINGS = {
    "scale": "scale",
    "aggregation": "aggregation",
    "bonus": "bonus",
    "discrepancy": "discrepancy",
    "rubric_codes": "rubrics",
    "jurors_per_entry": "jurors_per_entry",
    "minimum_sheets": "minimum_sheets",
}
"""Fields that say something of sheets only, with their names in the document."""


def contradictions(regulation: Regulation) -> Iterator[Problem]:
    """Find rounds whose settings do not fit each other."""
    yield from repeated([rule.code for rule in regulation.rounds], "rounds")
    for rule in regulation.rounds:
        path = f"rounds[{rule.code}]"
        if rule.code in RESERVED:
            yield Problem(f"{path}.code", CODE_RESERVED, {"code": rule.code})
        if rule.is_voted:
            yield from _voted(rule, path)
        else:
            yield from _rubrics(rule, regulation, path)
            yield from _jurors(rule, path)
            yield from _discrepancy(rule, path)
            yield from _aggregation(rule.aggregation, most_sheets(rule), f"{path}.aggregation")
            yield from repeated([bonus.code for bonus in rule.bonus], f"{path}.bonus")
            for bonus in rule.bonus:
                yield from _bonus(bonus, regulation, f"{path}.bonus[{bonus.code}]")


def most_sheets(rule: RoundRule) -> int:
    """How many sheets can count for a work."""
    joins = rule.discrepancy is not None and rule.discrepancy.consequence == "third_joins"
    return rule.jurors_per_entry + joins


def reach(rule: RoundRule) -> int:
    """The highest figure that a work can reach in a scored round, in hundredths of a point."""
    times = most_sheets(rule) if rule.aggregation.kind == "sum" else 1
    return rule.scale * times + sum(bonus.points for bonus in rule.bonus)


def _voted(rule: RoundRule, path: str) -> Iterator[Problem]:
    fields = type(rule).model_fields
    for name, written in SCORE_SETTINGS.items():
        if getattr(rule, name) != fields[name].default:
            yield Problem(f"{path}.{written}", SCORES_IN_A_VOTE, {"setting": written})


def _rubrics(rule: RoundRule, regulation: Regulation, path: str) -> Iterator[Problem]:
    rubrics = {rubric.code: rubric for rubric in regulation.rubrics}
    path, round_path = f"{path}.rubrics", path
    if rule.scale == 0:
        yield Problem(f"{round_path}.scale", NO_SCALE)
    for category in regulation.categories:
        if category.code not in rule.rubric_codes:
            yield Problem(path, CATEGORY_WITHOUT_RUBRIC, {"category": category.name})
    known = [category.code for category in regulation.categories]
    yield from unknown(rule.rubric_codes, known, path, UNKNOWN_CATEGORY)
    names = ", ".join(rubrics)
    for category_code, rubric_code in rule.rubric_codes.items():
        rubric = rubrics.get(rubric_code)
        if rubric is None:
            yield Problem(f"{path}.{category_code}", UNKNOWN_RUBRIC, {"code": rubric_code, "known": names})
        elif rule.scale and rubric.total != rule.scale:
            weighted = any(criterion.weight != 1 for criterion in rubric.criteria)
            values = {"rubric": rubric.name, "total": points(rubric.total), "scale": points(rule.scale)}
            yield Problem(f"{path}.{category_code}", WEIGHTED_SUM_DIFFERS if weighted else SUM_DIFFERS, values)


def _jurors(rule: RoundRule, path: str) -> Iterator[Problem]:
    if rule.jurors_per_entry > rule.panel_size:
        values = {"jurors": rule.jurors_per_entry, "panel": rule.panel_size}
        yield Problem(f"{path}.jurors_per_entry", MORE_JURORS_THAN_PANEL, values)
    if rule.minimum_sheets > rule.jurors_per_entry:
        values = {"minimum": rule.minimum_sheets, "jurors": rule.jurors_per_entry}
        yield Problem(f"{path}.minimum_sheets", MORE_SHEETS_THAN_JURORS, values)
    elif rule.aggregation.kind == "sum" and rule.minimum_sheets < rule.jurors_per_entry:
        yield Problem(f"{path}.minimum_sheets", SUM_NEEDS_ALL_SHEETS, {"jurors": rule.jurors_per_entry})


def _discrepancy(rule: RoundRule, path: str) -> Iterator[Problem]:
    if rule.discrepancy is None:
        return
    path = f"{path}.discrepancy"
    if rule.scale and not 0 < rule.discrepancy.limit < rule.scale:
        yield Problem(path, DISCREPANCY_OUT_OF_SCALE, {"scale": points(rule.scale)})
    if rule.jurors_per_entry == 1:
        yield Problem(path, NOTHING_TO_DIFFER)
    if rule.discrepancy.consequence in ("third_replaces", "third_joins"):
        if rule.panel_size <= rule.jurors_per_entry:
            values = {"panel": rule.panel_size, "jurors": rule.jurors_per_entry}
            yield Problem(f"{path}.consequence", NO_THIRD_JUROR, values)
        if rule.aggregation.kind == "sum":
            yield Problem(f"{path}.consequence", SUM_AND_THIRD)


def _aggregation(rule: Aggregation, sheets: int, path: str) -> Iterator[Problem]:
    fields = type(rule).model_fields
    if rule.kind != "trimmed":
        for name in ("drop", "when_at_least"):
            if getattr(rule, name) != fields[name].default:
                yield Problem(f"{path}.{name}", ONLY_TRIMMED_DROPS)
        return
    if rule.when_at_least <= 2 * rule.drop:
        values = {"sheets": rule.when_at_least, "drop": rule.drop, "all": 2 * rule.drop}
        yield Problem(f"{path}.drop", ALL_DROPPED, values)
    if rule.when_at_least > sheets:
        yield Problem(f"{path}.when_at_least", NEVER_TRIMMED, {"sheets": sheets})


def _bonus(bonus: Bonus, regulation: Regulation, path: str) -> Iterator[Problem]:
    yield from chosen(bonus, path, regulation)
    dossiers = [
        category for category in regulation.categories if not bonus.categories or category.code in bonus.categories
    ]
    slots = [slot.code for category in dossiers for slot in category.slots]
    yield from listed(bonus.slots, slots, f"{path}.slots", UNKNOWN_SLOT)
    if bonus.points == 0:
        yield Problem(f"{path}.points", BONUS_OF_NOTHING)
    if not (bonus.genres or bonus.slots or bonus.by_act):
        yield Problem(path, BONUS_FOR_ALL)
    taken = {genre for category in dossiers for genre in category.genres}
    if bonus.genres and dossiers and taken.isdisjoint(bonus.genres):
        yield Problem(f"{path}.genres", BONUS_FOR_NONE)
