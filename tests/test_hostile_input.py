"""Every form of the world, given what no form expects: never a broken page, never a change, always a sentence.

A form that refuses says why in Vietnamese, at the field or at its top, and still holds what was typed. What it takes
comes back as text and nothing else.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache, cached_property
from itertools import count, product
from threading import Thread
from typing import Any
from urllib.parse import quote_plus, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from contest.accounts import attempts
from contest.accounts.attempts import AttemptKind
from contest.database import db
from contest.web.text import clean
from tests.chromium import CHROMIUM
from tests.doors import DOORS, address
from tests.makers.accounts import PASSWORD
from tests.makers.storage import docx_bytes, pdf_bytes
from tests.walking import Form, Page, fields, filled, form_again, forms, kind_of, walk
from tests.world import World
from tests.world.instance import SESSION

SENDING = sorted(name for name, door in DOORS.items() if door.sends)
OPENING = sorted(name for name, door in DOORS.items() if door.opens and not door.slow)
TOKEN = "csrf_token"  # the name of the field, behind the prefix of a form that stands beside others
WITHOUT_FORM = {
    "judging.autosave",
    "judging.send",
    "accounts.sign_in_here",
    "accounts.passkey_question",
    "accounts.new_passkey_question",
    "accounts.second_step",
    "accounts.link_office_account",
    "accounts.recovery_codes_file",
}
"""What only a script sends, and what stands on a page that only a form leads to."""

KEPT_ANYWAY = {
    "judging.save_sheet": {"sheet_draft", "draft_revision"},
    "judging.send": {"sheet_draft", "draft_revision"},
}
"""Tables that a refused form may still change: a sheet that cannot be sent is kept as the draft it is."""

VIETNAMESE = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
LONG = "ă" + "a" * 99_999

WRONG = ("chữ", "-1", "1e309", "NaN", "٣", "99999999999999999999", "31/02/2025", "0000-00-00", "99999-12-31T25:61")
"""What stands where a number, a day or a choice is expected."""

MANY = 6
"""Fields of a long form that are tried one by one; they are all tried together."""

PARTS = 5
"""Into how many parts what is hostile is divided, one of which a form is given; ``--long`` gives everything to each."""

Choose = Callable[[Iterable[Any]], list[Any]]

HOSTILE = {
    "a script": "<script>owned()</script>",
    "an attribute": "\"'><img src=x onerror=owned()>",
    "a link": "javascript:owned()",
    "SQL": "'; DROP TABLE user; -- %_",
    "a template": "bảy{{7*7}}bảy{% if %}${7*7}#{7*7}",
    "a format": "%(name)s %s %n {0} {name} %",
    "line ends": "một\r\nSet-Cookie: owned=1\r\n\r\nhai",
    "NUL": "một\x00hai",
    "reordered letters": "một\u202egnourt\u202c\u2066hai",
    "emoji": "👩\u200d👩\u200d👧\u200d👦 🇻🇳",
    "piled marks": "a" + "\u0301\u0323" * 200,
    "a path": "../../../../etc/passwd",
    "spaces": " \t\u00a0\u3000 ",
    "formula": "=HYPERLINK(1)",
}


BY_TURNS: list[str] = []


def by_turns(test: Callable[..., None]) -> Callable[..., None]:
    """Let a test ask every fourth form, others than the tests before it; with ``--long`` all of them."""
    BY_TURNS.append(test.__name__)
    return test


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each test its forms."""
    name = metafunc.function.__name__
    if name in BY_TURNS:
        long = metafunc.config.getoption("--long")
        metafunc.parametrize("endpoint", FORMS if long else FORMS[BY_TURNS.index(name) % 4 :: 4])


@pytest.fixture
def rows(world: World) -> Iterator[World]:
    """The world, its rows put back afterwards."""
    yield world
    world.restore()


@pytest.fixture
def some(request: pytest.FixtureRequest) -> Choose:
    """Choose what is tried: each time another part of it, or everything with ``--long``; of little always all."""
    turns = count((SENDING + OPENING).index(request.getfixturevalue("endpoint")))

    def choose(offered: Iterable[Any]) -> list[Any]:
        values = list(offered)
        if request.config.getoption("--long") or len(values) < PARTS:
            return values
        return values[next(turns) % PARTS :: PARTS]

    return choose


@cache
def forms_to(world: World, endpoint: str, method: str = "POST") -> list[Form]:
    """List the forms that lead to an endpoint, each filled in so that most would be taken."""
    return [form for form in forms(world) if form.endpoint == endpoint and form.method == method]


# Sending -------------------------------------------------------------------------------------------------------------


def plausible(form: Form) -> MultiDict[str, Any]:
    """Fill in a form as somebody would who means it; what stands in it already stays."""
    values: MultiDict[str, Any] = MultiDict(form.values)
    options = dict(form.options)
    for name, kind in form.kinds:
        if values.get(name) or kind in ("hidden", "file"):
            continue
        if kind == "password":
            values[name] = PASSWORD
        elif kind == "select":
            free = [option for option in options[name] if option and option not in values.values()]
            values[name] = free[0] if free else ""
        elif kind in ("radio", "checkbox"):
            values[name] = next(value for field, value in form.boxes if field == name)
        else:
            values[name] = likely(name, kind)
    return values


