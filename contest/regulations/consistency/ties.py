"""Tie-breaks that cannot break a tie."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contest.errors import N_
from contest.regulations.problems import Problem
from contest.regulations.scoring import RECORDED

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation
    from contest.regulations.scoring import RoundRule

TIE_BREAK_UNKNOWN = N_("Criterion “%(code)s” is not in the rubric of category “%(category)s”.")
TIE_BREAK_TWICE = N_("“%(tie_break)s” is named twice.")
TIE_BREAK_OPEN = N_(
    "The last tie-break must be one that is recorded (“vote”, “lot” or “act”), or a tie could stay open."
)
TIE_BREAK_TOO_LATE = N_(
    "“%(tie_break)s” comes after “%(recorded)s”, which leaves no tie to break; put it before, or leave it out."
)
TIE_BREAK_OF_SHEETS = N_("The council votes in this round, so there are no sheets for “%(tie_break)s”; leave it out.")


def contradictions(regulation: Regulation) -> Iterator[Problem]:
    """Find tie-breaks that a round cannot have, and ties that would stay open."""
    for rule in regulation.rounds:
        path = f"rounds[{rule.code}].tie_breaks"
        yield from _order(rule.tie_breaks, path)
        yield from _of_sheets(rule, path)


def _order(tie_breaks: tuple[str, ...], path: str) -> Iterator[Problem]:
    recorded = ""
    for place, tie_break in enumerate(tie_breaks):
        if tie_break in tie_breaks[:place]:
            yield Problem(path, TIE_BREAK_TWICE, {"tie_break": tie_break})
        if tie_break in RECORDED:
            recorded = recorded or tie_break
        elif recorded:
            yield Problem(path, TIE_BREAK_TOO_LATE, {"tie_break": tie_break, "recorded": recorded})
    if tie_breaks[-1] not in RECORDED:
        yield Problem(path, TIE_BREAK_OPEN)


def _of_sheets(rule: RoundRule, path: str) -> Iterator[Problem]:
    for tie_break in dict.fromkeys(rule.tie_breaks):
        code = tie_break.removeprefix("criterion:")
        if rule.is_voted:
            if code != tie_break or tie_break in ("highest_sheet", "chair_sheet"):
                yield Problem(path, TIE_BREAK_OF_SHEETS, {"tie_break": tie_break})
        elif code != tie_break:
            for category, criteria in rule.rubrics.items():
                if code not in {criterion.code for criterion in criteria}:
                    yield Problem(path, TIE_BREAK_UNKNOWN, {"code": code, "category": category})
