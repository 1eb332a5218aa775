"""What is wrong with a paper ballot, and what recording it would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from contest.ballots.heads import letter

MOST_PROBLEMS = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps the file from being recorded, and where."""

    table: str
    row: int
    column: int | None
    message: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def cell(self) -> str:
        """The cell as spreadsheets name it, or the row alone."""
        return f"{letter(self.column)}{self.row}" if self.column is not None else str(self.row)

    def sentence(self, translate: Callable[[str], str]) -> str:
        """Write it out without its place."""
        said = translate(self.message)
        return said % self.parameters if self.parameters else said.replace("%%", "%")


class Outcome(StrEnum):
    """What recording a ballot would do."""

    NEW = "new"
    CORRECTION = "correction"
    UNCHANGED = "unchanged"
