"""How the money of a prize is divided among those who receive it: to the last đồng."""

from __future__ import annotations

from collections.abc import Mapping

from contest.winners import refusals


def divided(money: int, shares: Mapping[int, int | None]) -> dict[int, int]:
    """Give what each receives; whoever receives nothing is left out.

    :param money: of the prize, in đồng
    :param shares: đồng by person; None and 0 for nobody's share
    :raise NotTheSum: if the shares do not add up exactly
    """
    given = {person: amount for person, amount in shares.items() if amount}
    total = sum(given.values())
    if total != money or any(amount < 0 for amount in given.values()):
        raise refusals.NotTheSum(money=_grouped(money), total=_grouped(total))
    return given


def masked(account: str) -> str:
    """Show an account by its last four digits; of a very short one less."""
    shown = account[-4:] if len(account) > 6 else account[-2:]
    return f"•••• {shown}"


def _grouped(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")
