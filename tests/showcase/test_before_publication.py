"""Before the publication everything about results answers as an address that never was."""

from __future__ import annotations

import re

import pytest
from werkzeug.test import TestResponse

from contest import clock
from contest.database import db, transaction
from contest.results import services
from contest.results.models import Decision
from tests.browser import Browser
from tests.makers import results as makers
from tests.makers.accounts import make_member, make_user
from tests.showcase.conftest import ROOM

ADDRESSES = (
    "ket-qua",
    "ket-qua?loai=BAO_IN",
    "ket-qua/BI-0001",
    "ket-qua/hinh-anh",
    "ket-qua/co-quan-bao-chi",
    "ket-qua/nhung",
    "ket-qua.json",
    "ket-qua.xml",
    "ket-qua.pdf",
    "ket-qua.xlsx",
    f"ket-qua/the/{'0' * 64}.png",
    f"ket-qua/BI-0001/tep/{'0' * 64}",
)
NEVER_WAS = ("khong-co-trang-nay", "thong-bao/99999999")
"""An address that the application does not know, and one of something that is not in the contest.

To those who work in a contest the head of its pages says so; the first is a page of no contest.
"""


def said(response: TestResponse, path: str) -> tuple[int, bytes, list[tuple[str, str]]]:
    """What an address answers, without its own repetition, the hour of the page's head and the token of its form."""
    body = response.get_data().replace(path.partition("?")[0].encode(), b"")
    body = re.sub(rb'(?s)<time class="today".*?</time>|\bI[\w-]{40,}\.[\w.-]+', b"", body)
    own = ("Content-Length", "Set-Cookie", "X-Request-ID")
    headers = [(name, value) for name, value in response.headers if name not in own]
    return response.status_code, body, sorted(headers)


def check_hidden(visitor: Browser, never_was: str = NEVER_WAS[0]) -> None:
    for address in ADDRESSES:
        path, made_up = f"{ROOM}/{address}", f"{ROOM}/{never_was}{'?loai=BAO_IN' if '?' in address else ''}"
        missing = said(visitor.get(made_up), made_up)
        assert missing[0] == 404
        assert said(visitor.get(path), path) == missing, address


@pytest.mark.parametrize("role", [None, "author", "outlet", "juror", "chair", "secretary", "observer", "organizer"])
def test_every_address_of_results_answers_every_role_as_one_that_never_was(contest, browser, role):
    by = make_member(contest, "organizer")
    makers.make_sealed(contest=contest, by=by)
    decision = makers.make_prepared(contest, by=by)
    clock.set_to(decision.at)
    person = None if role is None else make_user() if role == "author" else make_member(contest, role)

    check_hidden(browser(person), NEVER_WAS[role not in (None, "author")])


def test_at_no_moment_before_the_publication_does_an_address_tell_how_far_things_are(contest, organizer, browser):
    visitor = browser()
    check_hidden(visitor)
    makers.make_sealed(contest=contest, by=organizer)
    check_hidden(visitor)
    makers.make_decided(contest, by=organizer)
    check_hidden(visitor)


def test_the_site_map_and_the_menu_say_nothing_of_results_before_they_are_there(contest, organizer, browser):
    visitor = browser()
    empty = visitor.get("/sitemap.xml").data
    makers.make_sealed(contest=contest, by=organizer)
    decision = makers.make_prepared(contest, by=organizer)

    assert visitor.get("/sitemap.xml").data == empty
    visitor.get(f"{ROOM}/the-le")
    assert "/ket-qua" not in visitor.response.text

    with transaction():
        services.publish(contest, by=organizer, now=decision.at)
    assert f"{ROOM}/ket-qua/BI-0001" in visitor.get("/sitemap.xml").text
    visitor.get(f"{ROOM}/the-le")
    assert visitor.soup.select_one(f'nav a[href="{ROOM}/ket-qua"]')


def test_with_the_publication_every_address_is_there_for_everybody_alike(published, browser):
    answers = {
        browser(person).get(f"{ROOM}/ket-qua.json").data
        for person in (None, make_user(), make_member(published, "observer"))
    }

    assert len(answers) == 1
    assert db.session.scalar(db.select(Decision.number)) in answers.pop().decode()
