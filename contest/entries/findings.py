"""What the regulation says of one entry, point by point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from contest.entries.parts import Part


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
    """

    rule: str
    severity: Severity
    article: str
    message: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    part: Part = Part.WORK

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
        }


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Pick the findings that keep a work out."""
    return [finding for finding in findings if finding.severity is Severity.BLOCKS]
