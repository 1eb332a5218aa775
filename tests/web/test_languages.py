"""Sentences come in the language of the request, chosen once for each."""

from __future__ import annotations

import pytest
from flask import render_template_string
from flask_babel import force_locale, gettext, ngettext, refresh

from contest.web import languages
from tests.makers.regulations import make_contest

PAGE = (
    "{{ _('Letters') }} {{ _('Letters %(first)s to %(last)s of %(total)s, newest first.', first=1, last=2, total=3) }}"
)


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/", "Thư Thư 1–2 trong 3, mới nhất xếp trước."),
        ("/?lang=en", "Letters Letters 1 to 2 of 3, newest first."),
        ("/?lang=xx", "Thư Thư 1–2 trong 3, mới nhất xếp trước."),
    ],
)
def test_code_and_templates_speak_the_language_of_the_request(app, address, page):
    with app.test_request_context(address):
        assert render_template_string(PAGE) == page
        assert gettext("Letters") == page.split()[0]


def test_the_catalogue_is_chosen_once_a_request(app, monkeypatch):
    chosen = []
    monkeypatch.setattr(languages.Domain, "get_translations", lambda self: chosen.append(1) or _Plain())
    with app.test_request_context("/"):
        assert [gettext("a"), gettext("b"), ngettext("c", "d", 2)] == ["a!", "b!", "d!"]
    assert chosen == [1]


def test_a_language_forced_in_between_holds_only_there(app):
    with app.test_request_context("/"):
        before = gettext("Letters")
        with force_locale("en"):
            assert gettext("Letters") == "Letters"
            assert render_template_string("{{ _('Letters') }}") == "Letters"
        assert (before, gettext("Letters")) == ("Thư", "Thư")


def test_a_language_changed_in_between_holds_from_then_on(app):
    with app.test_request_context("/") as opened:
        assert gettext("Letters") == "Thư"
        opened.session[languages.KEY] = "en"
        refresh()
        assert gettext("Letters") == "Letters"


def test_without_a_request_sentences_are_vietnamese(app):
    assert gettext("Letters") == "Thư"


class _Plain:
    """A catalogue that marks what passed through it."""

    def gettext(self, text):
        return f"{text}!"

    def ngettext(self, one, many, number):
        return f"{one if number == 1 else many}!"

    ugettext, ungettext = gettext, ngettext


def test_every_page_offers_the_other_language_and_the_choice_outlives_a_redirect(app, browser, now):
    make_contest(now=now)
    reader = browser()
    reader.get(reader.get("/?lang=en").location)
    assert reader.soup.html["lang"] == "en"
    offered = reader.soup.select_one("footer a[hreflang]")
    assert (offered.text, offered["hreflang"]) == ("Tiếng Việt", "vi")
    reader.get(offered["href"])
    assert reader.soup.html["lang"] == "vi"
    assert reader.soup.select_one("footer a[hreflang]").text == "English"
