"""What the score sheets of a round say of each work: exact figures, with every sheet accounted for.

Weighted totals are added as whole numbers over the common denominator of the weights, and a fraction is made only of
what comes out: that is as exact as fractions all the way and many times faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import lcm
from typing import Literal, TypeAlias

from contest.regulations.scoring import Aggregation, DiscrepancyRule

Exact: TypeAlias = int | Fraction
"""Hundredths of a point."""
Taken: TypeAlias = Literal["mean", "trimmed", "median", "sum"]

MEAN = "mean"
CHAIR_SHEET = "chair_sheet"
HIGHEST_SHEET = "highest_sheet"
CRITERION = "criterion:"
TOTAL = "total"
PLAIN = Aggregation()


class LeftOut(StrEnum):
    """Why a submitted sheet does not count."""

    RECUSED = "recused"
    OTHER_RUBRIC = "other_rubric"
    THIRD_NOT_NEEDED = "third_not_needed"
    REPLACED_BY_THIRD = "replaced_by_third"
    REPLACED_BY_REMARK = "replaced_by_remark"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one juror gave one work: hundredths of a point by criterion code."""

    juror: str
    marks: Mapping[str, int]
    chair: bool = False
    third: bool = False
    """Whether it is of a juror who was asked because the others differ too much."""
    revision: int = 1
    left_out: LeftOut | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """The criteria of a rubric, their weights as whole numbers over one denominator."""

    codes: tuple[str, ...]
    factors: tuple[int, ...]
    denominator: int

    @classmethod
    def of(cls, weights: Mapping[str, Fraction]) -> Scale:
        """Make the scale of weights by criterion code, in the order of the rubric."""
        denominator = lcm(*(weight.denominator for weight in weights.values()))
        return cls(tuple(weights), tuple(int(weight * denominator) for weight in weights.values()), denominator)

    @property
    def is_plain(self) -> bool:
        """Whether a total is just the sum of the marks."""
        return self.denominator == 1 and set(self.factors) <= {1}

    def rows(self, sheets: Iterable[Sheet]) -> list[list[int]]:
        """Give the marks of each sheet in the order of the criteria."""
        codes = self.codes
        return [[sheet.marks[code] for code in codes] for sheet in sheets]

    def totals(self, rows: Iterable[Sequence[int]]) -> list[int]:
        """Give the weighted sum of each row, times the denominator."""
        if self.is_plain:
            return list(map(sum, rows))
        return [sum(mark * factor for mark, factor in zip(row, self.factors, strict=True)) for row in rows]

    def points(self, total: int) -> Exact:
        """Turn a total back into hundredths of a point."""
        return total if self.denominator == 1 else Fraction(total, self.denominator)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the regulation says of taking sheets together."""

    scale: Scale
    minimum: int = 1
    """Sheets that the regulation asks for."""
    aggregation: Aggregation = PLAIN
    discrepancy: DiscrepancyRule | None = None
    thirds_apart: bool = True
    """Whether the sheet of a third juror waits for the others to differ; in a work marked again it is one like them."""


@dataclass(frozen=True, slots=True)
class Added:
    """Points added for something more than the sheets say."""

    bonus: str
    points: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """Values that trimming left out: of the totals or of one criterion."""

    of: str
    low: tuple[Exact, ...]
    high: tuple[Exact, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a work has reached in a scored round, in hundredths of a point; all zero while nobody has scored it."""

    entry: str
    used: tuple[Sheet, ...]
    totals: tuple[Exact, ...]
    """Weighted totals of the sheets that are used, in their order."""
    left_out: tuple[Sheet, ...]
    minimum: int
    regular: int
    """How many sheets there are that can count, a third juror's aside."""
    mean: Fraction
    """What the place rests on: the aggregate of the sheets, and what was added."""
    aggregate: Fraction
    taken: Taken
    """How the sheets were taken together; few sheets are not trimmed."""
    added: tuple[Added, ...]
    dropped: tuple[Dropped, ...]
    criteria: Mapping[str, Fraction]
    chair: Fraction | None
    spread: Exact
    """What is compared with the limit: of the regular sheets."""
    discrepancy: DiscrepancyRule | None
    has_third: bool

    @property
    def is_ranked(self) -> bool:
        """Whether there is anything to rank it by."""
        return bool(self.used)

    @property
    def missing(self) -> int:
        """How many sheets are still wanting under the minimum of the regulation."""
        return max(0, self.minimum - self.regular)

    @property
    def lowest(self) -> Exact:
        """The lowest total that counts."""
        return min(self.totals, default=0)

    @property
    def highest(self) -> Exact:
        """The highest total that counts."""
        return max(self.totals, default=0)

    @property
    def limit(self) -> int | None:
        """By how much jurors may differ; None when the regulation sets no limit."""
        return self.discrepancy.limit if self.discrepancy is not None else None

    @property
    def is_discrepant(self) -> bool:
        """Whether the jurors differ by more than the regulation allows."""
        return self.discrepancy is not None and self.spread > self.discrepancy.limit

    @property
    def is_held(self) -> bool:
        """Whether they differ so much that somebody must let the sheets stand."""
        return self.is_discrepant and self.discrepancy is not None and self.discrepancy.consequence == "hold"

    @property
    def needs_third(self) -> bool:
        """Whether they differ so much that one more juror must mark the work, and none has."""
        return self.is_discrepant and _asks_third(self.discrepancy) and not self.has_third

    def measure(self, rule: str) -> Exact | None:
        """Give the value of the work under a rule of ranking, higher is better; None when it has none."""
        if rule == MEAN:
            return self.mean
        if rule == CHAIR_SHEET:
            return self.chair
        if rule == HIGHEST_SHEET:
            return self.highest
        return self.criteria.get(rule.removeprefix(CRITERION)) if rule.startswith(CRITERION) else None