def likely(name: str, kind: str) -> str:
    """Choose what somebody would type into a field of this name."""
    if kind == "datetime-local":
        return "2025-09-20T10:00"
    if kind == "date":
        return "2025-09-13"
    for part, typed in LIKELY.items():
        if part in name:
            return typed
    return "Một câu đủ dài để người sau đọc hiểu"


LIKELY = {
    "decision_date": "11/9/2025",
    "date": "13/9/2025",
    "until": "13/9/2025",
    "published_on": "12/6/2024",
    "text": "Báo Ba Tơ;Báo in, báo điện tử",
    "email": "nguoikhac@toasoan.example",
    "phone": "0905 123 456",
    "url": "https://baoquangngai.example/1.htm",
    "slug": "cuoc-thi-nua",
    "mark_": "10",
    "words": "1800",
    "minutes": "10",
    "hour": "19:45",
    "preset": "quang_ngai_2025",
}


def send(world: World, form: Form, values: Any, **options: Any) -> TestResponse:
    """Send a form as it was filled in, with the token of the person."""
    sent = MultiDict(values)
    for name, _ in form.kinds:
        if name.endswith(TOKEN):
            sent[name] = world.tokens[form.person]
    files = any(kind == "file" for _, kind in form.kinds) or any(isinstance(value, tuple) for value in sent.values())
    content_type = "multipart/form-data" if files else "application/x-www-form-urlencoded"
    browser = world.browser(form.person)
    response = browser.request("POST", form.action, data=sent, content_type=content_type, buffered=True, **options)
    response.request.environ["wsgi.input"].close()
    return response


