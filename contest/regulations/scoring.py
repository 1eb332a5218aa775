"""How works are judged and what they can win."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, PrivateAttr, Strict, Tag

from contest.regulations.schedule import Moments
from contest.regulations.shape import (
    NOT_DISCREPANCY,
    TIE_BREAK,
    Code,
    Codes,
    Count,
    Flag,
    Line,
    Name,
    Part,
    Points,
    Share,
    Weight,
    by_code,
    refuse,
)
from contest.regulations.voting import VoteRule

TieBreak = Annotated[str, Strict(), Field(pattern=TIE_BREAK)]
RECORDED = ("vote", "lot", "act")
"""Tie-breaks that are an order chosen by people or by a lot, and recorded."""


class Level(Part):
    """What a mark between two bounds means."""

    low: Points
    high: Points
    text: Line


class Criterion(Part):
    """One line of the score sheet; marks are hundredths of a point."""

    code: Code
    name: Name
    maximum: Points
    step: Points
    """Marks are multiples of this."""
    weight: Weight = Fraction(1)
    """What a mark is multiplied by in the total."""
    comment_below: Points | None = None
    """A mark under this must be explained in the comment."""
    guidance: Annotated[tuple[Level, ...], Field(max_length=20)] = ()
    """Best level first; together they cover every mark from 0 to the maximum."""

    def takes(self, mark: int) -> bool:
        """Say whether a mark, in hundredths of a point, can be given."""
        return 0 <= mark <= self.maximum and mark % self.step == 0


class Rubric(Part):
    """The criteria of one score sheet, named so that rounds and categories can share it."""

    code: Code
    name: Name
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=20)]

    @property
    def total(self) -> Fraction:
        """The highest possible weighted sum, in hundredths of a point."""
        return sum((criterion.maximum * criterion.weight for criterion in self.criteria), Fraction())

    def criterion(self, code: str) -> Criterion:
        """Give the criterion with this code.

        :raise KeyError: if there is none
        """
        return by_code(self.criteria, code)


class AdvancementTerms(Part):
    """What a work must have to go on; what is left out asks nothing."""

    share: Share | None = None
    """Among the best share of its category, rounded up, with everyone at the edge."""
    top: Count | None = None
    """Among the best so many of its category, with everyone at the edge."""
    floor: Points | None = None
    """At least this exact mean."""
    flagged: Flag = False
    """Named by the chair in a recorded act."""
    join: Literal["any", "all"] = "all"
    """Whether one of the above is enough, or all that are given are needed."""


class Advancement(AdvancementTerms):
    """Who goes on to the next round."""

    kind: Literal["share", "top", "floor", "flagged", "combination"]
    """Which of the terms are given."""
    categories: dict[str, AdvancementTerms] = {}
    """Other terms for single categories, by code."""

    def terms(self, category: str) -> AdvancementTerms:
        """Give the terms of a category."""
        return self.categories.get(category, self)


class Aggregation(Part):
    """How the sheets of a work become one figure."""

    kind: Literal["mean", "trimmed", "median", "sum"] = "mean"
    drop: Annotated[int, Strict(), Field(ge=1, le=10)] = 1
    """With ``trimmed``: how many of the highest and as many of the lowest are left out."""
    when_at_least: Count = 5
    """With ``trimmed``: only when there are so many sheets; with fewer it is the mean."""
    of: Literal["total", "criterion"] = "total"
    """Whether totals are taken together, or each criterion for itself and the figures then added."""


class DiscrepancyRule(Part):
    """How far jurors may differ on one work, and what follows when they do."""

    limit: Points
    measure: Literal["range", "distance"] = "range"
    """Between the highest and the lowest total, or between any total and the mean of all."""
    consequence: Literal["flag", "hold", "third_replaces", "third_joins"] = "hold"
    """``flag``: shown; ``hold``: blocks sealing until the chair has acted; ``third_…``: one more juror marks the work,
    whose sheet then stands alone or joins the others."""


def _as_table(value: Any) -> Any:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return {"limit": value}
    if not isinstance(value, dict | DiscrepancyRule):
        raise refuse(NOT_DISCREPANCY)
    return value


class Bonus(Part):
    """Points added to the mean of works that have something more."""

    code: Code
    name: Name
    points: Points
    categories: Codes = ()
    """Only in these categories; in all when left out."""
    genres: Codes = ()
    """For works of these genres."""
    slots: Codes = ()
    """For works with a file in one of these slots."""
    by_act: Flag = False
    """For works named in a recorded act."""


class PanelRule(Part):
    """A panel of jurors and the works it judges."""

    code: Code
    name: Name
    categories: Codes = ()
    """Works of these categories; of all when left out."""
    genres: Codes = ()
    """Works of these genres; of all when left out."""


COUNCIL = "hoi_dong"


def _named_or_listed(value: Any) -> str:
    return "listed" if isinstance(value, list | tuple) else "named"


class RoundRule(Moments):
    """One round of judging."""

    code: Code
    name: Name
    vote: VoteRule | None = None
    """The council votes in this round instead of scoring."""
    panels: Annotated[
        Annotated[Literal["category", "council"], Tag("named")]
        | Annotated[tuple[PanelRule, ...], Field(min_length=1, max_length=60), Tag("listed")],
        Discriminator(_named_or_listed),
    ] = "category"
    """One panel for each category, one council for all works, or the panels listed; the first that takes a work."""
    jurors_per_entry: Count = 1
    """How many of the panel judge each work."""
    panel_size: Count
    """How many jurors a panel has."""
    minimum_sheets: Count = 1
    """With fewer submitted sheets a work cannot be ranked."""
    blind: Flag
    """Whether jurors are kept from seeing authors and outlets."""
    scale: Points = 0
    """The sum of the weighted maxima of every rubric of the round."""
    aggregation: Aggregation = Aggregation()
    bonus: Annotated[tuple[Bonus, ...], Field(max_length=20)] = ()
    discrepancy: (
        Annotated[DiscrepancyRule, BeforeValidator(_as_table, json_schema_input_type=Points | DiscrepancyRule)] | None
    ) = None
    """How far jurors may differ; a number alone is the limit of the range, which then blocks sealing."""
    rubric_codes: Annotated[dict[str, Code], Field(alias="rubrics")] = {}
    """Code of the rubric by code of the category."""
    advancement: Advancement | None = None
    """Missing in the last round."""
    tie_breaks: Annotated[tuple[TieBreak, ...], Field(min_length=1, max_length=10)] = ("act",)
    """Applied in this order to works of equal mean: a criterion's mean, the highest single sheet, the earlier receipt,
    the chair's sheet, and last one that is recorded: a vote of the council, a lot, an act of people."""

    _rubrics: dict[str, tuple[Criterion, ...]] = PrivateAttr(default_factory=dict)

    @property
    def is_voted(self) -> bool:
        """Whether the council votes in this round."""
        return self.vote is not None

    def panel_for(self, *, category: str, genre: str) -> str:
        """Name the panel that judges a work, by its code.

        :raise KeyError: if no panel takes the work
        """
        if self.panels == "category":
            return category
        if self.panels == "council":
            return COUNCIL
        for panel in self.panels:
            if (not panel.categories or category in panel.categories) and (not panel.genres or genre in panel.genres):
                return panel.code
        raise KeyError(category)

    @property
    def rubrics(self) -> dict[str, tuple[Criterion, ...]]:
        """Criteria by code of the category."""
        return self._rubrics

    def rubric(self, category: str) -> tuple[Criterion, ...]:
        """Give the criteria by which a category is judged in this round.

        :raise KeyError: if the round does not judge the category
        """
        return self._rubrics[category]

    def bind(self, rubrics: tuple[Rubric, ...]) -> None:
        """Look up the rubrics that are named; names that lead nowhere are left to the consistency checks."""
        known = {rubric.code: rubric.criteria for rubric in rubrics}
        self._rubrics = {category: known[code] for category, code in self.rubric_codes.items() if code in known}
