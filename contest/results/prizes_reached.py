"""The prizes that a sealed result gives, one by one, each with what comes with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reached:
    """One prize that one work or newsroom reached.

    :ivar subject: code of the work, or the newsroom
    :ivar group: in which the work competed; empty where the prize is over all groups
    :ivar money: đồng paid out
    :ivar works: of the newsroom
    :ivar points: of the newsroom, exact, by the formula; empty without one
    """

    subject: str
    prize: str
    group: str = ""
    place: int | None = None
    money: int = 0
    in_kind: str = ""
    worth: int = 0
    works: int = 0
    points: str = ""


def prizes_reached(result: Record) -> list[Reached]:
    """List the prizes of works, in the order of the record; what a work gave back is not among them."""
    costs = costs_of(result)
    return [*_of_groups(result, costs), *_over_all(result, costs, "special"), *_over_all(result, costs, "thematic")]


def collective_prizes_reached(result: Record) -> list[Reached]:
    """List the prizes of newsrooms, in the order of the record."""
    costs = costs_of(result)
    return [
        Reached(
            winner["subject"],
            prize["prize"],
            works=winner["works"] or 0,
            points=winner["points"] or "",
            **costs[prize["prize"]],
        )
        for prize in result["collective"]
        for winner in prize["winners"]
    ]


def _of_groups(result: Record, costs: Mapping[str, dict[str, Any]]) -> Iterator[Reached]:
    for group in result["groups"]:
        for line in group["lines"]:
            if line["tier"] is not None and line["tier"] in line["prizes"]:
                yield Reached(line["entry"], line["tier"], group["group"], line["place"], **costs[line["tier"]])


def _over_all(result: Record, costs: Mapping[str, dict[str, Any]], kind: str) -> Iterator[Reached]:
    for prize in result[kind]:
        for winner in prize["winners"]:
            yield Reached(winner["subject"], prize["prize"], **costs[prize["prize"]])


def costs_of(result: Record) -> dict[str, dict[str, Any]]:
    """What comes with each prize, as the record adds it up."""
    return {
        spent["prize"]: {
            "money": spent["each"],
            "in_kind": spent["in_kind"] or "",
            "worth": spent["worth"] or 0,
        }
        for spent in result["money"]["prizes"]
    }