@dataclass
class Hearing:
    """What a form was told and what it answered, judged as a careful person would."""

    world: World
    form: Form
    sent: MultiDict[str, Any]
    response: TestResponse
    before: int

    @property
    def refused(self) -> bool:
        """Whether the form said no."""
        return self.response.status_code >= 400

    def judge(self, what: str, *, at: str | None = None, once: bool = True) -> None:
        """Fail with a sentence if something is not as promised; put the rows back.

        :param at: the field that must be marked if the form was refused
        :param once: whether every field was sent once, so that what was typed can stand in it again
        """
        label = f"{what}: {self.form.name}"
        assert self.response.status_code < 500, label
        touched = self.world.changed() != self.before
        changed = set(self.world.differences()) if touched and self.refused else set()
        if touched:
            self.world.restore()
        if self.refused:
            assert changed <= KEPT_ANYWAY.get(self.form.endpoint, set()), f"{label} changed {changed}"
            self.refusal(label, at, once)
        elif self.response.status_code == 200 and self.response.mimetype == "text/html":
            marking = MARKING.search(self.response.get_data(as_text=True))
            assert not (marking and marked(self.soup)), f"{label}: refused, but answered 200"
        self.harmless(label)

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page that answered."""
        return BeautifulSoup(self.response.get_data(as_text=True), "html.parser")

    def refusal(self, label: str, at: str | None, once: bool) -> None:
        """See that the refusal is a sentence in its place, and that the form is still filled in."""
        whole_page = self.response.status_code in (409, 413)
        sentences = said(self.soup, of_the_page=not self.form.typed or whole_page)
        assert sentences, f"{label}: {self.response.status_code} without a sentence"
        assert all(VIETNAMESE.search(sentence) for sentence in sentences), f"{label}: {sentences}"
        if not self.form.typed or self.response.status_code == 413:
            return
        shown = form_again(self.world, self.form, self.soup)
        assert shown is not None, f"{label}: {self.response.status_code} and the form is gone"
        if at is not None:
            assert at in {str(field["name"]) for field in marked(shown)}, f"{label}: {at} is not marked: {sentences}"
        again = shown_values(shown)
        for name in self.form.typed if once else ():
            if name in again and name in self.sent and isinstance(self.sent[name], str):
                assert alike(self.sent[name], again[name]), f"{label}: {name} is lost: {again[name][:80]!r}"

    def harmless(self, label: str) -> None:
        """See that nothing that was typed runs."""
        if self.response.mimetype == "text/html":
            assert owned(self.response.get_data(as_text=True)) == [], label
        if self.response.status_code in (302, 303):
            target = self.response.location
            assert target.startswith("/") and not target.startswith("//"), f"{label} leads to {target}"
            assert "owned" not in self.response.headers.get("Set-Cookie", ""), label


def said(soup: BeautifulSoup, *, of_the_page: bool = True) -> list[str]:
    """Read the sentences of a refusal: at the fields or at the top of the form.

    :param of_the_page: whether without these the page itself may say it
    """
    found = soup.select(".invalid-text, .error-summary li, [role=alert]")
    if not found and of_the_page:
        found = soup.select(".page-head h1, .page-head p")
    return [text for text in (" ".join(tag.get_text(" ").split()) for tag in found) if text]


def marked(soup: Tag) -> list[Tag]:
    """List the fields that are marked as wrong, whole groups included."""
    alone = soup.select("[aria-invalid=true][name], .is-invalid[name]")
    return [*alone, *soup.select(".has-error [name]")]


def shown_values(tag: Tag) -> dict[str, str]:
    """Read what stands in the fields of a form."""
    values = filled(tag)
    return {str(field["name"]): values.get(str(field["name"]), "") for field in fields(tag) if kind_of(field) != "file"}


def few(names: list[str]) -> list[str]:
    """Choose some fields of a long form, from its beginning and its end."""
    return names if len(names) <= MANY else [*names[: MANY // 2], *names[-MANY // 2 :]]


def alike(typed: str, shown: str) -> bool:
    """Say whether a field still holds what was typed, apart from what no text keeps: control letters, double spaces."""
    return " ".join(clean(typed).split()) == " ".join(clean(shown).split())


MARKING = re.compile("aria-invalid|is-invalid|has-error")
"""What a page holds that marks a field; most hold none of it, and need not be read any further."""

SUSPICIOUS = re.compile(
    r"<script[^>]*>[^<]*owned|\son[a-z]+\s*=|(java|vb)script:|data:text|bảy49bảy|root:x:0", re.IGNORECASE
)


def owned(html: str) -> list[str]:
    """List the places where something that was typed would run."""
    if not SUSPICIOUS.search(html):
        return []
    soup = BeautifulSoup(html, "html.parser")
    found = [str(tag) for tag in soup.find_all("script") if "owned" in tag.get_text()]
    for tag in soup.find_all(True):
        found += [f"{name}={value}" for name, value in tag.attrs.items() if name.startswith("on")]
        for name in ("href", "src", "action", "formaction"):
            value = str(tag.attrs.get(name, "")).strip().lower()
            found += [f"{name}={value}"] if value.startswith(("javascript:", "vbscript:", "data:text")) else []
    return found + re.findall("bảy49bảy|root:x:0", html)


def attempt(world: World, form: Form, values: Any, **options: Any) -> Hearing:
    """Send a form and hear what it says."""
    before = world.changed()
    return Hearing(world, form, values, send(world, form, values, **options), before)


# Every form ----------------------------------------------------------------------------------------------------------


def test_every_address_that_takes_a_form_has_one_on_some_page(rows: World) -> None:
    found = {form.endpoint for form in forms(rows) if form.method == "POST"}

    assert found == set(SENDING) - WITHOUT_FORM


FORMS = [name for name in SENDING if name not in WITHOUT_FORM]


@by_turns
def test_an_empty_form_is_answered_with_sentences_or_taken(rows: World, endpoint: str) -> None:
    for form in forms_to(rows, endpoint):
        empty = MultiDict((name, "") for name, kind in form.kinds if kind not in ("file", "checkbox", "radio"))
        attempt(rows, form, empty).judge("every field empty")
        untouched = MultiDict(form.values)
        for name in [*form.typed, *form.of_kind("password")]:
            untouched[name] = ""
        attempt(rows, form, untouched).judge("nothing typed")
        attempt(rows, form, MultiDict()).judge("no field at all")


@by_turns
def test_a_text_without_end_is_refused_at_its_field(rows: World, endpoint: str, some: Choose) -> None:
    for form in forms_to(rows, endpoint):
        everywhere = plausible(form)
        for name in form.typed:
            everywhere[name] = LONG
        attempt(rows, form, everywhere).judge("100,000 letters everywhere")
        for name in some([*few(form.typed), *form.of_kind("password")]):
            values = plausible(form)
            values[name] = LONG
            attempt(rows, form, values).judge(f"100,000 letters in {name}", at=name)


@by_turns
def test_what_is_no_number_no_day_and_no_choice_is_refused(rows: World, endpoint: str, some: Choose) -> None:
    for form in forms_to(rows, endpoint):
        for wrong in some(WRONG) if form.typed else ():
            values = plausible(form)
            for name in form.typed:
                values[name] = wrong
            attempt(rows, form, values).judge(f"{wrong!r} everywhere")
        for name, wrong in some(product(few(form.typed), ("chữ", "99999-12-31"))):
            values = plausible(form)
            values[name] = wrong
            attempt(rows, form, values).judge(f"{wrong!r} in {name}")
        choices = [name for name in form.of_kind("select", "radio", "checkbox", "hidden") if not name.endswith(TOKEN)]
        for name, wrong in some(product(few(choices), ("chữ", "99999999999999999999"))):
            values = plausible(form)
            values[name] = wrong
            attempt(rows, form, values).judge(f"{wrong!r} chosen in {name}")


@by_turns
def test_a_list_or_a_file_where_a_text_is_expected_breaks_nothing(rows: World, endpoint: str, some: Choose) -> None:
    for form in forms_to(rows, endpoint):
        twice = plausible(form)
        for name, kind in form.kinds:
            if not name.endswith(TOKEN) and kind != "file":
                twice.setlist(name, [twice.get(name, ""), "hai", "ba"])
        attempt(rows, form, twice).judge("every field three times", once=False)
        for name in some(few(form.typed)):
            values = plausible(form)
            values[name] = (io.BytesIO(b"%PDF-1.4"), "trang.pdf")
            attempt(rows, form, values).judge(f"a file in {name}")
        named = plausible(form)
        for name in form.typed:
            named[f"{name}[]"] = named[f"{name}.x"] = named.get(name, "")
        named["__class__"] = named["state"] = named["role"] = named["owner_id"] = "organizer"
        attempt(rows, form, named).judge("fields that are not there")


@by_turns
def test_hostile_text_is_refused_with_a_sentence_or_comes_back_as_text(
    rows: World, endpoint: str, some: Choose
) -> None:
    for form in forms_to(rows, endpoint):
        for what, text in some(HOSTILE.items()) if form.typed else ():
            values = plausible(form)
            for name in form.typed:
                values[name] = text
            attempt(rows, form, values).judge(f"{what} everywhere")
        for name in some(few(form.typed)) if len(form.typed) > 1 else []:
            values = plausible(form)
            values[name] = "".join(HOSTILE.values())[:120]
            attempt(rows, form, values).judge(f"all that is hostile in {name}")


@by_turns
def test_bytes_that_are_no_text_break_nothing(rows: World, endpoint: str) -> None:
    for form in forms_to(rows, endpoint):
        pairs = [f"{name}=%ff%fe%00" for name, kind in form.kinds if kind != "file" and not name.endswith(TOKEN)]
        tokens = [f"{name}={rows.tokens[form.person]}" for name, _ in form.kinds if name.endswith(TOKEN)]
        body = "&".join([*pairs, *tokens])
        response = rows.browser(form.person).request(
            "POST", form.action, data=body, content_type="application/x-www-form-urlencoded", buffered=True
        )
        assert response.status_code < 500, form.name
        rows.restore()


@by_turns
def test_a_form_sent_twice_is_done_once_or_refused_with_a_sentence(rows: World, endpoint: str) -> None:
    for form in forms_to(rows, endpoint):
        values = plausible(form)
        first = send(rows, form, values)
        assert first.status_code < 500, form.name
        second = send(rows, form, values)
        assert second.status_code < 500, form.name
        if second.status_code >= 400 and second.mimetype == "text/html":
            sentences = said(BeautifulSoup(second.get_data(as_text=True), "html.parser"))
            assert sentences and all(VIETNAMESE.search(sentence) for sentence in sentences), form.name
        rows.restore()


@by_turns
def test_a_script_that_sends_a_form_is_answered_too(rows: World, endpoint: str, some: Choose) -> None:
    for form in forms_to(rows, endpoint):
        for text in some(("", LONG, HOSTILE["a script"])):
            values = plausible(form)
            for name in form.typed:
                values[name] = text
            response = send(rows, form, values, headers={"Accept": "application/json"})
            assert response.status_code < 500, form.name
            rows.restore()


@by_turns
def test_columns_of_the_tables_sent_along_are_never_stored(
    rows: World, endpoint: str, request: pytest.FixtureRequest
) -> None:
    """State, role, owner, mark and every other column, beside the fields that the form has. (A8)"""
    names = {column.name for table in db.metadata.tables.values() for column in table.columns}
    for form in forms_to(rows, endpoint)[: None if request.config.getoption("--long") else 1]:
        values = plausible(form)
        own = {part for name, _ in form.kinds for part in (name, name.rpartition("-")[2])}
        own |= ASKED_ELSEWHERE.get(endpoint, set())
        for name in names - own:
            values[name] = SENT_ALONG
        before = rows.changed()
        response = send(rows, form, values)
        assert response.status_code < 500, form.name
        if rows.changed() != before:
            assert [name for name in rows.differences() if holds(rows, name, SENT_ALONG)] == [], form.name
            rows.restore()


ASKED_ELSEWHERE = {
    "entries.withdraw": {"reason"},
    "judging.save_note": {"note"},
    "screening_office.accept": {"reason"},
}
"""Fields of a form that the page shows only where they are asked for, or that stand beside it."""

SENT_ALONG = "424242421"
"""What any column would take, a text or a number, and what stands nowhere."""


def holds(world: World, table: str, value: str) -> bool:
    """Say whether a value stands in some row of a table."""
    with world.app.app_context():
        return any(value in str(row) for row in db.session.execute(select(db.metadata.tables[table])))


COUNTED = {
    "accounts.sign_in": AttemptKind.SIGN_IN,
    "accounts.register": AttemptKind.REGISTER,
    "accounts.forgot": AttemptKind.RESET,
    "certificates.look_at_file": AttemptKind.EXAMINE,
    "complaints.complain": AttemptKind.COMPLAIN,
    "complaints.follow": AttemptKind.FOLLOW_UP,
}
"""Forms that a stranger finds, and as what sending them is counted."""

UNCOUNTED = {
    "accounts.confirm": "the signed link of a letter",
    "accounts.invitation": "the signed link of a letter",
    "accounts.reset": "the signed link of a letter",
    "accounts.passkey_sign_in": "it takes a question, and asking for one is counted",
    "accounts.sign_out": "nothing is learnt by it",
    "accounts.try_role": "only a demo has it",
}
"""Forms that a stranger finds and may send without end, and why."""


def test_every_form_that_a_stranger_finds_is_counted_or_need_not_be(world: World) -> None:
    found = {name for name in SENDING if "anonymous" in DOORS[name].sends} - WITHOUT_FORM

    assert found == set(COUNTED) | set(UNCOUNTED)


@pytest.mark.parametrize("endpoint", COUNTED)
def test_a_stranger_who_sends_too_much_reads_until_when_to_wait(
    rows: World, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One try is let through here; it is counted in the database, whatever process the next reaches. (D1, E7)"""
    monkeypatch.setitem(attempts.BY_ADDRESS, COUNTED[endpoint], (attempts.Limit(1, timedelta(minutes=15)),))
    form = replace(forms_to(rows, endpoint)[0], person="anonymous")

    answers = []
    for _ in range(2):
        values = plausible(form)
        if endpoint == "complaints.follow":
            values["number"], values["code"] = "KN-0001", "AAAA-AAAA"
        for name in form.of_kind("file"):
            values[name] = (io.BytesIO(pdf_bytes()), "giay.pdf")
        answers.append(send(rows, form, values))

    assert answers[0].status_code < 429
    assert answers[1].status_code == 429
    assert "Bạn có thể thử lại từ" in answers[1].get_data(as_text=True)
    assert int(answers[1].headers["Retry-After"]) > 600


