"""Bodies of requests, which may arrive slowly."""

from __future__ import annotations

from typing import Any

from flask import Flask, request

from contest.database import let_go

SHORT = 64 * 1024  # bytes
TEXT = ("application/json", "application/x-www-form-urlencoded")
"""What is typed comes as one of these; files do not."""


def init_app(app: Flask) -> None:
    """Hold no connection while a form arrives: its token is looked for in the body before anything else is read."""
    app.url_value_preprocessor(receive)
    app.before_request(hold_nothing)


def receive(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Wait for a short text before the database is asked anything, even for the contest of the page."""
    if _is_short():
        request.get_data(parse_form_data=True)


def hold_nothing() -> None:
    """Give the connection back while anything longer arrives."""
    if request.method == "POST" and not _is_short():
        let_go()


def _is_short() -> bool:
    size = request.content_length
    return request.method == "POST" and request.mimetype in TEXT and size is not None and size <= SHORT
