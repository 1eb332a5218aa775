"""What a file says against what was issued: the verdict, and the lines that differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST = 12  # differences that are shown


class Verdict(StrEnum):
    """What there is to say of a file."""

    GENUINE = "genuine"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Difference:
    """Lines that were issued, and what stands in their place; either may be empty."""

    issued: str
    found: str


def differences(issued: Sequence[str], found: Sequence[str]) -> list[Difference]:
    """List where the lines of a file differ from those that were issued, in the order of the sheet."""
    steps = SequenceMatcher(a=list(issued), b=list(found), autojunk=False).get_opcodes()
    differing = [
        Difference(" / ".join(issued[a:b]), " / ".join(found[c:d])) for kind, a, b, c, d in steps if kind != "equal"
    ]
    return differing[:MOST]