def test_hostile_text_that_was_taken_is_text_on_every_page(rows: World) -> None:
    """Stored through every form and opened by everybody, some in a real browser, which finds nothing to stop. (E1)"""
    taken = []
    for form in forms(rows):
        if form.method == "POST" and form.typed:
            values = plausible(form)
            for name in form.typed:
                if not re.search(r"email|phone|url|slug|mark_|hour|date|minutes|words|_on$|^until$", name):
                    values[name] = f"{HOSTILE['a script']}{HOSTILE['an attribute']}{HOSTILE['a template']}"
            if send(rows, form, values).status_code == 303:
                taken.append(form.endpoint)

    assert len(taken) > 12, taken
    showing = []
    for person in ("organizer", "author", "juror", "anonymous"):
        pages = walk(rows, person)
        assert [(page.path, found) for page in pages if (found := owned(page.html))] == [], person
        by_kind = {page.endpoint: page for page in pages if "owned()" in page.html}
        showing += list(by_kind.values())[:: len(by_kind) // SHOWN + 1]
    assert happens_in_a_browser(rows, showing) == []
    feed = rows.browser("anonymous").get(address(rows, "home.feed", DOORS["home.feed"]))
    assert "<script" not in feed.get_data(as_text=True)


SHOWN = 4
"""About how many pages a person opens in a real browser."""

LISTEN = """
window.owned = () => console.error("owned: it ran");
document.addEventListener(
  "securitypolicyviolation", e => console.error(`owned: ${e.violatedDirective} ${e.blockedURI}`)
);
"""


def happens_in_a_browser(world: World, pages: list[Page]) -> list[str]:
    """Open pages in Chromium, and list what ran, what the policy stopped, what asked elsewhere and what was alerted."""
    from playwright.sync_api import sync_playwright

    happened: list[str] = []
    server = make_server("localhost", 0, world.app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    here = f"http://localhost:{server.port}"
    try:
        with sync_playwright() as playwright, playwright.chromium.launch(**CHROMIUM) as chromium:
            for person in dict.fromkeys(page.person for page in pages):
                with chromium.new_context(base_url=here) as context:
                    context.add_cookies([{"name": SESSION, "value": world.cookies[person], "url": here}])
                    context.add_init_script(LISTEN)
                    tab = context.new_page()
                    tab.on("console", lambda said: happened.append(said.text) if "owned" in said.text else None)
                    tab.on("dialog", lambda dialog: (happened.append(dialog.message), dialog.dismiss()))
                    tab.on(
                        "request",
                        lambda sent: (
                            None if sent.url.startswith((here, "data:", "blob:")) else happened.append(sent.url)
                        ),
                    )
                    for page in pages:
                        if page.person == person:
                            tab.goto(urlsplit(page.path)._replace(scheme="", netloc="").geturl(), wait_until="load")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    return happened


# Rows of a form that are added, left out and moved --------------------------------------------------------------------

TABLES = [name for name in FORMS if name.startswith("regulations_office.")]

NO_ACT = (
    "add:",
    "add:khong_co",
    "add:../../etc",
    "add:tiers-99999999999999999999-x",
    "remove:khong_co-0",
    "remove:tiers",
    "up:tiers-9999",
    "down:tiers--1",
    "up:0-0-0",
    f"add:{'a-' * 2000}",
    "save:tiers-0",
    "ADD:tiers",
    "add:csrf_token",
    "add:do-0",
    "chữ\x00",
    "<script>owned()</script>",
)
"""What no button of a form does."""

MANY_ROWS = 300


def row_acts(form: Form) -> list[str]:
    """List what the buttons of a form do with its rows, one of each kind for each list."""
    found = {}
    for name, act in form.acts:
        if name == "do" and ":" in act:
            found.setdefault(re.sub(r"\d+", "0", act), act)
    return list(found.values())


def tables_of(world: World, endpoint: str) -> list[Form]:
    """List the forms of a page whose rows can be changed."""
    return [form for form in forms_to(world, endpoint) if row_acts(form)]


def acted(form: Form, act: str, typed: str | None = None) -> MultiDict[str, Any]:
    """Press a button of a form, after typing something into every field."""
    values = MultiDict(form.values)
    for name in form.typed if typed is not None else ():
        values[name] = typed
    values["do"] = act
    return values


def test_every_part_of_the_regulation_that_has_rows_is_among_the_tables(world: World) -> None:
    pages = {name.partition(".")[2] for name in TABLES if tables_of(world, name)}

    assert pages >= {"limits", "categories", "dossier", "rounds", "rubrics", "rubric", "prizes", "more_prizes"}


@pytest.mark.parametrize("endpoint", TABLES)
def test_changing_the_rows_of_a_form_keeps_what_was_typed_and_saves_nothing(
    rows: World, endpoint: str, some: Choose
) -> None:
    for form in tables_of(rows, endpoint):
        for act in row_acts(form):
            for typed in (None, *some(("", LONG[:3000], HOSTILE["a script"], HOSTILE["piled marks"], "chữ", "1e309"))):
                heard = attempt(rows, form, acted(form, act, typed))
                label = f"{act} after {(typed or '')[:20]!r} on {form.name}"
                assert heard.response.status_code == 200, label
                assert rows.changed() == heard.before or rows.differences() == [], f"{label} saved something"
                assert owned(heard.response.get_data(as_text=True)) == [], label
                if act.startswith(("add:", "remove:")) and typed is None:
                    again = form_again(rows, form, heard.soup)
                    assert again is not None, label
                    before, after = (
                        sum(name.endswith("-at") for name in names) for names in (dict(form.kinds), filled(again))
                    )
                    assert (after > before) == act.startswith("add:") and after != before, label


@pytest.mark.parametrize("endpoint", TABLES)
def test_an_act_that_no_button_does_changes_nothing(rows: World, endpoint: str, some: Choose) -> None:
    for form in tables_of(rows, endpoint):
        for act in some(NO_ACT):
            heard = attempt(rows, form, acted(form, act))
            assert heard.response.status_code < 500, f"{act[:40]!r} on {form.name}"
            if heard.response.status_code == 200:
                assert rows.changed() == heard.before or rows.differences() == [], f"{act[:40]!r} saved something"
            rows.restore()


@pytest.mark.parametrize("endpoint", TABLES)
def test_rows_that_are_doubled_strange_or_too_many_are_refused_or_taken_whole(rows: World, endpoint: str) -> None:
    for form in tables_of(rows, endpoint):
        row = {name: value for name, value in form.values if re.search(r"-0-", name)}
        first = min((name.partition("-0-")[0] for name in row), default=None)
        if first is None:
            continue
        own = {name.partition("-0-")[2]: value for name, value in row.items() if name.startswith(f"{first}-0-")}
        strange = {
            "the same row twice": [
                (f"{first}-{number}-{name}", value) for number in (0, 1) for name, value in own.items()
            ],
            "a row from nowhere": [(f"{first}-0-at", wrong) for wrong in ("-1", "99999", "chữ", "1e9", "", "٣")],
            "a number without end": [(f"{first}-{'9' * 400}-{name}", value) for name, value in own.items()],
            "rows far apart": [(f"{first}-9999-{name}", value) for name, value in own.items()],
            "rows within rows": [(f"{first}-0-{first}-0-{name}", value) for name, value in own.items()],
            "more rows than anybody writes": [
                (f"{first}-{number}-{name}", value) for number in range(2, MANY_ROWS) for name, value in own.items()
            ],
        }
        for what, pairs in strange.items():
            values = MultiDict(form.values)
            for name, value in pairs:
                values[name] = value
            heard = attempt(rows, form, values)
            assert heard.response.status_code < 500, f"{what} on {form.name}"
            if heard.refused and heard.response.status_code != 413:
                sentences = said(heard.soup)
                assert sentences and all(VIETNAMESE.search(each) for each in sentences), f"{what} on {form.name}"
                assert rows.differences() == [], f"{what} on {form.name} was refused and changed something"
            rows.restore()


@pytest.mark.parametrize("endpoint", TABLES)
def test_the_live_preview_answers_anything_typed_and_saves_nothing(rows: World, endpoint: str, some: Choose) -> None:
    for form in tables_of(rows, endpoint):
        texts = {**HOSTILE, "nothing": "", "without end": LONG, **dict(zip(WRONG, WRONG, strict=True))}
        for what, text in some(texts.items()):
            before = rows.changed()
            response = send(rows, form, acted(form, "preview", text), headers={"Accept": "application/json"})
            label = f"{what} on {form.name}"
            assert response.status_code < 500, label
            assert rows.changed() == before or rows.differences() == [], f"{label} saved something"
            for part in (response.get_json() or {}).values() if response.is_json else ():
                assert owned(part) == [], label


# Files ---------------------------------------------------------------------------------------------------------------


FILES = {
    "nothing": (b"", "trong.pdf"),
    "a page of the web": (b"<!doctype html><script>owned()</script>", "trang.pdf"),
    "a picture that is a program": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="owned()"/>', "anh.svg"),
    "a broken PDF": (b"%PDF-1.7\n" + b"\x00" * 2000, "hong.pdf"),
    "a program": (b"MZ" + b"\x90" * 4000, "phan-mem.exe"),
    "a name that climbs": (pdf_bytes(), "../../../../etc/passwd"),
    "a hostile name": (pdf_bytes(2), '"><script>owned()</script>\r\nX: y.pdf'),
    "a name that reorders": (pdf_bytes(3), "bai\u202efdp.exe"),
    "a name without end": (pdf_bytes(4), "ă" * 5000 + ".pdf"),
    "a name of dots": (pdf_bytes(5), ".."),
    "a document": (docx_bytes("Lời bình"), "loi-binh.docx"),
    "a table of formulas": ("Vòng;Mã tác phẩm\n=HYPERLINK(1);@SUM(1)".encode(), "phieu.csv"),
    "a table of scripts": (b"<script>owned()</script>;\"'><img src=x onerror=owned()>\n1;2", "phieu.csv"),
    "a table in no alphabet": (b"\xff\xfe\x00\xd8;\x00\n" * 50, "phieu.csv"),
    "a table that is no workbook": (b"PK\x03\x04" + b"\x00" * 200, "phieu.xlsx"),
}


TAKES_FILES = ["entries.upload", "home_office.new_announcement", "ballots_office.bring"]


@pytest.mark.parametrize("what", FILES)
@pytest.mark.parametrize("endpoint", TAKES_FILES)
def test_a_hostile_file_is_refused_with_a_sentence_or_kept_as_a_file(rows: World, endpoint: str, what: str) -> None:
    form = forms_to(rows, endpoint)[0]
    content, name = FILES[what]
    values = plausible(form)
    values[form.of_kind("file")[0]] = (io.BytesIO(content), name)

    heard = attempt(rows, form, values)

    if heard.refused:
        heard.judge(what)
    else:
        page = rows.browser(form.person).get(heard.response.location, buffered=True)
        assert owned(page.get_data(as_text=True)) == []
        heard.judge(what)


@pytest.mark.parametrize("endpoint", TAKES_FILES)
def test_a_text_where_a_file_is_expected_breaks_nothing(rows: World, endpoint: str) -> None:
    form = forms_to(rows, endpoint)[0]
    values = plausible(form)
    values[form.of_kind("file")[0]] = HOSTILE["a script"]

    attempt(rows, form, values).judge("a text")


# Addresses -----------------------------------------------------------------------------------------------------------

VISITORS = ("organizer", "author", "juror", "chair", "payer", "anonymous")
"""Who opens pages, the first who may."""

ASKED = ("trang", "tim", "q", "loai", "vong", "loc", "ban", "xep", "lan", "next", "ma", "trang-thai", "co-quan", "lang")
"""What addresses may ask for after the question mark."""

QUERIES = {
    "all that is hostile": "".join(HOSTILE.values()).replace("\0", ""),
    "NUL": HOSTILE["NUL"],
    "a number below": "-1",
    "a number above": "99999999999999999999999",
    "no number": "chữ",
    "Arabic digits": "٣",
    "infinity": "1e309",
    "without end": "ă" * 5000,
    "words without end": "a b " * 2000,
    "somewhere else": "//owned.example/\\",
}


@pytest.mark.one_of_each_room
@pytest.mark.parametrize("endpoint", OPENING)
def test_no_question_after_an_address_breaks_its_page(world: World, endpoint: str, some: Choose) -> None:
    door = DOORS[endpoint]
    path = address(world, endpoint, door)
    asked = [*ASKED, *(name for form in forms_to(world, endpoint, "GET") for name, _ in form.kinds)]
    person = next(person for person in VISITORS if person in door.opens)
    before = world.changed()

    for what, text in some(QUERIES.items()):
        response = world.browser(person).request("GET", path, query_string=dict.fromkeys(asked, text), buffered=True)
        assert response.status_code < 500, what
        if response.mimetype == "text/html":
            assert owned(response.get_data(as_text=True)) == [], what
        if response.status_code in (301, 302, 303, 308):
            assert "owned.example" not in response.location.partition("?")[0], what
    twice = world.browser(person).request(
        "GET", path, query_string=MultiDict([(name, value) for name in asked for value in "ab"]), buffered=True
    )

    assert twice.status_code < 500
    assert world.changed() == before or set(world.differences()) <= door.notes
    world.restore()


def test_a_wildcard_is_a_letter_in_every_search(world: World) -> None:
    """What finds everything in SQL finds here what a word that nobody wrote finds: nothing. (E3)"""
    searches = {form.endpoint: form for form in forms(world) if form.method == "GET" and form.of_kind("search")}
    assert len(searches) > 4

    for form in searches.values():
        for name in form.of_kind("search"):
            found = {word: searched(world, form, name, word) for word in ("qzxw", "%", "_", "%_%")}
            assert {word for word, page in found.items() if page != found["qzxw"]} == set(), f"{name} of {form.name}"


def searched(world: World, form: Form, name: str, word: str) -> str:
    """Give the page that a search finds, without the word itself and what differs from one opening to the next."""
    values = {**dict(form.values), name: word}
    response = world.browser(form.person).request("GET", form.action, query_string=values, buffered=True)
    html = response.get_data(as_text=True)
    for written in (f'value="{word}"', f"={quote_plus(word)}", f"“{word}”"):
        html = html.replace(written, "")
    return re.sub(r'name="csrf_token"[^>]*>|<time class="(?:soft )?today"[^>]*>[^<]*', "", html)


@pytest.mark.one_of_each_room
@pytest.mark.parametrize("endpoint", [name for name in OPENING if DOORS[name].values])
def test_no_address_that_names_nothing_breaks(world: World, endpoint: str) -> None:
    door = DOORS[endpoint]
    person = next(person for person in VISITORS if person in door.opens)

    for name, place in door.values.items():
        is_number = isinstance(world.places.get(place, place), int)
        for wrong in (0, 99999999999999999999999) if is_number else ("chữ", "%00", "..", "<script>", "ă" * 2000, "A-1"):
            path = wrongly(world, endpoint, name, wrong)
            response = world.browser(person).get(path, buffered=True)
            assert response.status_code < 500, path[:200]
    world.restore()


def wrongly(world: World, endpoint: str, name: str, wrong: Any) -> str:
    """Write an address with something else in one of its places, also where the place would not take it."""
    mark = 424242 if isinstance(wrong, int) else "424242"
    door = DOORS[endpoint]
    rule = next(rule for rule in world.app.url_map.iter_rules(endpoint) if name in rule.arguments)
    if type(rule._converters[name]).__name__ == "AnyConverter":
        return address(world, endpoint, door)
    return address(world, endpoint, door, **{name: mark}).replace("424242", str(wrong))


# What only scripts send ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "null",
        "[]",
        "3",
        '"chữ"',
        "{}",
        '{"version": "chữ"}',
        '{"version": 1e309}',
        '{"version": NaN}',
        '{"version": -1, "mark_phat_hien": "9,5"}',
        '{"version": 1, "mark_phat_hien": "1e309"}',
        '{"version": 1, "mark_phat_hien": ["9"]}',
        '{"version": 1, "mark_phat_hien": {"a": 1}}',
        '{"version": 1, "comment": "\\ud800"}',
        '{"version": 1, "comment": "\\u0000<script>owned()</script>"}',
        "[" * 30_000,
        json.dumps({"version": 1, "comment": "ă" * 60_000}),
        json.dumps({f"mark_{number}": "1" for number in range(2000)}),
    ],
)
@pytest.mark.parametrize("endpoint", ["judging.autosave", "judging.send", "accounts.sign_in_here"])
def test_what_a_script_sends_is_kept_or_refused_with_a_sentence(rows: World, endpoint: str, body: str) -> None:
    path = address(rows, endpoint, DOORS[endpoint])
    headers = {"X-CSRFToken": rows.tokens["juror"], "Accept": "application/json"}

    response = rows.browser("juror").request(
        "POST", path, data=body, content_type="application/json", headers=headers, buffered=True
    )

    assert response.status_code < 500
    if response.status_code >= 400:
        assert VIETNAMESE.search(response.get_json()["error"])
        assert set(rows.differences()) <= KEPT_ANYWAY.get(endpoint, set())


def test_a_page_is_read_as_a_person_reads_it(world: World) -> None:
    page = Page("anonymous", "/", "home.front", "<script>owned()</script><p onclick=x></p><a href='javascript:a'>b</a>")

    assert len(owned(page.html)) == 3
