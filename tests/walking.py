"""Walking through the world: every page somebody reaches by links, and every form on the way."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, SoupStrainer, Tag
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.doors import DOORS, LAST, address
from tests.world import BALLOT_KINDS, World

WALKERS = ("organizer", "chair", "juror", "payer", "author", "other_author", "anonymous")
"""Whoever is let in somewhere where the others are not."""

MOST = 4
"""Pages of one kind that one person opens."""

STEPS = ("tac-pham", "ky-dang", "tac-gia", "tam-guong", "cam-ket")
HALF_DONE: dict[str, dict[str, str]] = {
    "interests.own": {"vong": "chung_khao"},
    "interests_office.ties": {},
    "judging.send_all": {},
    "judging_office.spread": LAST,
    "judging_office.reminder_plan": LAST,
}
"""Pages on which something waits for somebody once a round has begun, with what their address says of it."""

SUBMITS = ("submit", "button", "image", "reset")


@dataclass(frozen=True)
class Page:
    """A page as somebody saw it."""

    person: str
    path: str
    endpoint: str
    html: str

    @property
    def forms(self) -> Iterable[Tag]:
        """The forms of the page that are sent; one that closes a dialog stays in the browser."""
        found: Iterable[Tag] = BeautifulSoup(self.html, "html.parser", parse_only=SoupStrainer("form")).find_all("form")
        return [tag for tag in found if tag.get("method") != "dialog"]


@dataclass(frozen=True)
class Form:
    """A form on a page: where it leads, and what it would send if nothing were typed.

    :ivar kinds: the kind of each field by its name, such as ``text``, ``select`` or ``file``
    :ivar options: what each select offers
    :ivar boxes: every box and button of a choice, by its name
    :ivar acts: what its named buttons do besides sending it, by their name
    """

    person: str
    page: str
    endpoint: str
    action: str
    method: str
    values: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, tuple[str, ...]], ...]
    boxes: tuple[tuple[str, str], ...]
    acts: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """What a failure calls it."""
        return f"{self.person} on {self.page}"

    def of_kind(self, *kinds: str) -> list[str]:
        """List the fields of some kinds."""
        return [name for name, kind in self.kinds if kind in kinds]

    @property
    def typed(self) -> list[str]:
        """List the fields into which something is typed, passwords apart."""
        return self.of_kind("text", "textarea", "email", "tel", "url", "number", "date", "datetime-local", "search")

    @property
    def shape(self) -> tuple[Any, ...]:
        """What makes two forms the same for a test."""
        return self.endpoint, frozenset((re.sub(r"\d+", "0", name), kind) for name, kind in self.kinds)


def endpoint_of(world: World, path: str, method: str = "GET") -> str | None:
    """Find what an address leads to; None for what is not ours."""
    parts = urlsplit(path)
    if parts.netloc not in ("", "localhost"):
        return None
    try:
        endpoint, _values = world.app.url_map.bind("localhost").match(parts.path, method=method)
    except (HTTPException, RequestRedirect):
        return None
    found: str = endpoint
    return found


def seeds(world: World) -> Iterator[str]:
    """List where a walk begins: every door of the table, and the pages that look different at another stage."""
    for endpoint, door in DOORS.items():
        if door.opens and not door.slow:
            yield address(world, endpoint, door)
    for step in STEPS:
        yield address(world, "entries.step", DOORS["entries.step"], step=step)
    for work in ("accepted", "returned", "rejected"):
        for endpoint in ("entries.entry", "entries.review", "screening_office.dossier"):
            yield address(world, endpoint, DOORS[endpoint], entry_id=world.places[work])
    for assignment in ("done", "untouched"):
        yield address(world, "judging.sheet", DOORS["judging.sheet"], assignment_id=world.places[assignment])
    yield address(world, "results_office.tie", DOORS["results_office.tie"], slug=world.slugs["drawing-lots"])
    yield address(world, "judging_office.voting", DOORS["judging_office.voting"], slug=world.slugs["between-votes"])
    for endpoint, words in HALF_DONE.items():
        yield address(world, endpoint, DOORS[endpoint], slug=world.slugs["starting"], **words)
    for endpoint in ("council.meeting", "council_office.meeting"):
        voting = {"slug": world.slugs["balloting"], "meeting_id": world.places["voting_meeting"]}
        yield address(world, endpoint, DOORS[endpoint], **voting)
    for kind in BALLOT_KINDS:
        yield address(
            world,
            "judging.ballot",
            DOORS["judging.ballot"],
            slug=world.slugs[f"voting-{kind}"],
            sitting_id=world.places[f"{kind}_sitting"],
        )
    yield address(world, "winners_office.index", DOORS["winners_office.index"], slug=world.slugs["unasked"])
    for name, place in (("rounds", {}), ("round_", {"number": 2}), ("prizes", {})):
        voted = f"regulations_office.{name}"
        yield address(world, voted, DOORS[voted], slug=world.slugs["voting"], **place)
    for stage in ("gathering", "decided", "numbered", "sealing", "published", "beginning"):
        for endpoint in ("judging_office.rounds", "certificates_office.index", "home_office.overview", "home.front"):
            yield address(world, endpoint, DOORS[endpoint], slug=world.slugs[stage])


def links(page: Page) -> Iterator[str]:
    """List where the links of a page lead, without the place on the page; languages and saved tables apart."""
    for tag in re.findall(r"<a\s[^>]*>", page.html):
        found = re.search(r'\shref="([^"]*)"', tag)
        if found and "hreflang" not in tag and "dang=" not in found[1]:
            yield urljoin(page.path, unescape(found[1])).partition("#")[0]


def walk(world: World, person: str) -> list[Page]:
    """Open every page that somebody reaches from the seeds by links, a few of each kind."""
    ahead, known = deque(dict.fromkeys(seeds(world))), set()
    opened: Counter[str] = Counter()
    pages = []
    visitor = world.browser(person)
    while ahead:
        path = ahead.popleft()
        endpoint = endpoint_of(world, path)
        if path in known or endpoint is None or endpoint.startswith(("static", "assets", "bare:")):
            continue
        known.add(path)
        if opened[endpoint] >= MOST or DOORS[endpoint].slow:
            continue
        opened[endpoint] += 1
        response = visitor.get(path, buffered=True)
        assert response.status_code < 500, f"{person} on {path}: {response.status_code}"
        if response.status_code in (301, 302, 303, 308):
            ahead.append(response.location)
        elif response.status_code == 200 and response.mimetype == "text/html":
            page = Page(person, path, endpoint, response.get_data(as_text=True))
            pages.append(page)
            ahead.extend(links(page))
    return pages


@cache
def walked(world: World) -> tuple[Page, ...]:
    """Give what everybody sees; walked once."""
    return tuple(page for person in WALKERS for page in walk(world, person))


@cache
def forms(world: World) -> tuple[Form, ...]:
    """List the forms of the world, one of each shape."""
    found: dict[Any, Form] = {}
    for page in walked(world):
        for tag in page.forms:
            form = read(world, page.person, page.path, tag)
            found.setdefault(form.shape, form)
    return tuple(found.values())


def read(world: World, person: str, path: str, tag: Tag) -> Form:
    """Read a form off its page."""
    method = str(tag.get("method", "get")).upper()
    action = urljoin(path, str(tag.get("action") or path))
    endpoint = endpoint_of(world, action, method)
    assert endpoint is not None, f"a form on {path} leads nowhere: {action}"
    kinds = [(str(field["name"]), kind_of(field)) for field in fields(tag)]
    options = [
        (str(field["name"]), tuple(str(option.get("value", option.get_text())) for option in field.find_all("option")))
        for field in tag.find_all("select", attrs={"name": True})
    ]
    return Form(
        person,
        path,
        endpoint,
        action,
        method,
        tuple(filled(tag).items(multi=True)),
        tuple(dict.fromkeys(kinds)),
        tuple(options),
        tuple((str(box["name"]), str(box.get("value", "on"))) for box in tag.select("[type=checkbox], [type=radio]")),
        tuple((str(button["name"]), str(button.get("value", ""))) for button in tag.select("button[name]")),
    )


def fields(tag: Tag) -> Iterable[Tag]:
    """List the named fields of a form, buttons apart."""
    for field in tag.find_all(["input", "textarea", "select"], attrs={"name": True}):
        elsewhere = field.has_attr("form") and field["form"] != tag.get("id")
        if kind_of(field) not in SUBMITS and not field.has_attr("disabled") and not elsewhere:
            yield field


def kind_of(field: Tag) -> str:
    """Name the kind of a field."""
    return str(field.get("type", "text")) if field.name == "input" else field.name


def filled(tag: Tag) -> MultiDict[str, str]:
    """Read what a form would send if its main button were pressed and nothing typed."""
    values: MultiDict[str, str] = MultiDict()
    for field in fields(tag):
        name, kind = str(field["name"]), kind_of(field)
        if kind == "textarea":
            values.add(name, field.get_text().replace("\r\n", "\n").removeprefix("\n"))
        elif kind == "select":
            options = field.find_all("option")
            chosen = [option for option in options if option.has_attr("selected")] or options[:1]
            for option in chosen:
                values.add(name, str(option.get("value", option.get_text())))
        elif kind not in ("checkbox", "radio", "file") or field.has_attr("checked"):
            values.add(name, str(field.get("value", "")))
    button = tag.select_one("button.btn-primary[name]") or tag.select_one("button[name]")
    if button is not None:
        values.add(str(button["name"]), str(button.get("value", "")))
    return values


def form_again(world: World, form: Form, soup: BeautifulSoup) -> Tag | None:
    """Find a form on the page that answered it."""
    alike = [
        tag
        for tag in soup.find_all("form")
        if str(tag.get("method", "get")).upper() == form.method
        and endpoint_of(world, urljoin(form.action, str(tag.get("action") or form.action)), form.method)
        == form.endpoint
    ]
    names = {name for name, _ in form.kinds}
    return max(alike, key=lambda tag: len(names & {str(field["name"]) for field in fields(tag)}), default=None)
