"""One work before one regulation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from contest.entries.eligibility.facts import Author, Facts
from contest.entries.findings import Finding, Severity, stated
from contest.entries.parts import Part

if TYPE_CHECKING:
    from contest.regulations.entering import Limits
    from contest.regulations.schema import Category, Regulation


@dataclass(frozen=True)
class Case:
    """The facts of a work and the regulation they are held against."""

    facts: Facts
    regulation: Regulation

    @cached_property
    def category(self) -> Category:
        """The category in which the work competes."""
        return self.regulation.category(self.facts.category)

    @property
    def limits(self) -> Limits:
        """How many and how long."""
        return self.regulation.limits

    @cached_property
    def authors(self) -> tuple[Author, ...]:
        """The authors in an order of their own, so that the one in which they were typed changes nothing."""
        return tuple(sorted(self.facts.authors, key=repr))

    def finding(
        self,
        severity: Severity,
        rule: str,
        message: str,
        part: Part = Part.WORK,
        params: Mapping[str, str | int] | None = None,
        *,
        for_staff: bool = False,
    ) -> Finding:
        """Say something of the work, with the article that the rule comes from.

        :param message: message id, with places for the parameters
        """
        article = self.regulation.cite(stated(rule, self.regulation))
        return Finding(rule, severity, article, message, params or {}, part, for_staff)
