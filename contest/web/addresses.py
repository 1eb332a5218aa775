"""Addresses: every page of a contest lies under its slug; bare ones lead to the current contest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.local import LocalProxy
from werkzeug.routing import IntegerConverter, Map, Rule
from werkzeug.wrappers import Response

Finder = Callable[[str | None], Any]

current_contest: Any = LocalProxy(lambda: g.get("contest"))

LARGEST_NUMBER = 2**31 - 1  # of an INTEGER column in PostgreSQL; SQLite's driver gives up beyond 2**63


class RowNumber(IntegerConverter):
    """A number in an address that can be the number of a row; a longer one is an address that does not exist."""

    def __init__(self, url_map: Map, *args: Any, **options: Any) -> None:
        super().__init__(url_map, *args, **{"max": LARGEST_NUMBER, **options})


class Address(Rule):
    """A rule that compiles what builds its addresses when the first is built.

    For all rules together that takes a tenth of the start, and a process builds the addresses of few of them.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        make, compiled = super()._compile_builder, None

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            nonlocal compiled
            if compiled is None:
                compiled = make(append_unknown)
            return compiled(rule, **values)

        return build


def bind(app: Flask, finder: Finder) -> None:
    """Tell how a contest is found.

    :param finder: gives the contest of a slug, the current contest for None, or None when there is none
    """
    app.extensions["contest_finder"] = finder


def site_contest() -> Any:
    """Give the contest of the page, or the current one on pages that belong to none; None in an empty instance."""
    if "site_contest" not in g:
        g.site_contest = g.get("contest") or current_app.extensions["contest_finder"](None)
    return g.site_contest


def stand_in_current_contest() -> None:
    """Before a page that belongs to no contest: let its masthead and the reader's roles be those of the current one."""
    g.contest = site_contest()


def contest_blueprint(name: str, import_name: str, *, url_prefix: str = "") -> Blueprint:
    """Make a blueprint whose pages lie under ``/<slug>``; ``g.contest`` is there for every one of them.

    Links to its pages need no slug: the contest of the page is meant, or the current one.
    """
    bp = Blueprint(name, import_name, url_prefix=f"/<slug>{url_prefix}")

    @bp.url_value_preprocessor
    def find_contest(endpoint: str | None, values: dict[str, Any] | None) -> None:
        slug = (values or {}).pop("slug", None)
        contest = current_app.extensions["contest_finder"](slug) if slug else None
        if contest is None:
            abort(404)
        g.contest = contest

    return bp


def fill_slug(app: Flask) -> None:
    """Let links to contest pages do without the slug."""

    @app.url_defaults
    def add_slug(endpoint: str, values: dict[str, Any]) -> None:
        if "slug" not in values and app.url_map.is_endpoint_expecting(endpoint, "slug"):
            contest = site_contest()
            if contest is not None:
                values["slug"] = contest.slug


def add_bare_addresses(app: Flask) -> None:
    """Let ``/the-le`` lead to ``/<current slug>/the-le``, for every page that needs nothing but the slug."""

    def lead(target: str) -> Callable[[], Response]:
        def view() -> Response:
            if site_contest() is None:
                abort(404)
            query = request.query_string.decode("ascii", "ignore")
            return redirect(f"{url_for(target)}?{query}" if query else url_for(target), code=302)

        return view

    taken = {rule.rule for rule in app.url_map.iter_rules()}
    for rule in list(app.url_map.iter_rules()):
        if not rule.rule.startswith("/<slug>/") or rule.arguments != {"slug"} or "GET" not in (rule.methods or ()):
            continue
        bare = rule.rule.removeprefix("/<slug>")
        if bare not in taken and bare != "/":
            taken.add(bare)
            app.add_url_rule(bare, f"bare:{rule.endpoint}:{bare}", lead(rule.endpoint), methods=["GET"])


def absolute_url(endpoint: str, *, contest: Any = None, **values: Any) -> str:
    """Give the public address of a page, from the configured base address and never from the request's Host.

    :param contest: whose page; the contest of the page or the current one when None
    """
    app, base = current_app, urlsplit(current_app.config["BASE_URL"])
    if contest is not None:
        values.setdefault("slug", contest.slug)
    app.inject_url_defaults(endpoint, values)
    adapter = app.url_map.bind(base.netloc, script_name=base.path or "/", url_scheme=base.scheme)
    return adapter.build(endpoint, values, force_external=True)


def is_local_path(target: str) -> bool:
    """Say whether an address leads to a page of ours: a plain path, no host, no scheme, no trick."""
    if not target.startswith("/") or target.startswith(("//", "/\\")) or any(ord(letter) < 32 for letter in target):
        return False
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc and "\\" not in parts.path
