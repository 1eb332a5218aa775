"""Answering with files. Who may have one is decided before, by the row that refers to it."""

import hmac
from typing import Any

from flask import Response, current_app, send_file

from contest.storage.errors import FileUnreadable
from contest.storage.files import path
from contest.storage.models import Blob, Derivative
from contest.storage.names import download_name

INERT = "sandbox; default-src 'none'"
VIEWED = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"


def serve_original(blob: Blob, name: str) -> Response:
    """The bytes somebody sent, to be saved and never opened in the page."""
    return _answer(
        blob,
        mimetype=blob.media_type,
        policy=INERT,
        as_attachment=True,
        download_name=download_name(name, blob.media_type),
    )


def serve_derivative(derivative: Derivative) -> Response:
    """Something we made, shown in the page; a player may ask for any range of a recording.

    Its mark is no hash of its bytes: whoever has an article could make them again and know whose work this is.
    """
    return _answer(derivative, mimetype=derivative.media_type, policy=VIEWED)


def serve_public(kept: Blob | Derivative, *, keep: int) -> Response:
    """Something we made that everybody may see, under an address that carries its hash.

    :param keep: seconds for which a browser or a proxy may keep it without asking again
    """
    response = _answer(kept, mimetype=kept.media_type, policy=VIEWED)
    response.headers["Cache-Control"] = f"public, max-age={keep}, immutable"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _mark(sha256: str) -> str:
    """A mark of bytes that nobody can compute who does not have the key of this instance."""
    return hmac.new(str(current_app.secret_key).encode(), sha256.encode(), "sha256").hexdigest()[:32]


def _answer(kept: Blob | Derivative, *, policy: str, **how: Any) -> Response:
    file = path(kept.sha256)
    try:
        if file.stat().st_size != kept.size:
            raise FileUnreadable
    except FileNotFoundError as error:
        raise FileUnreadable from error
    response = send_file(file, conditional=True, etag=_mark(kept.sha256), max_age=None, **how)
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
