"""How works are judged and what they can win."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, PrivateAttr, Strict

from contest.regulations.schedule import Moments
from contest.regulations.shape import (
    Code,
    Count,
    Flag,
    Line,
    Money,
    Name,
    Part,
    Points,
    Share,
    by_code,
)

TieBreak = Annotated[str, Strict(), Field(pattern=r"^(criterion:[A-Za-z][A-Za-z0-9_]{0,39}|chair_sheet|act)$")]


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
    guidance: tuple[Level, ...] = ()
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
    def total(self) -> int:
        """The highest possible sum, in hundredths of a point."""
        return sum(criterion.maximum for criterion in self.criteria)

    def criterion(self, code: str) -> Criterion:
        """Give the criterion with this code.

        :raise KeyError: if there is none
        """
        return by_code(self.criteria, code)


class Advancement(Part):
    """Who goes on to the next round: the best share of each category, rounded up, with everyone at the edge."""

    kind: Literal["share"]
    share: Share


class RoundRule(Moments):
    """One round of judging."""

    code: Code
    name: Name
    jurors_per_entry: Count
    """How many of the panel judge each work."""
    panel_size: Count
    """How many jurors a category has."""
    minimum_sheets: Count
    """With fewer submitted sheets a work cannot be ranked."""
    blind: Flag
    """Whether jurors are kept from seeing authors and outlets."""
    scale: Points
    """The sum of the maxima of every rubric of the round."""
    discrepancy: Points | None = None
    """A wider range between the sheets of one work blocks sealing until the chair has acted."""
    rubric_codes: Annotated[dict[str, Code], Field(alias="rubrics")]
    """Code of the rubric by code of the category."""
    advancement: Advancement | None = None
    """Missing in the last round."""
    tie_breaks: Annotated[tuple[TieBreak, ...], Field(min_length=1, max_length=10)]
    """Applied in this order to works of equal mean; ``act`` is a recorded decision of people."""

    _rubrics: dict[str, tuple[Criterion, ...]] = PrivateAttr(default_factory=dict)

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


class Tier(Part):
    """A tier of prizes in every category."""

    code: Annotated[str, Strict(), Field(pattern=r"^[A-Z][A-Z0-9_]{0,9}$")]
    name: Name
    quota: Count
    """At most so many in each category; fewer are allowed."""
    floor: Points
    """The least exact mean, in points."""
    money: Money
    """Đồng for each prize."""
