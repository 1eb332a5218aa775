"""Which language a page is in: Vietnamese, unless the reader chose English."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, Domain

LANGUAGES = ("vi", "en")
NAMES = {"vi": "Tiếng Việt", "en": "English"}
KEY = "language"


class Sentences(Domain):
    """The catalogues, chosen once a request and not once a sentence: a page has hundreds of them.

    Where the language changes in between (`force_locale`, `refresh`), Flask-Babel itself forgets what was chosen.
    """

    def get_translations(self) -> NullTranslations:
        """Give the catalogue of the language of this request."""
        chosen = g.get("_flask_babel") if g else None
        found: NullTranslations | None = getattr(chosen, "babel_translations", None)
        if found is None:
            found = super().get_translations()
            if g:
                g._flask_babel.babel_translations = found
        return found


def choose() -> str:
    """Choose the language of this request; mails, documents and the shell are in Vietnamese."""
    if not has_request_context():
        return "vi"
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        session[KEY] = asked
    chosen: str = session.get(KEY, "vi")
    return chosen


def remember() -> None:
    """Keep the language that an address asks for, also where the answer leads on to another page."""
    if "lang" in request.args:
        choose()


class Language(NamedTuple):
    """A language to change to: its code, its name in itself, and this page in it."""

    code: str
    name: str
    url: str


def other() -> Language:
    """Give the language that this page is not in."""
    code = next(each for each in LANGUAGES if each != choose())
    asked = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
    return Language(code, NAMES[code], f"{request.script_root}{request.path}?{urlencode([*asked, ('lang', code)])}")


def init_app(app: Flask) -> None:
    """Set up the catalogues."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "vi")
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", "Asia/Ho_Chi_Minh")
    babel = Babel(app, locale_selector=choose)
    sentences = babel.domain_instance = Sentences()
    # Templates go to the catalogue directly, without asking for each sentence which domain it belongs to.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the extension "i18n" brings it
        gettext=lambda text: sentences.get_translations().gettext(text),
        ngettext=lambda one, many, number: sentences.get_translations().ngettext(one, many, number),
        newstyle=True,
    )
    app.before_request(remember)
    app.jinja_env.globals.update(language=choose, other_language=other)
