"""Ways into the next round, and into the closing contest, that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contest.errors import N_
from contest.regulations.consistency.named import UNKNOWN_CATEGORY, UNKNOWN_TIER, listed, unknown
from contest.regulations.consistency.rounds import reach
from contest.regulations.consistency.rubrics import points
from contest.regulations.problems import Problem

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation
    from contest.regulations.scoring import Advancement, AdvancementTerms, RoundRule

NO_ADVANCEMENT = N_("This is not the last round, so it must say who goes on (advancement).")
ADVANCEMENT_AFTER_LAST = N_("This is the last round; nobody goes on from it.")
TERM_MISSING = N_("The kind is “%(kind)s”, so %(term)s must be given.")
TERM_TOO_MANY = N_('The kind is “%(kind)s”, so %(term)s means nothing; leave it out, or write kind = "combination".')
ONE_TERM_COMBINED = N_("A combination needs at least two of share, top, floor and flagged.")
NOTHING_TO_JOIN = N_("Only one term is given, so there is nothing to join; leave join out.")
NO_TERMS = N_("Say who goes on in this category: share, top, floor or flagged.")
FLOOR_OUT_OF_REACH = N_("The floor (%(floor)s) lies above what a work can reach in this round (%(reach)s).")
NO_MEAN_IN_A_VOTE = N_("The council votes in this round, so no work has a mean that could reach a floor; leave it out.")
NOTHING_CARRIED_ON = N_("Say which works go on: the winners of tiers, or the top so many of each group.")

TERMS = ("share", "top", "floor", "flagged")


def contradictions(regulation: Regulation) -> Iterator[Problem]:
    """Find rounds from which nobody goes on, or by terms that do not fit."""
    for rule in regulation.rounds[:-1]:
        if rule.advancement is None:
            yield Problem(f"rounds[{rule.code}]", NO_ADVANCEMENT)
        else:
            yield from _advancement(rule.advancement, rule, regulation)
    last = regulation.rounds[-1]
    if last.advancement is not None:
        yield Problem(f"rounds[{last.code}].advancement", ADVANCEMENT_AFTER_LAST)


def _advancement(advancement: Advancement, rule: RoundRule, regulation: Regulation) -> Iterator[Problem]:
    path = f"rounds[{rule.code}].advancement"
    given, kind = _given(advancement), advancement.kind
    if kind == "combination":
        if len(given) < 2:
            yield Problem(path, ONE_TERM_COMBINED)
    else:
        if kind not in given:
            yield Problem(f"{path}.{kind}", TERM_MISSING, {"kind": kind, "term": kind})
        for term in given:
            if term != kind:
                yield Problem(f"{path}.{term}", TERM_TOO_MANY, {"kind": kind, "term": term})
    yield from _terms(advancement, rule, path)
    known = [category.code for category in regulation.categories]
    yield from unknown(advancement.categories, known, f"{path}.categories", UNKNOWN_CATEGORY)
    for code, terms in advancement.categories.items():
        if not _given(terms):
            yield Problem(f"{path}.categories.{code}", NO_TERMS)
        yield from _terms(terms, rule, f"{path}.categories.{code}")


def _given(terms: AdvancementTerms) -> list[str]:
    return [term for term in TERMS if getattr(terms, term) not in (None, False)]


def _terms(terms: AdvancementTerms, rule: RoundRule, path: str) -> Iterator[Problem]:
    if terms.join != "all" and len(_given(terms)) == 1:
        yield Problem(f"{path}.join", NOTHING_TO_JOIN)
    if terms.floor is None:
        return
    if rule.is_voted:
        yield Problem(f"{path}.floor", NO_MEAN_IN_A_VOTE)
    elif rule.scale and terms.floor > reach(rule):
        values = {"floor": points(terms.floor), "reach": points(reach(rule))}
        yield Problem(f"{path}.floor", FLOOR_OUT_OF_REACH, values)


def carry_on(regulation: Regulation) -> Iterator[Problem]:
    """Find nothing carried on, or winners of tiers that are not there."""
    rule = regulation.carry_on
    if rule is None:
        return
    yield from listed(rule.tiers, (tier.code for tier in regulation.prizes), "carry_on.tiers", UNKNOWN_TIER)
    if not rule.tiers and rule.top is None:
        yield Problem("carry_on", NOTHING_CARRIED_ON)
