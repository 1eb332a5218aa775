"""Every address, opened and sent to by everybody, against the one table that says who may."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

import pytest
from werkzeug.test import TestResponse

from contest import clock
from contest.accounts.services import disable
from contest.database import transaction
from tests.columns import long
from tests.doors import ANONYMOUS, DOORS, EVERYONE, Door, address, methods
from tests.world import World

BARE = "bare:"
MISSING = 99_999_999
SENDING = sorted(name for name, door in DOORS.items() if door.sends)
OPENING = sorted(name for name, door in DOORS.items() if door.opens)
GUARDED = sorted(name for name, door in DOORS.items() if (door.opens or door.sends) != EVERYONE)


class Answer(StrEnum):
    """What somebody was told."""

    OPEN = "open"
    SIGN_IN = "asked to sign in"
    REFUSED = "refused by role"
    HIDDEN = "no such page"
    NO_SUCH_ACT = "not opened this way"
    BROKEN = "broken"


def heard(response: TestResponse) -> Answer:
    """Read an answer as the person does."""
    if response.status_code >= 500:
        return Answer.BROKEN
    if response.status_code == 302 and response.location.startswith("/dang-nhap"):
        return Answer.SIGN_IN
    told = {401: Answer.SIGN_IN, 403: Answer.REFUSED, 404: Answer.HIDDEN, 405: Answer.NO_SUCH_ACT}
    return told.get(response.status_code, Answer.OPEN)


def due(person: str, door: Door, allowed: frozenset[str]) -> Answer:
    """Say what somebody is to be told."""
    if person in allowed:
        return Answer.OPEN
    if person in ANONYMOUS:
        return Answer.SIGN_IN
    return Answer.REFUSED if person in door.knows else Answer.HIDDEN


@pytest.fixture
def rows(world: World) -> Iterator[World]:
    """The world, its rows put back afterwards."""
    yield world
    world.restore()


def ask(world: World, person: str, method: str, path: str, **options: Any) -> TestResponse:
    """Let somebody send a request, with the token of their forms where they send one."""
    if method == "POST":
        options["data"] = {"csrf_token": world.tokens[person]} | options.get("data", {})
    response = world.browser(person).request(method, path, buffered=True, **options)
    assert lacking(response) == {}, f"{method} {path} as {person}"
    return response


PROMISED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""What every answer says, pages, files and refusals alike."""


def lacking(response: TestResponse) -> dict[str, str | None]:
    """List the headers that an answer lacks, or that say something else than they should."""
    headers = response.headers
    wrong = {name: headers.get(name) for name, said in PROMISED.items() if headers.get(name) != said}
    policy = headers.get("Content-Security-Policy", "")
    if "frame-ancestors *" in policy:
        del wrong["X-Frame-Options"]  # made to stand in pages of others
    if "default-src" not in policy or ("unsafe" in policy and "sandbox" not in policy):
        wrong["Content-Security-Policy"] = policy
    for name in ("Cache-Control", "Referrer-Policy", "Cross-Origin-Resource-Policy"):
        if name not in headers:
            wrong[name] = None
    return wrong


def wrongly(
    told: dict[str, Answer], door: Door, allowed: frozenset[str], *, also: frozenset[Answer] = frozenset()
) -> dict[str, str]:
    """List who heard something else than they should.

    :param also: answers that are as good
    """
    expected = {person: due(person, door, allowed) for person in told}
    return {
        person: f"{answer}, not {expected[person]}"
        for person, answer in told.items()
        if answer is not expected[person] and answer not in also
    }


def people_for(door: Door) -> list[str]:
    """Choose who opens a door: everybody, but only one of many who may where opening it draws something."""
    allowed = sorted(door.opens)
    return sorted(EVERYONE - set(allowed[1:])) if door.slow else sorted(EVERYONE)


