"""Safeguards that are named twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contest.regulations.consistency.named import repeated
from contest.regulations.problems import Problem

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation


def second_person(regulation: Regulation) -> Iterator[Problem]:
    """Find acts that are named twice."""
    yield from repeated(regulation.safeguards.second_person, "safeguards.second_person")
