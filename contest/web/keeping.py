"""Answers kept in the process by what they were made from, so that a rush makes each of them once."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import cache
from hashlib import sha256
from threading import Lock
from typing import Any

from flask import current_app, make_response, request, session
from flask_babel import get_locale
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.web import assets
from contest.web.addresses import current_contest

HTML = "text/html; charset=utf-8"

BUDGET = 12 * 1024 * 1024
"""Bytes kept in one process, compressed."""


class Kept:
    """A store of compressed answers; those not asked for the longest go first.

    A key names everything an answer is made from, so that nothing kept is ever wrong; it only stops being asked for.
    While one thread makes an answer, the others that want one wait for it and do not make it as well.
    """

    def __init__(self, budget: int = BUDGET) -> None:
        self._budget = budget
        self._size = 0
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._making = Lock()

    def get(self, key: Hashable, make: Callable[[], str | bytes]) -> bytes:
        """Give an answer as gzip, making it if it is not kept."""
        found = self._found(key)
        if found is not None:
            return found
        with self._making:
            found = self._found(key)
            if found is None:
                made = make()
                found = gzip.compress(made.encode() if isinstance(made, str) else made, compresslevel=6, mtime=0)
                self._keep(key, found)
            return found

    def _found(self, key: Hashable) -> bytes | None:
        try:
            self._kept.move_to_end(key)
            return self._kept[key]
        except KeyError:
            return None

    def _keep(self, key: Hashable, content: bytes) -> None:
        self._kept[key] = content
        self._size += len(content)
        while self._size > self._budget and len(self._kept) > 1:
            _, gone = self._kept.popitem(last=False)
            self._size -= len(gone)


_kept = Kept()


def page(made_from: Hashable, make: Callable[[], str], *what: Hashable) -> Response:
    """Answer with a page of ours.

    For readers of whom nothing is known the whole page is kept in the process: made once a minute, because its head
    shows the hour, and anew whenever what it is made from is something else. A browser asks each time whether its
    copy is still right, so that what was taken away is gone with the next look; the answer is then a line.

    :param made_from: what all pages of a room are made from, and changes with each change of it
    :param make: writes the page
    :param what: what it is made from besides: which page, which work, which filter
    """
    if session or current_user.is_authenticated:
        return make_response(make())
    minute = clock.local(clock.now()).strftime("%Y-%m-%d %H:%M")
    response = _answer(made_from, make, what, HTML, (minute, current_contest.version_id))
    response.vary.add("Cookie")
    return response


def for_machines(made_from: Hashable, make: Callable[[], str | bytes], *what: Hashable, media_type: str) -> Response:
    """Answer with a document that is the same for everybody, whoever asks from wherever."""
    response = _answer(made_from, make, what, media_type, ())
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _answer(
    made_from: Hashable,
    make: Callable[[], str | bytes],
    what: tuple[Hashable, ...],
    media_type: str,
    shell: tuple[Any, ...],
) -> Response:
    made_of = (request.endpoint, str(get_locale()), made_from, request.script_root, _release(), *what)
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
