"""Marks as jurors gave them, and which of them can be told apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

FREEDOM = 8
"""Least number of marks beyond what the effects take up, for anything to be said."""
LOWEST, HIGHEST = 0.0, 100.0
"""Where the scale ends."""


class Mark(NamedTuple):
    """What one juror gave one work.

    :ivar value: in hundredths of the highest total of the score sheet
    """

    entry: str
    juror: str
    category: str
    value: float


def linked(marks: Iterable[Mark]) -> list[tuple[Mark, ...]]:
    """Part marks into those of works that a chain of common jurors links, in the order of their first work."""
    leader: dict[tuple[str, str], tuple[str, str]] = {}

    def lead(one: tuple[str, str]) -> tuple[str, str]:
        leader.setdefault(one, one)
        while leader[one] != one:
            leader[one] = one = leader[leader[one]]
        return one

    ordered = sorted(marks)
    for mark in ordered:
        leader[lead(("juror", mark.juror))] = lead(("entry", mark.entry))
    found: dict[tuple[str, str], list[Mark]] = {}
    for mark in ordered:
        found.setdefault(lead(("entry", mark.entry)), []).append(mark)
    return [tuple(part) for part in found.values()]


def suffices(marks: Sequence[Mark]) -> bool:
    """Say whether linked marks are enough to tell jurors, works and chance apart."""
    entries, jurors, categories = (len({mark[of] for mark in marks}) for of in range(3))
    return jurors > 1 and entries > categories and len(marks) - entries - jurors + 1 >= FREEDOM