def test_every_address_stands_in_the_table(world: World) -> None:
    addresses = {rule.endpoint for rule in world.app.url_map.iter_rules()}

    assert {name for name in addresses if not name.startswith(BARE)} == set(DOORS)


def test_the_table_names_for_every_address_who_may_do_what_it_takes(world: World) -> None:
    for endpoint, door in DOORS.items():
        taken = set(methods(world, endpoint))
        assert bool(door.opens) == ("GET" in taken), f"{endpoint} takes {taken}"
        assert bool(door.sends) == ("POST" in taken), f"{endpoint} takes {taken}"


@pytest.mark.parametrize("endpoint", OPENING)
def test_a_page_opens_to_whom_the_table_says_and_opening_it_changes_nothing(world: World, endpoint: str) -> None:
    door = DOORS[endpoint]
    path = address(world, endpoint, door)
    before = world.changed()

    answers = {person: ask(world, person, "GET", path) for person in people_for(door)}
    told = {person: heard(answer) for person, answer in answers.items()}
    let_in = max(door.opens & answers.keys())
    head = ask(world, let_in, "HEAD", path)

    assert wrongly(told, door, door.opens) == {}
    assert (head.status_code, head.get_data()) == (answers[let_in].status_code, b"")
    assert world.changed() == before or set(world.differences()) <= door.notes
    world.restore()


@pytest.mark.parametrize("endpoint", SENDING)
def test_a_form_is_taken_from_whom_the_table_says(rows: World, endpoint: str) -> None:
    door = DOORS[endpoint]
    path = address(rows, endpoint, door)
    told = {}
    for person in sorted(EVERYONE):
        before = rows.changed()
        told[person] = heard(ask(rows, person, "POST", path, data=extra(rows, endpoint)))
        if rows.changed() != before:
            assert person in door.sends or rows.differences() == [], f"{person} was not let in and changed something"
            rows.restore()

    assert wrongly(told, door, door.sends) == {}


def extra(world: World, endpoint: str) -> dict[str, str]:
    """Give what a form must hold for its door to be found at all: whom a visitor of the demo wants to be."""
    if endpoint != "accounts.try_role":
        return {}
    page = world.browser("anonymous")
    page.get("/dang-nhap")
    return {"subject": page.soup.select_one("[name=subject]")["value"]}


@pytest.mark.parametrize("endpoint", SENDING)
def test_a_form_without_its_token_is_refused_and_changes_nothing(world: World, endpoint: str) -> None:
    door = DOORS[endpoint]
    path = address(world, endpoint, door)
    before = world.changed()

    for person in sorted(door.sends - {"observer"})[:3]:
        visitor = world.browser(person)
        plain = visitor.request("POST", path, data=extra(world, endpoint))
        wrong = visitor.request("POST", path, data={"csrf_token": world.tokens["observer"]})
        script = visitor.request("POST", path, data="{}", content_type="application/json")
        assert {plain.status_code, wrong.status_code, script.status_code} == {400}

    assert world.changed() == before


def test_no_page_of_another_site_sends_anything_not_even_with_the_token(world: World) -> None:
    """Whoever may do it is refused, too: the browser says who asked it. (E2)"""
    before = world.changed()
    elsewhere = {"Sec-Fetch-Site": "cross-site"}

    for endpoint in SENDING:
        door = DOORS[endpoint]
        path = address(world, endpoint, door)
        response = ask(world, max(door.sends), "POST", path, data=extra(world, endpoint), headers=elsewhere)
        assert response.status_code == 400, endpoint

    assert world.changed() == before


@pytest.mark.parametrize("endpoint", ["judging.autosave", "judging.send"])
def test_json_that_calls_itself_text_is_not_taken_without_its_token(world: World, endpoint: str) -> None:
    """A page of another site can send text without asking first. (E2)"""
    before = world.changed()
    path = address(world, endpoint, DOORS[endpoint])
    sent = json.dumps({"version": 0, "comment": "Từ nơi khác", "csrf_token": world.tokens["juror"]})

    response = world.browser("juror").request("POST", path, data=sent, content_type="text/plain")

    assert response.status_code == 400
    assert world.changed() == before


