"""Menus: each room says which of its pages belong into which menu, and for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contest.web.access import has_role


@dataclass(frozen=True, order=True)
class Item:
    """One entry of a menu."""

    order: int
    endpoint: str
    label: str  # message id
    roles: frozenset[str] | None


_menus: dict[str, list[Item]] = {}


def add_item(menu: str, endpoint: str, *, label: str, order: int, roles: Iterable[str] | None = None) -> None:
    """Put a page into a menu.

    :param menu: ``main`` (public pages), ``office`` (staff) or ``desk`` (jurors)
    :param label: message id
    :param roles: who sees it; None for everybody
    """
    item = Item(order, endpoint, label, frozenset(roles) if roles is not None else None)
    items = _menus.setdefault(menu, [])
    if item not in items:
        items.append(item)
        items.sort()


def items(menu: str) -> list[Item]:
    """List the entries of a menu that the reader may use, in order."""
    return [item for item in _menus.get(menu, ()) if item.roles is None or has_role(*item.roles)]
