"""Material for rounds, and regulations that differ from the preset in what a test is about."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

from contest.regulations import document, presets
from contest.regulations.schema import Regulation
from contest.regulations.scoring import Aggregation, DiscrepancyRule
from contest.results import record
from contest.results.material import Act, Ballot, Member, RoundMaterial, Work
from contest.results.outcome import RoundOutcome
from contest.results.tally import PLAIN, Scale, Sheet, Terms

CATEGORY = "BAO_IN"
SEALED_AT = datetime(2025, 9, 19, tzinfo=UTC)


def terms(
    criteria: Iterable[str] | Mapping[str, Fraction] = ("dung",),
    *,
    minimum: int = 1,
    limit: int | None = None,
    aggregation: Aggregation = PLAIN,
    **discrepancy: Any,
) -> Terms:
    """Terms of a tally; criteria without weights count once."""
    weights = criteria if isinstance(criteria, Mapping) else dict.fromkeys(criteria, Fraction(1))
    rule = DiscrepancyRule.model_construct(limit=limit, **discrepancy) if limit is not None else None
    return Terms(Scale.of(weights), minimum, aggregation, rule)


@lru_cache
def _preset() -> dict[str, Any]:
    return document.read(presets.text("quang_ngai_2025"))


def regulation(*, last: Mapping[str, Any] | None = None, first: Mapping[str, Any] | None = None, **changes: Any):
    """The preset with other values: of its last round, of its first, and of the document itself."""
    values = copy.deepcopy(_preset())
    values["rounds"][0] |= dict(first or {})
    values["rounds"][-1] |= dict(last or {})
    return Regulation.model_validate(values | changes)


def plain_regulation(*, last: Mapping[str, Any] | None = None, **changes: Any) -> Regulation:
    """A last round with one criterion of 100 points, one sheet a work, and no tie-break but an act."""
    rubric = {"code": "mot", "name": "Một", "criteria": [{"code": "dung", "name": "Dùng", "maximum": 100, "step": 1}]}
    rubrics = {category["code"]: "mot" for category in _preset()["categories"]}
    plain = {
        "rubrics": rubrics,
        "scale": 100,
        "minimum_sheets": 1,
        "tie_breaks": ["act"],
        "discrepancy": 99,
    }
    return regulation(last=plain | dict(last or {}), rubrics=[*_preset()["rubrics"], rubric], **changes)


def work(number: int, category: str = CATEGORY, **changes: Any) -> Work:
    """A work; its number is in its code."""
    values: dict[str, Any] = {
        "genre": "phong_su",
        "topic": "kinh_te",
        "outlet": "Báo Quảng Ngãi",
        "received_at": f"2025-08-10T08:{number % 60:02}:00+07:00",
    }
    return Work(f"{category}-{number:04}", category, **(values | changes))


def last_round(
    ruling: Regulation,
    works: Iterable[Work],
    sheets: Mapping[str, Iterable[Sheet]] | None = None,
    *,
    code: str | None = None,
    members: Iterable[Member] = (),
    ballots: Iterable[Ballot] = (),
    acts: Iterable[Act] = (),
    accepted_works: Iterable[Work] | None = None,
) -> RoundMaterial:
    """Material of a round, the last one unless another is named."""
    works = tuple(works)
    return RoundMaterial(
        code=code or ruling.rounds[-1].code,
        regulation=ruling,
        ruling=ruling,
        works=works,
        sheets={entry: tuple(given) for entry, given in (sheets or {}).items()},
        members=tuple(members),
        ballots=tuple(ballots),
        acts=tuple(acts),
        accepted_works=works if accepted_works is None else tuple(accepted_works),
    )


def scored(ruling: Regulation, totals: Mapping[Work, int], **changes: Any) -> RoundMaterial:
    """Material of a last round in which each work has one sheet of one criterion."""
    return last_round(
        ruling, totals, {each.entry: [Sheet("j", {"dung": total})] for each, total in totals.items()}, **changes
    )


def act(number: int, kind: str, subject: str = "", **choice: Any) -> Act:
    """A recorded act."""
    return Act(number, kind, subject, choice)


def written(outcome: RoundOutcome) -> dict[str, Any]:
    """The record of an outcome."""
    return record.document(outcome, contest="dvk", regulation="0" * 64, sealed_at=SEALED_AT)