@pytest.mark.parametrize("endpoint", GUARDED)
def test_what_is_hidden_looks_like_what_does_not_exist(world: World, endpoint: str) -> None:
    door = DOORS[endpoint]
    numbers = [name for name, place in door.values.items() if isinstance(world.places.get(place, place), int)]
    allowed, method = (door.opens, "GET") if door.opens else (door.sends, "POST")
    hidden = [person for person in sorted(EVERYONE) if due(person, door, allowed) is Answer.HIDDEN][-3:]
    here = address(world, endpoint, door)
    nowhere = address(world, endpoint, door, **dict.fromkeys(numbers, MISSING))

    for person in hidden:
        seen, missing = (ask(world, person, method, path) for path in (here, nowhere))
        assert seen.status_code == missing.status_code == 404
        assert without_address(seen, here) == without_address(missing, nowhere)


def without_address(response: TestResponse, path: str) -> str:
    """Give a page without its own address, and without what differs from one opening to the next."""
    page = response.get_data(as_text=True).replace(path, "")
    return re.sub(r'name="csrf_token"[^>]*>|<time class="(?:soft )?today"[^>]*>[^<]*', "", page)


def other_ways(path: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """List other ways to ask for a page, which must not lead further than the plain one."""
    plain = path.rstrip("/")
    yield "HEAD", path, {}
    yield "GET", f"{plain}/", {}
    yield "GET", f"/{plain[1:].replace('/', '//')}", {}
    yield "GET", plain.upper(), {}
    yield "GET", f"{plain};a=1", {}
    yield "GET", f"{plain}%2f", {}
    yield "GET", f"{plain}/.", {}
    yield "GET", path, {"headers": {"X-HTTP-Method-Override": "POST", "X-Original-URL": "/", "X-Forwarded-For": "::1"}}
    yield "OPTIONS", path, {}
    yield "PUT", path, {}


@pytest.mark.one_of_each_room
@pytest.mark.parametrize("endpoint", [name for name in GUARDED if DOORS[name].opens])
def test_no_other_way_of_asking_opens_a_page_further(world: World, endpoint: str) -> None:
    door = DOORS[endpoint]
    path = address(world, endpoint, door)
    before = world.changed()
    kept_out = sorted(EVERYONE - ANONYMOUS - door.opens)

    for person in [*kept_out[-1:], "anonymous"]:
        for method, way, options in other_ways(path):
            response = followed(world, person, method, way, **options)
            answer = heard(response)
            nothing = method == "OPTIONS" or (answer is Answer.NO_SUCH_ACT and method == "PUT")
            assert nothing or answer in (Answer.HIDDEN, due(person, door, door.opens)), f"{person}: {method} {way}"

    assert world.changed() == before


def followed(world: World, person: str, method: str, path: str, **options: Any) -> TestResponse:
    """Send a request, and go where a tidied address leads, but not to another page."""
    response = world.browser(person).request(method, path, buffered=True, **options)
    while response.status_code in (301, 308):
        path = response.location.removeprefix("http://localhost")
        response = world.browser(person).request(method, path, buffered=True, **options)
    return response


METHODS: dict[str, Callable[[str], dict[str, Any]]] = {
    "as a field": lambda token: {"data": {"_method": "POST", "csrf_token": token}},
    "as a header": lambda token: {"headers": {"X-HTTP-Method-Override": "GET", "X-CSRFToken": token}},
    "as JSON": lambda token: {"data": "{}", "content_type": "application/json", "headers": {"X-CSRFToken": token}},
    "as plain text": lambda token: {"data": "a=1", "content_type": "text/plain", "headers": {"X-CSRFToken": token}},
}


@pytest.mark.one_of_each_room
@pytest.mark.parametrize("endpoint", [name for name in SENDING if DOORS[name].sends != EVERYONE])
def test_no_other_way_of_sending_is_taken_from_others(world: World, endpoint: str) -> None:
    door = DOORS[endpoint]
    path = address(world, endpoint, door)
    before = world.changed()

    for person in sorted(EVERYONE - door.sends)[-2:]:
        for name, options in METHODS.items():
            response = world.browser(person).request("POST", path, **options(world.tokens[person]))
            assert heard(response) is due(person, door, door.sends), f"{person}, {name}"

    assert world.changed() == before


def test_an_address_without_a_contest_leads_to_the_current_one_and_tells_nothing_more(world: World) -> None:
    slug = world.slugs["judging"]
    rules = [rule for rule in world.app.url_map.iter_rules() if rule.endpoint.startswith(BARE)]
    visitor = world.browser("newcomer")

    for rule in rules:
        response = visitor.get(rule.rule)
        assert response.status_code == 302, rule.rule
        assert response.location == f"/{slug}{rule.rule}", rule.rule

    assert rules


@pytest.mark.parametrize(
    "person", ["anonymous", "organizer", *(long(person) for person in ("author", "juror", "chair", "secretary"))]
)
def test_no_page_breaks_before_a_regulation_is_adopted(world: World, person: str) -> None:
    slug = {"slug": world.slugs["beginning"]}

    for endpoint in OPENING:
        if world.app.url_map.is_endpoint_expecting(endpoint, "slug"):
            response = ask(world, person, "GET", address(world, endpoint, DOORS[endpoint], **slug))
            assert heard(response) is not Answer.BROKEN, f"{endpoint}: {response.status_code}"


@pytest.mark.parametrize(
    ("stage", "person"),
    [
        *((stage, "organizer") for stage in ("receiving", "gathering", "judging", "sealing", "posted", "published")),
        *(long(stage, "juror") for stage in ("receiving", "judging", "published")),
    ],
)
def test_no_page_breaks_at_any_stage_of_a_contest(world: World, stage: str, person: str) -> None:
    slug = {"slug": world.slugs[stage]}

    for endpoint in OPENING:
        if world.app.url_map.is_endpoint_expecting(endpoint, "slug") and not DOORS[endpoint].slow:
            response = ask(world, person, "GET", address(world, endpoint, DOORS[endpoint], **slug))
            assert heard(response) is not Answer.BROKEN, f"{endpoint}: {response.status_code}"


@pytest.mark.parametrize("endpoint", SENDING)
def test_no_form_breaks_before_a_regulation_is_adopted(rows: World, endpoint: str) -> None:
    if not rows.app.url_map.is_endpoint_expecting(endpoint, "slug"):
        return
    path = address(rows, endpoint, DOORS[endpoint], slug=rows.slugs["beginning"])

    response = ask(rows, sorted(DOORS[endpoint].sends)[-1], "POST", path)

    assert heard(response) is not Answer.BROKEN


def test_a_role_that_is_taken_away_ends_with_the_next_request(rows: World) -> None:
    path = address(rows, "screening_office.works", DOORS["screening_office.works"])
    secretary, organizer = rows.browser("secretary"), rows.browser("organizer")
    assert heard(secretary.get(path)) is Answer.OPEN

    door = DOORS["accounts_office.remove_role"]
    remove = address(rows, "accounts_office.remove_role", door, membership_id=rows.places["secretary_membership"])
    assert organizer.post_form(remove).status_code == 303

    assert heard(secretary.get(path)) is Answer.HIDDEN


def test_a_closed_account_is_asked_to_sign_in_with_the_next_request(rows: World) -> None:
    path = address(rows, "screening_office.works", DOORS["screening_office.works"])
    secretary = rows.browser("secretary")
    with rows.app.app_context(), transaction():
        disable("secretary@toasoan.example", now=clock.now())

    assert heard(secretary.get(path)) is Answer.SIGN_IN
