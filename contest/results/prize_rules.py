"""All prizes of a regulation, of whatever kind, in the order in which lists print them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from contest.regulations.prizes import CollectivePrize, SpecialPrize, ThematicPrize, Tier
from contest.regulations.schema import Regulation

Prize: TypeAlias = Tier | SpecialPrize | ThematicPrize | CollectivePrize


def prizes_by_code(regulation: Regulation) -> dict[str, Prize]:
    """Every prize of a regulation by its code: special ones, tiers, thematic ones, those of newsrooms."""
    prizes: Iterable[Prize] = (
        *regulation.special_prizes,
        *regulation.prizes,
        *regulation.thematic_prizes,
        *regulation.collective_prizes,
    )
    return {prize.code: prize for prize in prizes}


def name_of(regulation: Regulation, code: str) -> str:
    """Name a prize; its code where the regulation no longer has it."""
    prize = prizes_by_code(regulation).get(code)
    return prize.name if prize is not None else code
