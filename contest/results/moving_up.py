"""Which works move up when an award of a tier is taken back, by the sealed record alone.

The prizes of the group are given once more by the floors and quotas of the record, without the works whose award was
revoked. Where works stand equal for unequal prizes, nobody moves from there on: their order is people's to choose.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from contest.results.awards import Offer, award
from contest.results.ranking import Place
from contest.results.record.figures import fraction
from contest.results.tally import MEAN

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Move:
    """One work that takes a higher prize, or its first.

    :ivar before: tier that it has now, None without one
    """

    entry: str
    group: str
    place: int
    before: str | None
    tier: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Who moves up in a group, best first, and the equals at whom it ends."""

    moves: tuple[Move, ...] = ()
    equal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Standing:
    entry: str
    mean: Fraction | None
    is_ranked: bool = True

    def measure(self, rule: str) -> Fraction | None:
        return self.mean if rule == MEAN else None


def moving_up(
    result: Record,
    group: str,
    *,
    method: Literal["quota", "bands"],
    held: Mapping[str, str],
    revoked: Collection[str],
    gone: Collection[str] = (),
) -> Moved:
    """Say which works of a group move up.

    :param result: the sealed record of the last round
    :param held: the tier that each work of the group has now
    :param revoked: works whose award of a tier was taken back, now or before
    :param gone: works that are no longer in the contest: one without a prize gets none, and nobody moves up into the
        place of one that the record gave a prize
    """
    written = next((each for each in result["groups"] if each["group"] == group), None)
    if written is None:
        return Moved()
    left = {entry for entry in gone if entry not in held}
    lines = [
        line
        for line in written["lines"]
        if line["entry"] not in revoked and not (line["entry"] in left and line["tier"] is None)
    ]
    places = [Place(line["place"], _Standing(line["entry"], fraction(line.get("mean"))), (), ()) for line in lines]
    offers = [Offer(tier["tier"], tier["quota"], tier["floor"]) for tier in written["tiers"]]
    prizes = award(places, offers, method)
    equal = prizes.questions[0].entries if prizes.questions else ()
    end = min((place.place for place in places if place.entry in equal), default=None)
    order = [offer.code for offer in offers]
    gave_back = {line["entry"] for line in lines if line["tier"] and line["tier"] not in line["prizes"]}
    moves = tuple(
        Move(each.entry, group, each.place, held.get(each.entry), each.tier)
        for each in prizes.awards
        if each.tier is not None
        and each.entry not in gave_back | left
        and (end is None or each.place < end)
        and _is_higher(each.tier, held.get(each.entry), order)
    )
    return Moved(moves, equal)


def _is_higher(tier: str, before: str | None, order: list[str]) -> bool:
    return before is None or order.index(tier) < order.index(before)
