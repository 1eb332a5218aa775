"""Reading and writing marks: what a juror types, and the integer that is kept.

A mark is an integer in hundredths of a point; the total of a sheet is the exact sum of marks times weights. Comma and
point both mean the decimal sign, because Vietnamese keyboards and telephones give either; nothing means thousands. A
locale's own parser is not used here: it reads "8.75" as eight hundred and seventy-five.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

from contest.errors import ContestError
from contest.judging.refusals import (
    MarkForeignDigits,
    MarkHasThousands,
    MarkMissing,
    MarkNegative,
    MarkNotANumber,
    MarkOffStep,
    MarkRefused,
    MarkTooFine,
    MarkTooHigh,
)

LONGEST = 24  # characters; a draft keeps what was typed, up to this

_NUMBER = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:[.,'\u2019 \u00a0\u202f][0-9]{3})+(?:[.,][0-9]+)?")
_MINUS = ("-", "\u2212", "\u2013")


class Scale(Protocol):
    """What may be given for one criterion, in hundredths of a point; the regulation's criteria are such scales."""

    @property
    def maximum(self) -> int:
        """The most that may be given, a multiple of the step."""

    @property
    def step(self) -> int:
        """The distance between two marks that may be given."""


def written(mark: int) -> str:
    """The mark as it is typed and read: ``1750`` → ``17,5``."""
    whole, rest = divmod(mark, 100)
    return f"{whole},{rest:02d}".rstrip("0") if rest else str(whole)


def written_weight(weight: Fraction) -> str:
    """The weight as people read it: ``3/2`` → ``1,5``, ``2/3`` as it is."""
    hundredths = weight * 100
    return written(hundredths.numerator) if hundredths.denominator == 1 else str(weight)


def parse_mark(text: str, scale: Scale) -> int:
    """Read one mark as typed, in hundredths of a point.

    :raise MarkRefused: one of its classes, each with the sentence for the field
    """
    typed = text.strip()
    maximum = written(scale.maximum)
    if not typed:
        raise MarkMissing(maximum=maximum)
    if len(typed) > LONGEST:
        raise MarkNotANumber(maximum=maximum)
    if any(sign.isdecimal() and not sign.isascii() for sign in typed):
        raise MarkForeignDigits
    if _THOUSANDS.fullmatch(typed):
        raise MarkHasThousands
    if typed.startswith(_MINUS) and _NUMBER.fullmatch(typed[1:].strip()):
        raise MarkNegative(maximum=maximum)
    number = _NUMBER.fullmatch(typed)
    if not number:
        raise MarkNotANumber(maximum=maximum)
    return _on_scale(number[1], number[2] or "", scale)


def _on_scale(whole: str, decimals: str, scale: Scale) -> int:
    decimals = decimals.rstrip("0")
    if len(decimals) > 2:
        raise MarkTooFine(step=written(scale.step))
    mark = int(whole) * 100 + int(decimals.ljust(2, "0"))
    if mark > scale.maximum:
        raise MarkTooHigh(maximum=written(scale.maximum))
    if past := mark % scale.step:
        below = mark - past
        raise MarkOffStep(step=written(scale.step), below=written(below), above=written(below + scale.step))
    return mark


@dataclass(frozen=True)
class Reading:
    """A sheet as far as it can be read: the marks, and per criterion why there is none."""

    marks: Mapping[str, int] = field(default_factory=dict)
    refused: Mapping[str, ContestError] = field(default_factory=dict)
    total: Fraction = Fraction(0)  # of what can be read, in hundredths of a point

    @property
    def is_whole(self) -> bool:
        """Whether every criterion has its mark."""
        return not self.refused


class Marked(Scale, Protocol):
    """A scale with a name: a criterion."""

    @property
    def code(self) -> str:
        """What the sheet calls it."""

    @property
    def weight(self) -> Fraction:
        """What a mark is multiplied by in the total."""


def total_of(marks: Mapping[str, int], criteria: Iterable[Marked]) -> Fraction:
    """The total of a sheet in hundredths of a point: every mark times its weight, exact."""
    return _weighed([(marks.get(criterion.code, 0), criterion.weight) for criterion in criteria])


def _weighed(pairs: Iterable[tuple[int, Fraction]]) -> Fraction:
    """Sum marks times weights; whole weights, which are nearly all, as whole numbers, which is far faster."""
    whole, rest = 0, None
    for mark, weight in pairs:
        if weight.denominator == 1:
            whole += mark * weight.numerator
        else:
            rest = (rest or 0) + mark * weight
    return Fraction(whole) if rest is None else rest + whole


def fast_to_compare(total: Fraction) -> Fraction | int:
    """Give the same number, as a whole number where it is one: many totals are put in order far faster so."""
    return total.numerator if total.denominator == 1 else total


def rounded_total(total: Fraction, decimals: int, rounding: str) -> Fraction:
    """A total as it is shown: in whole hundredths as it is, else rounded as the regulation says.

    :param total: hundredths of a point
    :param decimals: decimals of a point; sheets show two at most
    :param rounding: ``half_up``, ``half_even`` or ``down``
    """
    if total.denominator == 1:
        return total
    unit = Fraction(100, 10 ** min(decimals, 2))
    steps = total / unit
    if rounding == "half_even":
        return round(steps) * unit
    if rounding == "half_up":
        steps += Fraction(1, 2)
    return steps.numerator // steps.denominator * unit


def read_sheet(typed: Mapping[str, str], criteria: Iterable[Marked]) -> Reading:
    """Read every criterion of a sheet; what cannot be read is named with its reason, the rest is kept."""
    marks: dict[str, int] = {}
    refused: dict[str, ContestError] = {}
    criteria = tuple(criteria)
    for criterion in criteria:
        try:
            marks[criterion.code] = parse_mark(typed.get(criterion.code, ""), criterion)
        except MarkRefused as refusal:
            refused[criterion.code] = refusal
    return Reading(marks, refused, total_of(marks, criteria))


def whole_total(typed: Mapping[str, str], criteria: Iterable[Marked]) -> Fraction | None:
    """The total of a sheet as typed, in hundredths of a point; None while a criterion has no mark.

    For many sheets at once: what was typed before is not read again.
    """
    pairs = []
    for criterion in criteria:
        mark = _mark_of(typed.get(criterion.code, ""), criterion.maximum, criterion.step)
        if mark is None:
            return None
        pairs.append((mark, criterion.weight))
    return _weighed(pairs)


@dataclass(frozen=True)
class _BareScale:
    maximum: int
    step: int


@lru_cache(maxsize=4096)
def _mark_of(text: str, maximum: int, step: int) -> int | None:
    try:
        return parse_mark(text, _BareScale(maximum, step))
    except MarkRefused:
        return None
