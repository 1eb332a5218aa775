"""Who may enter: the one predicate that every door asks, bound to the room that knows people.

A stranger signed in without the role gets the same 404 as for a page that does not exist; a reader who posts gets a
sentence; somebody not signed in is asked to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

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


def bind_proof(app: Flask, *, is_fresh: Callable[[], bool], ask: Callable[[], Response | None]) -> None:
    """Tell how it is known that the person at the browser has just proved to be the owner of the account.

    :param ask: takes the proof that came with a request, or answers with the page that asks for it; None: go on
    """
    app.extensions["proof"] = (is_fresh, ask)


def is_fresh() -> bool:
    """Say whether the signed-in person has given password, passkey or code within the last minutes."""
    fresh: bool = current_app.extensions["proof"][0]()
    return fresh


def ask_for_proof() -> Response | None:
    """Answer with the page that asks for a proof; None when there is a fresh one and the act may go on.

    What was sent is kept by that page and sent again with the proof. Whoever only opens an address is led back to it.
    """
    answer: Response | None = current_app.extensions["proof"][1]()
    return answer


def guard_fresh(view: Callable[..., Any] | None = None, *, reading: bool = False) -> Callable[..., Any]:
    """Let nobody at a screen that was left open do what only its owner may do.

    Stands below the route: ``@bp.post(…)``, then ``@guard_fresh``. A form that is sent asks for a proof first; opening
    the page does not, unless what it gives is what is guarded.

    :param reading: whether opening the address asks as well, as for a file of personal data
    """

    def guarding(guarded: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(guarded)
        def fresh(*arguments: Any, **values: Any) -> Any:
            only_opens = request.method in ("GET", "HEAD", "OPTIONS")
            answer = None if only_opens and not reading else ask_for_proof()
            return guarded(*arguments, **values) if answer is None else answer

        return fresh

    return guarding if view is None else guarding(view)


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
