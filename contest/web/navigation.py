"""Menus: each room says which of its pages belong into which menu, and for whom."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
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
    under: str = ""  # endpoint of the place to which it belongs; empty: it is a place of its own
    is_there: Callable[[], bool] | None = None  # whether the page is there now; None: always


_menus: dict[str, list[Item]] = {}


def add_item(
    menu: str,
    endpoint: str,
    *,
    label: str,
    order: int,
    roles: Iterable[str] | None = None,
    strangers_read: str = "",
    under: str = "",
    is_there: Callable[[], bool] | None = None,
) -> None:
    """Put a page into a menu.

    :param menu: ``main`` (public pages), ``office`` (staff) or ``desk`` (jurors)
    :param label: message id
    :param roles: who sees it; None for everybody
    :param strangers_read: message id of the word for those who are not signed in, where it differs
    :param under: endpoint of the place in the menu to which the page belongs: it is shown there, in a row of its own;
        who may not use that place finds the page among the places
    :param is_there: asked at every page; while it says no, the menu does not name the page
    """
    item = Item(
        order, endpoint, label, frozenset(roles) if roles is not None else None, strangers_read, under, is_there
    )
    items = _menus.setdefault(menu, [])
    if item not in items:
        items.append(item)
        items.sort()


def items(menu: str) -> list[Item]:
    """List the entries of a menu that the reader may use, in order."""
    return [
        item
        for item in _menus.get(menu, ())
        if (item.roles is None or has_role(*item.roles)) and (item.is_there is None or item.is_there())
    ]


class Link(NamedTuple):
    """One entry of a menu as it stands on a page."""

    url: str
    label: str
    current: bool
    here: bool  # whether it is the place where the current page is, or the page itself


class Menu(NamedTuple):
    """The places of a menu, and the pages of the place where the reader is, if it has several."""

    places: list[Link]
    pages: list[Link]


def menu(name: str) -> Menu:
    """Give a menu with its addresses; the entry nearest above the page's own address is current.

    Pages of a contest are left out where there is no contest yet. An address that ends in a slash is a front page
    and stands for itself alone.
    """
    needs_contest = current_app.url_map.is_endpoint_expecting
    shown = [item for item in items(name) if site_contest() or not needs_contest(item.endpoint, "slug")]
    urls = {item.endpoint: url_for(item.endpoint) for item in shown}
    here = request.script_root + request.path
    above = [item for item in shown if here == urls[item.endpoint] or _is_in(here, urls[item.endpoint])]
    current = max(above, key=lambda item: len(urls[item.endpoint]), default=None)
    place = _place(current, urls) if current else ""

    def link(item: Item) -> Link:
        stranger = item.strangers_read and not current_user.is_authenticated
        label = gettext(item.strangers_read if stranger else item.label)
        return Link(urls[item.endpoint], label, item is current, item.endpoint == place)

    places = [item for item in shown if _place(item, urls) == item.endpoint]
    pages = [item for item in shown if place and _place(item, urls) == place]
    return Menu([link(item) for item in places], [link(item) for item in pages] if len(pages) > 1 else [])


def _is_in(address: str, url: str) -> bool:
    return not url.endswith("/") and address.startswith(url + "/")


def _place(item: Item, shown: Container[str]) -> str:
    return item.under if item.under in shown else item.endpoint
