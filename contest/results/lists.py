"""Lists of winners, grouped as they are printed: by category, then by tier with counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TierList:
    """The prizes of one tier in one category; it may be empty."""

    code: str
    name: str
    quota: int
    floor: int
    lines: tuple[Line, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nobody received a prize of this tier."""
        return not self.lines


@dataclass(frozen=True, slots=True)
class CategoryList:
    """The prizes of one category."""

    code: str
    name: str
    tiers: tuple[TierList, ...]

    @property
    def count(self) -> int:
        """Number of prizes in the category."""
        return sum(len(tier.lines) for tier in self.tiers)

    @property
    def given(self) -> tuple[TierList, ...]:
        """Tiers that were given."""
        return tuple(tier for tier in self.tiers if tier.lines)

    @property
    def empty(self) -> tuple[TierList, ...]:
        """Tiers that stayed empty."""
        return tuple(tier for tier in self.tiers if not tier.lines)


def grouped(categories: Iterable[Mapping[str, Any]], lines: Sequence[Line]) -> tuple[CategoryList, ...]:
    """Group the lines of a list; categories and tiers keep the order in which they are given.

    :param categories: code, name and tiers (code, name, quota, floor) of each category
    :param lines: each with its ``category`` and ``tier``
    """
    held: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        held.setdefault((line["category"], line["tier"]), []).append(line)
    return tuple(
        CategoryList(
            category["code"],
            category["name"],
            tuple(
                TierList(
                    tier["code"],
                    tier["name"],
                    tier["quota"],
                    tier["floor"],
                    tuple(held.get((category["code"], tier["code"]), ())),
                )
                for tier in category["tiers"]
            ),
        )
        for category in categories
    )


WITHHELD_FROM_NOTICE = frozenset({"award_id", "money", "place"})


def for_notice(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Leave out of the lines what the public notice does not show."""
    return [{key: value for key, value in line.items() if key not in WITHHELD_FROM_NOTICE} for line in lines]
