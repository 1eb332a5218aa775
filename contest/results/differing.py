"""What a round that was concluded again came to differently, work by work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Stand:
    """What one version says of a work.

    :ivar mean: exact, as "n/d"; None where it was voted on or has no sheet
    :ivar prizes: codes of all that it takes
    """

    mean: str | None
    place: int | None
    prizes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One work of which the versions differ."""

    entry: str
    group: str
    before: Stand
    after: Stand

    def document(self) -> dict[str, Any]:
        """The change as plain values, for the record."""
        return asdict(self)


NOWHERE = Stand(None, None, ())


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Name every work with another mean, place or prize, by its new place in the order of the groups."""
    old, new = dict(_stands(before)), dict(_stands(after))
    return [
        Change(entry, group, old.get((entry, group), NOWHERE), new.get((entry, group), NOWHERE))
        for entry, group in [*new, *(each for each in old if each not in new)]
        if old.get((entry, group)) != new.get((entry, group))
    ]


def _stands(result: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Stand]]:
    for group in result["groups"]:
        for line in (*group["lines"], *group["unplaced"]):
            yield (
                (line["entry"], group["group"]),
                Stand(line.get("mean"), line["place"], tuple(line.get("prizes", ()))),
            )
