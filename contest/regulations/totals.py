"""How many prizes a regulation can give, and how much money with them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contest.regulations.prizes import PrizeMoney, SpecialPrize, Tier
    from contest.regulations.schema import Regulation


def paid(money: PrizeMoney, regulation: Regulation) -> Fraction:
    """Give the đồng that are paid out with a prize: its amount, and its multiple of the base salary that counts.

    A thing in kind is not paid out. Without a base salary a multiple comes to nothing; a regulation that checks has
    one, and comes to whole đồng.
    """
    salary = (regulation.base_salary.amount if regulation.base_salary else None) or 0
    return Fraction(money.amount or 0) + (money.multiple or 0) * salary


def prizes_in_group(regulation: Regulation, group: str) -> int | None:
    """Count the prizes of the tiers that a group can have; None when a tier has no limit."""
    return _sum(tier.quota_in(group) for tier in regulation.prizes)


def prizes_in_every_group(regulation: Regulation) -> int | None:
    """Count the prizes of the tiers that each group can have; None when groups differ or a tier has no limit."""
    counts = {prizes_in_group(regulation, group.code) for group in regulation.award_groups}
    return counts.pop() if len(counts) == 1 else None


def tier_at_most(regulation: Regulation, tier: Tier) -> int | None:
    """Count the prizes of one tier over all groups; None when there is no limit."""
    return _sum(tier.quota_in(group.code) for group in regulation.award_groups)


def prizes_of_tiers(regulation: Regulation) -> int | None:
    """Count the prizes of all tiers over all groups; None when a tier has no limit."""
    return _sum(tier_at_most(regulation, tier) for tier in regulation.prizes)


def prizes_at_most(regulation: Regulation) -> int | None:
    """Count the prizes of tiers and of themes; None when a tier has no limit.

    A special prize goes to a work that has a tier's prize, so it makes no more works win.
    """
    return _sum((prizes_of_tiers(regulation), *(prize.quota for prize in regulation.thematic_prizes)))


def money_at_most(regulation: Regulation) -> int | None:
    """Add up the đồng of every prize at most; None when a tier has no limit."""
    total = Fraction()
    for tier in regulation.prizes:
        quota = tier_at_most(regulation, tier)
        if quota is None:
            return None
        total += quota * paid(tier.money, regulation)
    total += sum(prize.quota * _gain(prize, regulation) for prize in regulation.special_prizes)
    total += sum(prize.quota * paid(prize.money, regulation) for prize in regulation.thematic_prizes)
    total += sum(prize.quota * paid(prize.money, regulation) for prize in regulation.collective_prizes)
    return int(total)


def _gain(prize: SpecialPrize, regulation: Regulation) -> Fraction:
    money = paid(prize.money, regulation)
    if not prize.replaces:
        return money
    given_back = [paid(tier.money, regulation) for tier in regulation.prizes if tier.code in prize.from_tiers]
    return max(money - min(given_back, default=Fraction()), Fraction())


def _sum(counts: Iterable[int | None]) -> int | None:
    total = 0
    for count in counts:
        if count is None:
            return None
        total += count
    return total
