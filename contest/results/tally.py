"""What the score sheets of a round say of each entry: exact means, with every sheet accounted for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction


class LeftOut(StrEnum):
    """Why a submitted sheet does not count."""

    RECUSED = "recused"
    OTHER_RUBRIC = "other_rubric"
    THIRD_NOT_NEEDED = "third_not_needed"
    REPLACED_BY_THIRD = "replaced_by_third"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one juror gave one entry: hundredths of a point by criterion code."""

    juror: str
    marks: Mapping[str, int]
    chair: bool = False
    third: bool = False
    revision: int = 1
    left_out: LeftOut | None = None
    sha256: str = ""

    @property
    def total(self) -> int:
        """Sum of the marks, in hundredths of a point."""
        return sum(self.marks.values())


@dataclass(frozen=True, slots=True)
class Standing:
    """What an entry has reached in a round, in hundredths of a point; all zero while nobody has scored it."""

    entry: str
    used: tuple[Sheet, ...]
    left_out: tuple[Sheet, ...]
    minimum: int
    mean: Fraction
    criteria: Mapping[str, Fraction]
    chair: Fraction | None
    lowest: int
    highest: int
    limit: int | None

    @property
    def missing(self) -> int:
        """How many sheets are still wanting under the minimum of the regulation."""
        return max(0, self.minimum - len(self.used))

    @property
    def range(self) -> int:
        """Distance between the highest and the lowest sheet."""
        return self.highest - self.lowest

    @property
    def is_discrepant(self) -> bool:
        """Whether the jurors differ by more than the regulation allows."""
        return self.limit is not None and self.range > self.limit


def tally(
    entry: str, sheets: Iterable[Sheet], criteria: Iterable[str], *, minimum: int, limit: int | None = None
) -> Standing:
    """Give the standing of one entry: the arithmetic mean of its sheets, in total and by criterion.

    The order in which sheets arrive never matters. A sheet that does not carry exactly the criteria
    of the rubric is left out and named, so that a mean is never taken over unlike things.

    :param criteria: codes of the rubric, in its order
    :param minimum: sheets the regulation asks for
    :param limit: hundredths of a point by which jurors may differ, None when the regulation sets no limit
    """
    codes = tuple(criteria)
    expected = set(codes)
    used: list[Sheet] = []
    left_out: list[Sheet] = []
    for sheet in sorted(sheets, key=lambda sheet: (sheet.juror, sheet.revision)):
        if sheet.left_out is not None:
            left_out.append(sheet)
        elif set(sheet.marks) != expected:
            left_out.append(replace(sheet, left_out=LeftOut.OTHER_RUBRIC))
        else:
            used.append(sheet)

    totals = [sheet.total for sheet in used]
    count = len(used)
    chairs = [sheet.total for sheet in used if sheet.chair]
    return Standing(
        entry=entry,
        used=tuple(used),
        left_out=tuple(left_out),
        minimum=minimum,
        mean=Fraction(sum(totals), count or 1),
        criteria={code: Fraction(sum(sheet.marks[code] for sheet in used), count or 1) for code in codes},
        chair=Fraction(sum(chairs), len(chairs)) if chairs else None,
        lowest=min(totals, default=0),
        highest=max(totals, default=0),
        limit=limit,
    )
