"""Which language a page is in: Vietnamese, unless the reader chose English."""

from __future__ import annotations

from flask import Flask, has_request_context, request, session
from flask_babel import Babel

LANGUAGES = ("vi", "en")
KEY = "language"


def choose() -> str:
    """Choose the language of this request; mails, documents and the shell are in Vietnamese."""
    if not has_request_context():
        return "vi"
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        session[KEY] = asked
    chosen: str = session.get(KEY, "vi")
    return chosen


def init_app(app: Flask) -> None:
    """Set up the catalogues."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "vi")
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", "Asia/Ho_Chi_Minh")
    Babel(app, locale_selector=choose)
    app.jinja_env.globals["language"] = choose
