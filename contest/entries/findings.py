"""What the regulation says of one entry, point by point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from contest.entries.parts import Part

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation

STATED_WITH = {
    "through": "excluded_entrants",
    "works_per_unit": "works_per_author",
    "same_topic": "one_category",
    "earlier_instalments": "window_share",
    "complete": "dossier",
}
"""Where a rule is stated that has no clause of its own."""


def stated(rule: str, regulation: Regulation) -> str:
    """Name the rule whose clause is the ground of a finding: its own, or the one it is stated with."""
    try:
        regulation.anchor(rule)
    except KeyError:
        return STATED_WITH[rule]
    return rule


class Severity(StrEnum):
    """How much a finding matters."""

    BLOCKS = "blocks"
    WARNS = "warns"
    DECLARE = "declare"
    FINE = "fine"


@dataclass(frozen=True)
class Finding:
    """One sentence about an entry and the article it comes from.

    :ivar rule: key of the rule in the regulation, or ``complete`` for what is simply not filled in yet
    :ivar article: the article as it is cited, in the words of the regulation; empty when there is none
    :ivar message: message id, with places for the parameters
    :ivar part: the step of the form where it is mended
    :ivar for_staff: whether only the secretariat reads it, because it says something of other people
    """

    rule: str
    severity: Severity
    article: str
    message: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    part: Part = Part.WORK
    for_staff: bool = False

    @property
    def is_gap(self) -> bool:
        """Say whether something is just missing, rather than against a rule."""
        return self.rule == "complete"

    @classmethod
    def stored(cls, kept: Mapping[str, Any]) -> Finding:
        """Read a finding back from a revision."""
        return cls(
            kept["rule"],
            Severity(kept["severity"]),
            kept["article"],
            kept["message"],
            kept["params"],
            Part(kept["part"]),
            kept.get("for_staff", False),
        )

    def to_store(self) -> dict[str, Any]:
        """Write the finding as JSON values."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "article": self.article,
            "message": self.message,
            "params": dict(self.params),
            "part": self.part.value,
            "for_staff": self.for_staff,
        }


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Pick the findings that keep a work from being sent; what only the secretariat reads is left to it."""
    return [finding for finding in findings if finding.severity is Severity.BLOCKS and not finding.for_staff]


def readable(findings: Iterable[Finding]) -> list[Finding]:
    """Pick what whoever enters a work may read."""
    return [finding for finding in findings if not finding.for_staff]
