"""Exact figures as readers read them; only what is shown is rounded, never what decides."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from contest.regulations.schema import Regulation
from contest.web.formats import as_number

Exact = int | Fraction | str


@dataclass(frozen=True, slots=True)
class Figures:
    """How a regulation has its figures shown."""

    decimals: int
    rounding: Literal["half_up", "half_even", "down"] = "half_up"

    @classmethod
    def of(cls, regulation: Regulation) -> Figures:
        """Read it from a regulation."""
        return cls(regulation.display_decimals, regulation.display_rounding)

    def mean(self, hundredths: Exact) -> str:
        """Write a mean, exact in hundredths of a point, with the decimals of the regulation."""
        return as_number(rounded(Fraction(hundredths) / 100, self.decimals, self.rounding), self.decimals)

    def shown(self, hundredths: Exact) -> Fraction:
        """Give a mean as it is written, in hundredths of a point."""
        return rounded(Fraction(hundredths) / 100, self.decimals, self.rounding) * 100

    def is_exact(self, hundredths: Exact) -> bool:
        """Say whether the written mean is the exact one."""
        points = Fraction(hundredths) / 100
        return rounded(points, self.decimals, self.rounding) == points


def rounded(value: Fraction, decimals: int, rounding: str) -> Fraction:
    """Round a number for display.

    :param rounding: ``half_up``, ``half_even`` or ``down``
    """
    scaled = value * 10**decimals
    whole = scaled.numerator // scaled.denominator
    rest = scaled - whole
    half = Fraction(1, 2)
    if rounding == "half_up":
        whole += rest >= half
    elif rounding == "half_even":
        whole += rest > half or (rest == half and whole % 2 == 1)
    return Fraction(whole, 10**decimals)


def points(hundredths: Exact) -> str:
    """Write points exactly: "17,5"; what no decimals can write, as a fraction: "262/3"."""
    value = Fraction(hundredths) / 100
    return plain(value)


def plain(exact: Exact) -> str:
    """Write a number exactly: with up to four decimals, else as a fraction."""
    value = Fraction(exact)
    for decimals in range(5):
        if (value * 10**decimals).denominator == 1:
            return as_number(value, decimals)
    return f"{value.numerator}/{value.denominator}"
