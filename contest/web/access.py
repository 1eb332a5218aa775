"""Who may enter: the one predicate that every door asks, bound to the room that knows people.

A stranger signed in without the role gets the same 404 as for a page that does not exist; a reader who posts gets a
sentence; somebody not signed in is asked to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flask import Blueprint, Flask, abort, current_app, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from contest.errors import NotAllowed

RolesOf = Callable[[int], frozenset[str]]


def bind(
    app: Flask,
    *,
    roles_of: RolesOf,
    sign_in_endpoint: str,
    make_organizer: Callable[[int], None] = lambda contest: None,
) -> None:
    """Tell how the signed-in person's roles in a contest are found, and where one signs in.

    :param make_organizer: makes the signed-in person the organizer of a contest, in the transaction of the caller
    """
    app.extensions["access"] = (roles_of, sign_in_endpoint, make_organizer)


def make_organizer(contest_id: int) -> None:
    """Let the signed-in person run the contest that they have just begun."""
    current_app.extensions["access"][2](contest_id)


def roles() -> frozenset[str]:
    """Give the roles of the signed-in person in the contest of the page; found once a request."""
    contest = g.get("contest")
    if contest is None or not current_user.is_authenticated:
        return frozenset()
    if "roles" not in g:
        g.roles = current_app.extensions["access"][0](contest.id)
    found: frozenset[str] = g.roles
    return found


def has_role(*names: str) -> bool:
    """Say whether the signed-in person has one of these roles in the contest of the page."""
    return not roles().isdisjoint(names)


def to_sign_in() -> Response:
    """Send somebody to the sign-in page, and back here afterwards."""
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for(current_app.extensions["access"][1], next=target), code=302)


def guard_signed_in(bp: Blueprint) -> None:
    """Open every page of a blueprint to signed-in people only."""

    @bp.before_request
    def require_sign_in() -> Response | None:
        return None if current_user.is_authenticated else to_sign_in()


def guard_office(bp: Blueprint, *, read: Iterable[str], write: Iterable[str]) -> None:
    """Open every page of a blueprint to some roles, and its acts to some of those.

    :param read: roles that may open pages
    :param write: roles that may also send forms
    """
    readers, writers = frozenset(read), frozenset(write)

    @bp.before_request
    def require_role() -> Response | None:
        if not current_user.is_authenticated:
            return to_sign_in()
        if not has_role(*readers):
            abort(404)
        if request.method not in ("GET", "HEAD", "OPTIONS") and not has_role(*writers):
            raise NotAllowed
        return None
