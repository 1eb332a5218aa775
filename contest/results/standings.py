"""A line of a sealed result with its figures written as a reader reads them; codes stay codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from contest.regulations.scoring import Criterion
from contest.results.record import fraction
from contest.web.formats import as_points


@dataclass(frozen=True, slots=True)
class WrittenSheet:
    """One sheet that counts."""

    juror: str
    chair: bool
    revision: int
    marks: tuple[str, ...]
    total: str


@dataclass(frozen=True, slots=True)
class WrittenStep:
    """One comparison after the mean."""

    rule: str
    outcome: str
    among: int
    value: str


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """What one tier answered."""

    tier: str
    why: str
    limit: str


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """One work among those of its category."""

    entry: str
    place: int
    mean: str
    range: str
    limit: str | None
    """The range the regulation allows, when the sheets went beyond it."""
    criteria: tuple[str, ...]
    sheets: tuple[WrittenSheet, ...]
    left_out: tuple[Mapping[str, Any], ...]
    steps: tuple[WrittenStep, ...]
    answers: tuple[WrittenAnswer, ...]
    tied_with: tuple[str, ...]
    accepted: int | None
    settled: int | None
    advanced: bool | None
    tier: str | None


def written(line: Mapping[str, Any], rubric: Iterable[Criterion], decimals: int) -> WrittenLine:
    """Write a line of a sealed result.

    :param decimals: of a shown mean
    """
    codes = [criterion.code for criterion in rubric]
    spread = line["highest"] - line["lowest"]
    return WrittenLine(
        entry=line["entry"],
        place=line["place"],
        mean=as_points(fraction(line["mean"]), decimals),
        range=as_points(spread),
        limit=as_points(line["limit"]) if line["limit"] is not None and spread > line["limit"] else None,
        criteria=tuple(as_points(fraction(line["criteria"][code]), decimals) for code in codes),
        sheets=tuple(
            WrittenSheet(
                sheet["juror"],
                sheet["chair"],
                sheet["revision"],
                tuple(as_points(sheet["marks"][code]) for code in codes),
                as_points(sum(sheet["marks"].values())),
            )
            for sheet in sorted(line["sheets"], key=lambda sheet: not sheet["chair"])
        ),
        left_out=tuple(line["left_out"]),
        steps=tuple(
            WrittenStep(step["rule"], step["outcome"], step["among"], as_points(fraction(step["value"]), decimals))
            for step in line["steps"][1:]
        ),
        answers=tuple(
            WrittenAnswer(
                answer["tier"],
                answer["why"],
                str(answer["limit"]) if answer["why"] == "quota_full" else as_points(answer["limit"]),
            )
            for answer in line.get("answers", ())
        ),
        tied_with=tuple(line["tied_with"]),
        accepted=line["accepted"],
        settled=line["settled"],
        advanced=line.get("advanced"),
        tier=line.get("tier"),
    )
