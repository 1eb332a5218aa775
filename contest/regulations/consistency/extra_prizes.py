"""Special, thematic and collective prizes that nobody could win, or two under one code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contest.errors import N_
from contest.regulations.consistency.coverage import dealt, leads_nowhere
from contest.regulations.consistency.named import TWICE, UNKNOWN_TIER, chosen, listed, unknown
from contest.regulations.consistency.rounds import reach
from contest.regulations.consistency.rubrics import points
from contest.regulations.problems import Problem

if TYPE_CHECKING:
    from contest.regulations.prizes import SpecialPrize, ThematicPrize
    from contest.regulations.schema import Regulation

NO_MEAN = N_(
    'The council votes in the last round, so no work has a mean to give this prize by; write by = "vote" or by = "act".'
)
NO_MEAN_FOR_FLOOR = N_(
    "The council votes in the last round, so no work has a mean that could reach a floor; leave it out."
)
FLOOR_ABOVE_REACH = N_("The floor (%(floor)s) lies above what a work can reach in the last round (%(reach)s).")
IDLE_PRIZE = N_("No work could win this prize: no category takes these genres, so the choice of works is empty.")
FORMULA_MISSING = N_("The formula adds nothing up; write points_per_work, points_per_prize or both.")
FORMULA_NOT_USED = N_('The prize is not given by the formula; write by = "formula", or leave “%(setting)s” out.')


def codes(regulation: Regulation) -> Iterator[Problem]:
    """Find a code that two prizes have, of whatever kind."""
    seen: set[str] = set()
    sections = {
        "prizes": [prize.code for prize in regulation.prizes],
        "special_prizes": [prize.code for prize in regulation.special_prizes],
        "thematic_prizes": [prize.code for prize in regulation.thematic_prizes],
        "collective_prizes": [prize.code for prize in regulation.collective_prizes],
    }
    for section, named in sections.items():
        for code in named:
            if code in seen:
                yield Problem(section, TWICE, {"code": code})
            seen.add(code)


def special(regulation: Regulation) -> Iterator[Problem]:
    """Find special prizes drawn from tiers that are not there, or by a mean that is not there."""
    tiers = [tier.code for tier in regulation.prizes]
    for prize in regulation.special_prizes:
        path = f"special_prizes[{prize.code}]"
        yield from listed(prize.from_tiers, tiers, f"{path}.from_tiers", UNKNOWN_TIER)
        yield from _by_the_mean(prize, path, regulation)


def thematic(regulation: Regulation) -> Iterator[Problem]:
    """Find thematic prizes for works that cannot be, or by a mean that is not there."""
    for prize in regulation.thematic_prizes:
        path = f"thematic_prizes[{prize.code}]"
        yield from chosen(prize, path, regulation)
        if dealt((prize,), regulation).idle and not leads_nowhere(prize, regulation):
            yield Problem(path, IDLE_PRIZE)
        yield from _by_the_mean(prize, path, regulation)


def _by_the_mean(prize: SpecialPrize | ThematicPrize, path: str, regulation: Regulation) -> Iterator[Problem]:
    last = regulation.rounds[-1]
    if not last.is_voted:
        if last.scale and prize.floor > reach(last):
            values = {"floor": points(prize.floor), "reach": points(reach(last))}
            yield Problem(f"{path}.floor", FLOOR_ABOVE_REACH, values)
        return
    if prize.by == "mean":
        yield Problem(f"{path}.by", NO_MEAN)
    if prize.floor:
        yield Problem(f"{path}.floor", NO_MEAN_FOR_FLOOR)


def collective(regulation: Regulation) -> Iterator[Problem]:
    """Find formulas that add nothing up, count unknown tiers or are not used."""
    tiers = [tier.code for tier in regulation.prizes]
    for prize in regulation.collective_prizes:
        path = f"collective_prizes[{prize.code}]"
        yield from unknown(prize.points_per_prize, tiers, f"{path}.points_per_prize", UNKNOWN_TIER)
        settings = [name for name in ("points_per_work", "points_per_prize") if getattr(prize, name)]
        if prize.by == "formula" and not settings:
            yield Problem(path, FORMULA_MISSING)
        if prize.by != "formula":
            for setting in settings:
                yield Problem(f"{path}.{setting}", FORMULA_NOT_USED, {"setting": setting})
