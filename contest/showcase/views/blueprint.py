"""What all public pages of results share: whether they are there, and how they are answered in a rush."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Hashable
from functools import cache
from hashlib import sha256
from typing import Any

from flask import abort, current_app, make_response, request, session
from flask_babel import get_locale
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.errors import N_
from contest.showcase import queries
from contest.showcase.keeping import Kept
from contest.showcase.queries import InForce
from contest.web import assets
from contest.web.addresses import contest_blueprint, current_contest, site_contest
from contest.web.navigation import add_item
from contest.web.wall import outside

bp = outside(contest_blueprint("showcase", __name__))

_kept = Kept()

HTML = "text/html; charset=utf-8"


def _results_are_public() -> bool:
    contest = site_contest()
    return contest is not None and queries.is_public(contest)


add_item("main", "showcase.show", label=N_("Results"), order=40, is_there=_results_are_public)


def published_here() -> InForce:
    """Say what is published; before that there is no such page."""
    return queries.in_force(current_contest) or abort(404)


def page(published: InForce, make: Callable[[], str], *what: Hashable) -> Response:
    """Answer with a page of ours.

    For readers of whom nothing is known the whole page is kept in the process: made once a minute, because its head
    shows the hour, and anew with every version of the decision, note or card. A browser asks each time whether its
    copy is still right, so that a prize that was taken away is gone with the next look; the answer is then a line.

    :param make: writes the page
    :param what: what it is made from besides what is published: which page, which work, which filter
    """
    if session or current_user.is_authenticated:
        return make_response(make())
    minute = clock.local(clock.now()).strftime("%Y-%m-%d %H:%M")
    response = _answer(published, make, what, HTML, (minute, current_contest.version_id))
    response.vary.add("Cookie")
    return response


def for_machines(published: InForce, make: Callable[[], str], *what: Hashable, media_type: str) -> Response:
    """Answer with a document that is the same for everybody, whoever asks from wherever."""
    response = _answer(published, make, what, media_type, ())
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _answer(
    published: InForce, make: Callable[[], str], what: tuple[Hashable, ...], media_type: str, shell: tuple[Any, ...]
) -> Response:
    made_of = (request.endpoint, str(get_locale()), published, request.script_root, _release(), *what)
    tag = sha256(repr(made_of).encode()).hexdigest()[:32]
    if request.if_none_match.contains_weak(tag):
        response = make_response(b"", 304)
    else:
        response = make_response(_encoded(_kept.get((current_app.instance_path, made_of, shell), make)))
        if request.accept_encodings["gzip"] > 0:
            response.content_encoding = "gzip"
        response.content_type = media_type
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "public, no-cache"
    response.vary.add("Accept-Encoding")
    return response


def _encoded(content: bytes) -> bytes:
    return content if request.accept_encodings["gzip"] > 0 else gzip.decompress(content)


@cache
def _release() -> str:
    """What changes when another release is installed: its pages are other pages."""
    return assets.current_digest("house.css")
