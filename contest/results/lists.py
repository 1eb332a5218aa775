"""Lists of winners as they are printed: by group and tier, with counts, and what is given over all groups apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Line = Mapping[str, Any]


class Kind(StrEnum):
    """What a part of a list holds."""

    SPECIAL = "special"
    CATEGORY = "category"
    GROUP = "group"
    POOLED = "pooled"
    THEMATIC = "thematic"
    COLLECTIVE = "collective"


@dataclass(frozen=True, slots=True)
class PrizeList:
    """What was given of one prize in one part of the list; it may be empty.

    :ivar quota: None for as many as earn it
    """

    code: str
    name: str
    quota: int | None
    floor: int
    lines: tuple[Line, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nobody received it."""
        return not self.lines

    @property
    def is_short(self) -> bool:
        """Whether fewer were given than could have been."""
        return self.quota is not None and len(self.lines) < self.quota


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the list: a category, a group, all works, or the prizes of one kind over all groups."""

    code: str
    name: str
    kind: Kind
    prizes: tuple[PrizeList, ...]

    @property
    def anchor(self) -> str:
        """Name of the part in an address."""
        return self.code.lower()

    @property
    def count(self) -> int:
        """Number of prizes given in it."""
        return sum(len(prize.lines) for prize in self.prizes)

    @property
    def given(self) -> tuple[PrizeList, ...]:
        """Prizes that were given."""
        return tuple(prize for prize in self.prizes if prize.lines)

    @property
    def empty(self) -> tuple[PrizeList, ...]:
        """Prizes that nobody received."""
        return tuple(prize for prize in self.prizes if not prize.lines)

    @property
    def names_categories(self) -> bool:
        """Whether works of several categories may stand in it, so that each line says its own."""
        return self.kind not in (Kind.CATEGORY, Kind.COLLECTIVE)

    @property
    def is_of_newsrooms(self) -> bool:
        """Whether its prizes go to newsrooms."""
        return self.kind is Kind.COLLECTIVE

    @property
    def paid(self) -> int:
        """What is paid out in it, in đồng; nothing for a prize that is suspended."""
        return sum(line["money"] for prize in self.prizes for line in prize.lines if not line.get("suspended"))


def grouped(sections: Iterable[Mapping[str, Any]], lines: Sequence[Line]) -> tuple[Section, ...]:
    """Group the lines of a list; parts and prizes keep the order in which they are given.

    :param sections: code, name, kind and prizes (code, name, quota, floor) of each part
    :param lines: each with its ``section`` and ``tier``
    """
    held: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        held.setdefault((line["section"], line["tier"]), []).append(line)
    return tuple(
        Section(
            section["code"],
            section["name"],
            Kind(section["kind"]),
            tuple(
                PrizeList(
                    prize["code"],
                    prize["name"],
                    prize["quota"],
                    prize["floor"],
                    tuple(held.get((section["code"], prize["code"]), ())),
                )
                for prize in section["prizes"]
            ),
        )
        for section in sections
    )


def of_copy(copy: Mapping[str, Any]) -> tuple[Section, ...]:
    """Group what a posting or a decision froze."""
    return grouped(copy["sections"], [*copy["awards"], *copy["collective"]])


PARTS = ("awards", "collective")
"""Where the lines of a copy stand: prizes of works, and of newsrooms."""


def in_force(copy: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out of a copy the prizes that are suspended."""
    return {**copy, **{part: [line for line in copy[part] if not line.get("suspended")] for part in PARTS}}


def keyed(copy: Mapping[str, Any], version: int) -> Iterator[tuple[str, Line]]:
    """Give the lines of a posted list, each with the key by which addresses and forms name it.

    It is made of the version of the posting and the place there: whoever opened the page of a list that was posted anew
    since names no other line by it.
    """
    for letter, part in zip("ac", PARTS, strict=True):
        yield from ((f"{version}.{letter}{place}", line) for place, line in enumerate(copy[part]))


WITHHELD_FROM_NOTICE = frozenset({"award_id", "collective_id", "money", "in_kind", "worth", "place", "works", "points"})


def for_notice(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Leave out of the lines what the public notice does not show."""
    return [{key: value for key, value in line.items() if key not in WITHHELD_FROM_NOTICE} for line in lines]
