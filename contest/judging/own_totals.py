"""What one juror gives their works at present, and in which order that puts them. Nothing of other jurors enters."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

from contest.judging.marks import fast_to_compare, read_sheet, total_of, whole_total
from contest.regulations.scoring import Criterion

Rubric = Sequence[Criterion]


def is_draft_newer(saved_at: datetime | None, sent_at: datetime | None) -> bool:
    """Say whether what counts for the juror is the draft: there is one, and no sheet was sent after it."""
    return saved_at is not None and (sent_at is None or saved_at > sent_at)


def present_total(marks: Mapping[str, Any] | None, rubric: Rubric, *, by_draft: bool) -> Fraction | None:
    """What a juror gives a work in all, in hundredths of a point; None while a criterion has no mark.

    :param marks: of the draft as typed, or of the sheet that was sent
    :param by_draft: which of the two
    """
    if by_draft:
        return whole_total(marks or {}, rubric)
    return None if marks is None else total_of(marks, rubric)


@lru_cache(maxsize=16)
def adding_up(rubric: tuple[Criterion, ...]) -> Callable[[str, bool], Fraction | int | None]:
    """Give what adds up marks by a rubric as `present_total` does, from the JSON that a row holds.

    A page adds up some hundreds of sheets of which one has changed since the page before: the same text always has the
    same total, and is read once.
    """

    @lru_cache(maxsize=8192)
    def total(kept: str, by_draft: bool) -> Fraction | int | None:
        found = present_total(json.loads(kept), rubric, by_draft=by_draft)
        return None if found is None else fast_to_compare(found)

    return total


def place(total: Fraction, totals: Sequence[Fraction | int]) -> int:
    """The place of a total among others, which equal totals share: 1 + how many are higher.

    :param totals: of the other works, in ascending order
    """
    return len(totals) - bisect_right(totals, total) + 1


@dataclass(frozen=True)
class OwnLine:
    """One work among a juror's own: the marks given so far, and its place among those fully marked.

    :ivar marks: hundredths of a point by criterion code, those that can be read
    :ivar missing: codes of the criteria without a mark
    :ivar place: among the juror's own of the category; None while a mark is missing
    """

    number: int
    marks: Mapping[str, int]
    missing: tuple[str, ...]
    total: Fraction
    place: int | None = None
    shared: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether every criterion has its mark."""
        return not self.missing


def read_line(
    number: int,
    draft: Mapping[str, str] | None,
    sent: Mapping[str, int] | None,
    rubric: Rubric,
    *,
    by_draft: bool,
) -> OwnLine:
    """Read what a juror gives one work at present."""
    if not by_draft and sent is not None:
        return OwnLine(number, sent, (), total_of(sent, rubric))
    reading = read_sheet(draft or {}, rubric)
    return OwnLine(number, reading.marks, tuple(reading.refused), reading.total)


def in_order(lines: Iterable[OwnLine]) -> list[OwnLine]:
    """Order the works of one category: best first with their places, then those that lack a mark, as they came."""
    lines = list(lines)
    totals = sorted((line.total for line in lines if line.is_whole), key=fast_to_compare)
    placed = [
        OwnLine(
            line.number,
            line.marks,
            line.missing,
            line.total,
            place(line.total, totals),
            totals.count(line.total) > 1,
        )
        for line in lines
        if line.is_whole
    ]
    placed.sort(key=lambda line: line.place or 0)
    return [*placed, *(line for line in lines if not line.is_whole)]
