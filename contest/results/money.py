"""What prizes cost, exact to the đồng."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from contest.regulations.prizes import BaseSalary, PrizeMoney


@dataclass(frozen=True, slots=True)
class Payment:
    """What comes with one prize.

    :ivar amount: đồng that are paid out
    :ivar multiple: of the base salary, when it is one
    :ivar in_kind: the thing, in words
    :ivar worth: of the thing, in đồng; listed and not paid out
    """

    amount: int
    multiple: Fraction | None = None
    in_kind: str | None = None
    worth: int = 0


@dataclass(frozen=True, slots=True)
class Spent:
    """All prizes of one code."""

    prize: str
    count: int
    payment: Payment

    @property
    def total(self) -> int:
        """Đồng paid out for all of them."""
        return self.count * self.payment.amount


@dataclass(frozen=True, slots=True)
class Totals:
    """All prizes of a contest, in the order of the regulation.

    :ivar salary_on: the day whose base salary counts, when a prize is a multiple of it
    """

    spent: tuple[Spent, ...]
    salary: int | None = None
    salary_on: date | None = None

    @property
    def total(self) -> int:
        """Đồng paid out."""
        return sum(each.total for each in self.spent)

    @property
    def worth(self) -> int:
        """What the things are worth, in đồng."""
        return sum(each.count * each.payment.worth for each in self.spent)


def payment(money: PrizeMoney, salary: BaseSalary | None) -> Payment:
    """Say what comes with a prize: the amount, and the multiple of the base salary that counts.

    :raise ValueError: if a multiple has no base salary, or comes to parts of a đồng; none does in what checks
    """
    paid = Fraction(money.amount or 0)
    if money.multiple is not None:
        if salary is None or salary.amount is None:
            raise ValueError("there is no base salary on the day that counts")
        paid += money.multiple * salary.amount
    if paid.denominator != 1:
        raise ValueError(f"{paid} is not a whole number of đồng")
    return Payment(paid.numerator, money.multiple, money.in_kind, money.worth or 0)


def totals(prizes: Mapping[str, PrizeMoney], given: Mapping[str, int], salary: BaseSalary | None) -> Totals:
    """Add up what the prizes given cost.

    :param prizes: what comes with each, by code, in the order of the regulation
    :param given: how many are given, by code
    """
    spent = tuple(Spent(code, given.get(code, 0), payment(money, salary)) for code, money in prizes.items())
    if salary is None or all(money.multiple is None for money in prizes.values()):
        return Totals(spent)
    return Totals(spent, salary.amount, salary.on)
