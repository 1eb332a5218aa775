"""Where things stand in a drawing a thousand units wide."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

WIDTH = 1000
STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Axis:
    """A stretch of numbers laid over the width of a drawing, its ends round."""

    low: float
    high: float

    @classmethod
    def over(cls, values: Iterable[float]) -> Axis:
        """Make an axis that holds these values."""
        found = list(values) or [0.0]
        low, high = min(found), max(found)
        step = _step(max(high - low, 1e-6) / 4)
        return cls(math.floor(low / step) * step, math.ceil(high / step) * step)

    def at(self, value: float) -> int:
        """Where a number stands; what lies outside stands at the end."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(WIDTH * min(1.0, max(0.0, share)))


def _step(rough: float) -> float:
    """Give the next of 1, 2, 5, 10, 20, … that is not smaller."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next((power * step for step in STEPS if power * step >= rough), power * 10)


@dataclass(frozen=True)
class Bar:
    """An interval with its middle, in units of a drawing."""

    low: int
    middle: int
    high: int

    @classmethod
    def on(cls, axis: Axis, low: float, middle: float, high: float) -> Bar:
        """Lay an interval over an axis."""
        return cls(axis.at(low), axis.at(middle), axis.at(high))
