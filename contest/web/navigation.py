"""Menus: each room says which of its pages belong into which menu, and for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from flask import current_app, request, url_for
from flask_babel import gettext
from flask_login import current_user

from contest.web.access import has_role
from contest.web.addresses import site_contest


@dataclass(frozen=True, order=True)
class Item:
    """One entry of a menu."""

    order: int
    endpoint: str
    label: str  # message id
    roles: frozenset[str] | None
    strangers_read: str = ""  # message id, where somebody who is not signed in reads another word


_menus: dict[str, list[Item]] = {}


def add_item(
    menu: str, endpoint: str, *, label: str, order: int, roles: Iterable[str] | None = None, strangers_read: str = ""
) -> None:
    """Put a page into a menu.

    :param menu: ``main`` (public pages), ``office`` (staff) or ``desk`` (jurors)
    :param label: message id
    :param roles: who sees it; None for everybody
    :param strangers_read: message id of the word for those who are not signed in, where it differs
    """
    item = Item(order, endpoint, label, frozenset(roles) if roles is not None else None, strangers_read)
    items = _menus.setdefault(menu, [])
    if item not in items:
        items.append(item)
        items.sort()


def items(menu: str) -> list[Item]:
    """List the entries of a menu that the reader may use, in order."""
    return [item for item in _menus.get(menu, ()) if item.roles is None or has_role(*item.roles)]


class Link(NamedTuple):
    """One entry of a menu as it stands on a page."""

    url: str
    label: str
    current: bool


def links(menu: str) -> list[Link]:
    """List the entries of a menu with their addresses; the one nearest above the page's own address is current.

    Pages of a contest are left out where there is no contest yet. An address that ends in a slash is a front page
    and stands for itself alone.
    """
    needs_contest = current_app.url_map.is_endpoint_expecting
    shown = [item for item in items(menu) if site_contest() or not needs_contest(item.endpoint, "slug")]
    here = request.script_root + request.path
    stranger = not current_user.is_authenticated
    found = [
        (url_for(item.endpoint), gettext(item.strangers_read if stranger and item.strangers_read else item.label))
        for item in shown
    ]
    above = [url for url, _ in found if here == url or (url[-1] != "/" and here.startswith(url + "/"))]
    nearest = max(above, key=len, default=None)
    return [Link(url, label, url == nearest) for url, label in found]