def tally(entry: str, sheets: Iterable[Sheet], terms: Terms, added: tuple[Added, ...] = ()) -> Standing:
    """Give the standing of one work.

    The order in which sheets arrive never matters. A sheet that does not carry exactly the criteria of the rubric is
    left out and named, so that a figure is never taken over unlike things. Where the jurors differ too much and the
    regulation asks a third one, that sheet joins or replaces the others; where they do not, it is left out.

    :param added: what the work gets for something more; a work without sheets gets nothing
    """
    scale, rule = terms.scale, terms.discrepancy
    regular, thirds, left_out = _sort(sheets, terms)
    rows = scale.rows(regular)
    totals = scale.totals(rows)
    spread = _spread(totals, scale, rule)
    used = regular
    if thirds:
        used, unused = _with_thirds(regular, thirds, rule, is_discrepant=rule is not None and spread > rule.limit)
        left_out = sorted(left_out + unused, key=_by_juror)
        rows = scale.rows(used)
        totals = scale.totals(rows)

    aggregate, criteria, taken, dropped = _taken_together(rows, totals, terms)
    chairs = [total for sheet, total in zip(used, totals, strict=True) if sheet.chair]
    added = added if used else ()
    return Standing(
        entry=entry,
        used=tuple(used),
        totals=tuple(totals) if scale.denominator == 1 else tuple(map(scale.points, totals)),
        left_out=tuple(left_out),
        minimum=terms.minimum,
        regular=len(regular),
        mean=aggregate + sum(each.points for each in added) if added else aggregate,
        aggregate=aggregate,
        taken=taken,
        added=added,
        dropped=dropped,
        criteria=criteria,
        chair=Fraction(sum(chairs), len(chairs) * scale.denominator) if chairs else None,
        spread=spread,
        discrepancy=rule,
        has_third=bool(thirds),
    )


def _by_juror(sheet: Sheet) -> tuple[str, int, str]:
    return sheet.juror, sheet.revision, sheet.sha256


def _sort(sheets: Iterable[Sheet], terms: Terms) -> tuple[list[Sheet], list[Sheet], list[Sheet]]:
    """Sort sheets by juror into those of the panel, those of third jurors, and those that cannot count."""
    expected = set(terms.scale.codes)
    regular: list[Sheet] = []
    thirds: list[Sheet] = []
    left_out: list[Sheet] = []
    for sheet in sorted(sheets, key=_by_juror):
        if sheet.left_out is not None:
            left_out.append(sheet)
        elif sheet.marks.keys() != expected:
            left_out.append(replace(sheet, left_out=LeftOut.OTHER_RUBRIC))
        else:
            (thirds if sheet.third and terms.thirds_apart else regular).append(sheet)
    return regular, thirds, left_out


