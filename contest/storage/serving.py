"""Answering with files. Who may have one is decided before, by the row that refers to it."""

from __future__ import annotations

import hmac
from functools import lru_cache
from pathlib import Path
from typing import IO, cast

from flask import Response, current_app, request, send_file
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import FileWrapper

from contest.storage import files
from contest.storage.content import Content
from contest.storage.errors import FileInfected, FileNotChecked, FileUnreadable
from contest.storage.folder import fingerprint
from contest.storage.models import WITHHELD, Blob, Derivative, Scan
from contest.storage.names import download_name

INERT = "sandbox; default-src 'none'"
VIEWED = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
COMPARED_BEFORE = 32 * files.MEGABYTE  # a larger file is compared while it is sent: nobody waits until it is read
AT_ONCE = 256 * 1024


def serve_original(blob: Blob, name: str) -> Response:
    """The bytes somebody sent, to be saved and never opened in the page.

    :raise FileNotChecked, FileInfected: if a virus scanner keeps it from everybody
    """
    check_may_be_given(blob)
    return _answer(blob, policy=INERT, saved_as=download_name(name, blob.media_type))


def check_may_be_given(blob: Blob) -> None:
    """Pass when the virus scanner, where there is one, has nothing against a file.

    :raise FileNotChecked, FileInfected: if it has not looked, or has found something
    """
    if blob.scan == Scan.INFECTED:
        raise FileInfected
    if blob.scan in WITHHELD:
        raise FileNotChecked


def serve_derivative(derivative: Derivative) -> Response:
    """Something we made, shown in the page; a player may ask for any range of a recording.

    Its mark is no hash of its bytes: whoever has an article could make them again and know whose work this is.
    """
    return _answer(derivative, policy=VIEWED)


def serve_public(kept: Blob | Derivative, *, keep: int) -> Response:
    """Something we made that everybody may see, under an address that carries its hash.

    :param keep: seconds for which a browser or a proxy may keep it without asking again
    """
    response = _answer(kept, policy=VIEWED)
    response.headers["Cache-Control"] = f"public, max-age={keep}, immutable"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _mark(sha256: str) -> str:
    """A mark of bytes that nobody can compute who does not have the key of this instance."""
    return hmac.new(str(current_app.secret_key).encode(), sha256.encode(), "sha256").hexdigest()[:32]


def _answer(kept: Blob | Derivative, *, policy: str, saved_as: str | None = None) -> Response:
    if kept.size <= COMPARED_BEFORE:
        response = _sent(compared(kept.sha256, kept.size), kept, saved_as)
    else:
        response = _streamed(kept, saved_as)
    try:
        response.make_conditional(request.environ, accept_ranges=True, complete_length=kept.size)
    except RequestedRangeNotSatisfiable:
        response.close()
        raise
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _streamed(kept: Blob | Derivative, saved_as: str | None) -> Response:
    """Send a large file from wherever it lies; it is compared while it passes."""
    found = files.look(kept.sha256)
    if found is None or found.size != kept.size:
        raise FileUnreadable
    content = cast("IO[bytes]", Content(files.place(), kept.sha256, kept.size))
    response = _sent(content, kept, saved_as)
    response.response = FileWrapper(content, AT_ONCE)
    response.content_length = kept.size
    return response


def _sent(file: Path | IO[bytes], kept: Blob | Derivative, saved_as: str | None) -> Response:
    return send_file(
        file,
        mimetype=kept.media_type,
        conditional=False,
        etag=_mark(kept.sha256),
        max_age=None,
        as_attachment=saved_as is not None,
        download_name=saved_as,
    )


def compared(sha256: str, size: int) -> Path:
    """Give a file of this machine whose bytes were compared with its name since it was last written.

    :raise FileUnreadable: if it is not there, or no longer what was stored
    """
    path = files.path(sha256)
    try:
        found = path.stat()
        if found.st_size != size:
            raise FileUnreadable
        _compare(path, sha256, found.st_ino, found.st_mtime_ns)
    except FileNotFoundError as error:
        raise FileUnreadable from error
    return path


@lru_cache(8192)
def _compare(path: Path, sha256: str, node: int, written: int) -> None:
    """Pass when a file holds what its name says; once for each time it was written, in each process."""
    if fingerprint(path) != sha256:
        raise FileUnreadable
