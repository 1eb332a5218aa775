"""Headers that every answer carries: what a browser may load, and what it must not keep; and one that is believed."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, current_app, request, session
from werkzeug.wrappers import Response

from contest.errors import N_, ContestError

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self'; script-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

FRAMED_BY_ANYBODY = "frame-ancestors *"
"""In the policy of a page that is made to stand in pages of others."""


OPENING = frozenset({"GET", "HEAD", "OPTIONS"})


class SentFromElsewhere(ContestError):
    """A page of another site had the browser send this; whoever sits before it may know nothing of it."""

    message = N_(
        "A page of another site sent this, so nothing was done. Open the page here, at our own address, and send it "
        "from there."
    )
    status = 400


def sent_from_elsewhere() -> bool:
    """Say whether the browser tells that the page that sends this is not ours; older ones tell it by its origin."""
    said = request.headers.get("Sec-Fetch-Site")
    if said:
        return said not in ("same-origin", "none")
    origin = request.headers.get("Origin", "null")  # "null" is also what a page says that tells nobody its address
    ours = {request.host, urlsplit(current_app.config["BASE_URL"]).netloc}
    return origin != "null" and urlsplit(origin).netloc not in ours


def init_app(app: Flask) -> None:
    """Add the headers to every answer; a view that set its own policy keeps it. Refuse what another site sends."""

    @app.before_request
    def refuse_what_others_send() -> None:
        if request.method not in OPENING and sent_from_elsewhere():
            raise SentFromElsewhere

    @app.after_request
    def protect(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        if FRAMED_BY_ANYBODY not in headers["Content-Security-Policy"]:
            headers.setdefault("X-Frame-Options", "DENY")  # older than the policy, and knows no exception
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if app.config["BASE_URL"].startswith("https://"):
            headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if not request.path.startswith(("/static/", "/assets/")) and "Cache-Control" not in headers:
            private = bool(session) or request.method != "GET"
            headers["Cache-Control"] = "no-store" if private else "no-cache"
        return response
