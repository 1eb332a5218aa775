"""Headers that every answer carries: what a browser may load, and what it must not keep."""

from __future__ import annotations

from flask import Flask, request, session
from werkzeug.wrappers import Response

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self'; script-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

FRAMED_BY_ANYBODY = "frame-ancestors *"
"""In the policy of a page that is made to stand in pages of others."""


def init_app(app: Flask) -> None:
    """Add the headers to every answer; a view that set its own policy keeps it."""

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
