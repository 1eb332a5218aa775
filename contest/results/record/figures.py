"""Figures as the record writes them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypeAlias

from contest.results.tally import Exact

Json: TypeAlias = dict[str, Any]


def exact(value: Exact | None) -> str | None:
    """Write a value as it is compared: "8733/1"."""
    return None if value is None else f"{value.numerator}/{value.denominator}"


def fraction(text: str | None) -> Fraction | None:
    """Read what `exact` wrote."""
    return None if text is None else Fraction(text)
