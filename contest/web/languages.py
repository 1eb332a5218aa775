"""Which language a page is in: Vietnamese, unless the reader chose English."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any, NamedTuple
from urllib.parse import urlencode

from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, Domain
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

LANGUAGES = ("vi", "en")
NAMES = {"vi": "Tiếng Việt", "en": "English"}
KEY = "language"


class Sentences(Domain):
    """The catalogues, chosen once a request and not once a sentence: a page has hundreds of them.

    Where the language changes in between (`force_locale`, `refresh`), Flask-Babel itself forgets what was chosen.
    """

    def get_translations(self) -> NullTranslations:
        """Give the catalogue of the language of this request."""
        found: NullTranslations | None
        try:
            found = g._flask_babel.babel_translations
        except (AttributeError, RuntimeError):  # none was chosen, or nothing is being served
            found = None
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


def said(sentences: Sentences, evaluating: EvalContext, text: str, **values: Any) -> str:
    """What templates call ``_``: a sentence in the language of the page, its values escaped where the page needs it.

    Jinja's own way to it takes five calls for each of the hundreds of sentences of a page.
    """
    catalogue, escaped = sentences.get_translations(), bool(evaluating.autoescape)
    return sentence(catalogue, text, escaped) % values if values else whole_sentence(catalogue, text, escaped)


@lru_cache(maxsize=8192)
def sentence(catalogue: NullTranslations, text: str, escaped: bool) -> str:
    """A sentence with places for its values; catalogues do not change while the program runs."""
    found = catalogue.gettext(text)
    return Markup(found) if escaped else found  # noqa: S704 - our own words, and no reader's


@lru_cache(maxsize=8192)
def whole_sentence(catalogue: NullTranslations, text: str, escaped: bool) -> str:
    """A sentence without values, as it is read."""
    return sentence(catalogue, text, escaped) % {}


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
    app.jinja_env.globals.update(_=pass_eval_context(partial(said, sentences)), language=choose, other_language=other)
    app.before_request(remember)