def _asks_third(rule: DiscrepancyRule | None) -> bool:
    return rule is not None and rule.consequence in ("third_replaces", "third_joins")


def _with_thirds(
    regular: list[Sheet], thirds: list[Sheet], rule: DiscrepancyRule | None, *, is_discrepant: bool
) -> tuple[list[Sheet], list[Sheet]]:
    """Say which sheets are used when there is a third juror's, and which are not."""
    if not is_discrepant or rule is None or not _asks_third(rule):
        return regular, [replace(sheet, left_out=LeftOut.THIRD_NOT_NEEDED) for sheet in thirds]
    if rule.consequence == "third_replaces":
        return thirds, [replace(sheet, left_out=LeftOut.REPLACED_BY_THIRD) for sheet in regular]
    return sorted(regular + thirds, key=_by_juror), []


def _spread(totals: Sequence[int], scale: Scale, rule: DiscrepancyRule | None) -> Exact:
    """Measure how far totals lie apart: the range, or the greatest distance to the mean of all."""
    if not totals:
        return 0
    if rule is None or rule.measure == "range":
        return scale.points(max(totals) - min(totals))
    count, added = len(totals), sum(totals)
    return Fraction(max(max(totals) * count - added, added - min(totals) * count), count * scale.denominator)


def _taken_together(
    rows: list[list[int]], totals: list[int], terms: Terms
) -> tuple[Fraction, dict[str, Fraction], Taken, tuple[Dropped, ...]]:
    """Give the aggregate, the figure of each criterion, how it was done, and what trimming left out."""
    scale, rule = terms.scale, terms.aggregation
    if not rows:
        return Fraction(), dict.fromkeys(scale.codes, Fraction()), "mean", ()
    columns = list(zip(*rows, strict=True))
    taken = _way(rule, len(rows))
    if rule.of == "criterion" and taken != "mean":
        return _by_criterion(columns, terms, taken)

    count = len(rows)
    criteria = {code: Fraction(sum(column), count) for code, column in zip(scale.codes, columns, strict=True)}
    above, below = aggregated(totals, taken, rule.drop)
    dropped = (_dropped(TOTAL, totals, rule.drop, scale),) if taken == "trimmed" else ()
    return Fraction(above, below * scale.denominator), criteria, taken, dropped


def _by_criterion(
    columns: list[tuple[int, ...]], terms: Terms, taken: Taken
) -> tuple[Fraction, dict[str, Fraction], Taken, tuple[Dropped, ...]]:
    """Take each criterion together for itself and add the weighted figures."""
    scale, drop = terms.scale, terms.aggregation.drop
    criteria = {
        code: Fraction(*aggregated(column, taken, drop)) for code, column in zip(scale.codes, columns, strict=True)
    }
    added = sum(
        (figure * factor for figure, factor in zip(criteria.values(), scale.factors, strict=True)),
        Fraction(),
    )
    plain = Scale((), (), 1)
    dropped = tuple(
        _dropped(code, column, drop, plain)
        for code, column in zip(scale.codes, columns, strict=True)
        if taken == "trimmed"
    )
    return added / scale.denominator, criteria, taken, dropped


def _way(rule: Aggregation, count: int) -> Taken:
    """Say how so many sheets are taken together: trimming needs enough of them, and must leave one."""
    if rule.kind == "trimmed" and not (count >= rule.when_at_least and count > 2 * rule.drop):
        return "mean"
    return rule.kind


def aggregated(values: Sequence[int], taken: Taken, drop: int = 0) -> tuple[int, int]:
    """Take values together.

    :param values: at least one
    :param drop: with ``trimmed``: how many of the highest and as many of the lowest are left out
    :return: numerator and denominator
    """
    if taken == "sum":
        return sum(values), 1
    if taken == "trimmed":
        kept = sorted(values)[drop : len(values) - drop]
        return sum(kept), len(kept)
    if taken == "median":
        ordered, middle = sorted(values), len(values) // 2
        return (ordered[middle], 1) if len(values) % 2 else (ordered[middle - 1] + ordered[middle], 2)
    return sum(values), len(values)


def _dropped(of: str, values: Sequence[int], drop: int, scale: Scale) -> Dropped:
    ordered = list(map(scale.points, sorted(values)))
    return Dropped(of, tuple(ordered[:drop]), tuple(ordered[len(ordered) - drop :]))
