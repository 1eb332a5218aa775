"""Prizes whose money cannot be paid out to the đồng, and base salaries that say nothing of the day."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from contest.errors import N_
from contest.regulations.problems import Problem

if TYPE_CHECKING:
    from contest.regulations.prizes import PrizeMoney
    from contest.regulations.schema import Regulation

EXTRA = ("special_prizes", "thematic_prizes", "collective_prizes")

NO_MONEY = N_("Say what comes with the prize: amount in đồng, multiple of the base salary, or in_kind.")
AMOUNT_AND_MULTIPLE = N_("Either an amount or a multiple of the base salary; leave one of them out.")
WORTH_OF_NOTHING = N_("Only a thing is worth something; name it in in_kind, or leave worth out.")
NO_BASE_SALARY = N_("A multiple needs the base salary; add base_salary with its day and amounts.")
NOT_WHOLE = N_(
    "%(multiple)s times the base salary (%(salary)s đồng) is no whole number of đồng; choose another multiple."
)
MONEY_RISING = N_("The money (%(money)s) must not be more than that of the tier above (%(above)s).")
STEPS_OUT_OF_ORDER = N_(
    "The base salary of %(since)s must stand after an earlier day than %(before)s; put the oldest first."
)
BEFORE_FIRST_STEP = N_(
    "The day (%(day)s) lies before the first known base salary (%(first)s); add the one in force then."
)
SALARY_OF_NOTHING = N_("The base salary must be above 0.")


def contradictions(regulation: Regulation) -> Iterator[Problem]:
    """Find prizes that say nothing of what comes with them, or too much, or more than a higher one."""
    salary = regulation.base_salary.amount if regulation.base_salary else None
    extra = ((section, prize) for section in EXTRA for prize in getattr(regulation, section))
    for section, prize in chain((("prizes", tier) for tier in regulation.prizes), extra):
        missing = regulation.base_salary is None
        yield from _money(prize.money, f"{section}[{prize.code}].money", salary, missing=missing)
    least: int | None = None
    for tier in regulation.prizes:
        money = None if tier.money.in_kind else paid(tier.money, salary)
        if money is None:
            continue
        if least is not None and money > least:
            yield Problem(f"prizes[{tier.code}].money", MONEY_RISING, {"money": int(money), "above": int(least)})
        least = int(money) if least is None else min(least, int(money))


def paid(money: PrizeMoney, salary: int | None) -> Fraction | None:
    """What is paid out, in đồng; None when that is not known."""
    if money.amount is not None:
        return Fraction(money.amount)
    if money.multiple is not None and salary is not None:
        return money.multiple * salary
    return None


def _money(money: PrizeMoney, path: str, salary: int | None, *, missing: bool) -> Iterator[Problem]:
    if money.amount is None and money.multiple is None and money.in_kind is None:
        yield Problem(path, NO_MONEY)
    if money.amount is not None and money.multiple is not None:
        yield Problem(path, AMOUNT_AND_MULTIPLE)
    if money.worth is not None and money.in_kind is None:
        yield Problem(f"{path}.worth", WORTH_OF_NOTHING)
    if money.multiple is not None:
        if missing:
            yield Problem(f"{path}.multiple", NO_BASE_SALARY)
        elif salary is not None and (money.multiple * salary).denominator != 1:
            values = {"multiple": str(money.multiple), "salary": salary}
            yield Problem(f"{path}.multiple", NOT_WHOLE, values)


def base_salary(regulation: Regulation) -> Iterator[Problem]:
    """Find steps out of order, and a day before all of them."""
    rule = regulation.base_salary
    if rule is None:
        return
    for number, (before, step) in enumerate(pairwise(rule.amounts), 2):
        if step.since <= before.since:
            values = {"since": step.since, "before": before.since}
            yield Problem(f"base_salary.amounts[#{number}].since", STEPS_OUT_OF_ORDER, values)
    for number, step in enumerate(rule.amounts, 1):
        if step.amount == 0:
            yield Problem(f"base_salary.amounts[#{number}].amount", SALARY_OF_NOTHING)
    first = min(step.since for step in rule.amounts)
    if rule.on < first:
        yield Problem("base_salary.on", BEFORE_FIRST_STEP, {"day": rule.on, "first": first})
