"""Asking every address for a secret work, and putting ties between people and it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import product
from typing import NamedTuple
from urllib.parse import quote, unquote

from sqlalchemy import update
from werkzeug.test import TestResponse

from contest import clock
from contest.accounts.models import Membership, User
from contest.database import db
from contest.entries.models import Byline, Entry, EntryRevision
from contest.interests.kinds import Kind, State
from contest.interests.models import Interest
from contest.web import wall
from contest.winners.lines import AWARD
from tests.doors import DOORS, address
from tests.leaks.secret import Place, Secret, headers_of, said
from tests.makers.accounts import make_outlet
from tests.walking import endpoint_of, seeds
from tests.world import World

MISSING = 99_999_999
MADE_UP = {"entry_code": "BI-9999", "key": f"{AWARD}-{MISSING}"}

WORKS = ("entry_id", "entry_code", "assignment_id", "attachment_id", "work_id", "sheet_id", "item_id")
SECRETS = (*WORKS, "award_id", "line_answer_id", "key", "print_id", "letter_id")
"""Arguments of addresses that name a work, or something of one."""

NUMBERS = {"operations_office.letter": "letter", "delivery_office.single": "certificate"}
"""Addresses in which a plain number names something that may be of a work."""

PLAIN = "slug code panel prize bonus group tier kind which what step slot part position number revision token words"
ROWS = "announcement_id file_id exemplar_id membership_id invitation_id outlet_id sitting_id batch_id meeting_id"
NAMED = "filename category template_id factor_id account_id seconded_act_id"
SHOWN = "other_id merge_id digest name topic scope act subject sha256 user_id collective_award_id"
HARMLESS = frozenset([*PLAIN.split(), *ROWS.split(), *NAMED.split(), *SHOWN.split()])
"""Arguments that name no work: the table of doors says what stands for them."""

MOST = 4
"""Addresses of one rule that are asked for at one stage."""


TOKEN = re.compile(r"\bI[\w-]{40,}\.[\w-]{6}\.[\w-]{27}")
"""What a form carries against forgery: another one at every moment."""


class Answer(NamedTuple):
    """What somebody is told."""

    status: int
    body: str
    head: str


@dataclass(frozen=True)
class Question:
    """One address that may tell of a secret work, and the same for a work that never was.

    :ivar control: None where the address names no work
    """

    endpoint: str
    slug: str
    path: str
    control: str | None = None


def questions(place: Place, method: str = "GET") -> Iterator[Question]:
    """List every address of a contest with a secret work in it: as the table of doors names it, and by its ids."""
    world, secrets = place.world, place.secrets
    for rule in world.app.url_map.iter_rules():
        if method not in (rule.methods or ()) or rule.endpoint not in DOORS or "slug" not in rule.arguments:
            continue
        if rule.endpoint.partition(".")[0] in wall.outside_of():
            continue
        door = DOORS[rule.endpoint]
        slug = world.slugs[door.stage]
        secret = secrets.get(slug)
        if secret is None:
            continue
        if rule.arguments <= set(door.values) | {"slug"} and method == "GET":
            yield Question(rule.endpoint, slug, address(world, rule.endpoint, door))
        named = {argument: argument for argument in SECRETS if argument in rule.arguments}
        yield from by_ids(world, rule.endpoint, secret, slug, named)


def by_ids(world: World, endpoint: str, secret: Secret, slug: str, named: dict[str, str]) -> Iterator[Question]:
    """Name the works of a contest that are secret in an address, in every way it can."""
    door = DOORS[endpoint]
    if endpoint in NUMBERS:
        named["number"] = NUMBERS[endpoint]
    values = product(*(secret.places[place][:MOST] for place in named.values()))
    made_up = {argument: MADE_UP.get(argument, MISSING) for argument in named}
    for chosen in list(values)[:MOST] if named else ():
        yield Question(
            endpoint,
            slug,
            address(world, endpoint, door, **dict(zip(named, chosen, strict=True))),
            address(world, endpoint, door, **made_up),
        )


def further(place: Place) -> Iterator[Question]:
    """List the pages that look different at another stage, and searches for what stands in a secret work."""
    world, secrets = place.world, place.secrets
    for path in dict.fromkeys(seeds(world)):
        slug = path.split("/")[1]
        if slug in secrets:
            yield Question(str(endpoint_of(world, path)), slug, path)
    for stage in (
        "sealed",
        "proposed",
        "approved",
        "posted",
        "decided",
        "numbered",
        "published",
        "voting",
        "advancing",
    ):
        for endpoint in STAGED:
            door = DOORS[endpoint]
            last = "so_khao" if stage == "advancing" else "chung_khao"
            values = {"code": last} if "code" in door.values else {}
            slug = world.slugs[stage]
            yield Question(endpoint, slug, address(world, endpoint, door, slug=slug, **values))
    slug = world.slugs["receiving"]
    for words in ("kỳ lân", "an thi trang", "but sao", *secrets[slug].codes, "kylan.example"):
        yield Question("screening_office.works", slug, f"/{slug}/ban-thu-ky/ho-so?q={words}")
    yield Question("home_office.exemplars", slug, f"/{slug}/ban-thu-ky/tam-guong?tim=hoa quynh")


STAGED = (
    "home_office.overview",
    "results_office.overview",
    "results_office.round_page",
    "results_office.award_list",
    "certificates_office.index",
    "judging_office.rounds",
    "judging_office.progress",
    "judging.desk",
    "operations_office.letters",
    "screening_office.works",
    "home.front",
)


def sent(world: World, person: str, method: str, path: str) -> TestResponse:
    """Ask for an address; what is sent holds nothing but the token of the forms."""
    data = {"csrf_token": world.tokens[person]} if method == "POST" else None
    return world.browser(person).request(method, path, buffered=True, data=data)


def answered(world: World, person: str, method: str, path: str) -> Answer:
    """Ask for an address, and leave out of the answer what only repeats the question, or names the form."""
    response = sent(world, person, method, path)
    body = TOKEN.sub("", said(response.get_data(), response.mimetype or ""))
    query = unquote(path.partition("?")[2].partition("=")[2])
    for repeated in (path, quote(path), quote(path, safe=""), path.partition("?")[0], query):
        if repeated:
            body = body.replace(escape(repeated), "…").replace(repeated, "…")
    return Answer(response.status_code, body, headers_of(response))


def everything(place: Place) -> list[Question]:
    """List every address inside the wall that can be asked without drawing anything, once."""
    found = {each.path: each for each in (*further(place), *questions(place))}
    inside = [each for each in found.values() if each.endpoint.partition(".")[0] not in wall.outside_of()]
    opened = [each for each in inside if not DOORS[each.endpoint].slow]
    return [*opened, *saved(place, opened)]


def saved(place: Place, opened: list[Question]) -> Iterator[Question]:
    """Ask for the tables of the pages as well, as they are saved."""
    views = place.world.app.view_functions
    for each in opened:
        if hasattr(views[each.endpoint], "tables") and each.control is None:
            yield replace(each, path=f"{each.path}{'&' if '?' in each.path else '?'}dang=csv")


def drawn(place: Place) -> list[Question]:
    """List the addresses whose answer is drawn."""
    return [each for each in questions(place) if DOORS[each.endpoint].slow]


# Ties ---------------------------------------------------------------------------------------------------------------


KINDS = (
    Kind.declared,
    Kind.own_entry,
    Kind.author,
    Kind.contact,
    Kind.outlet,
    Kind.confirmed,
    Kind.relative,
    Kind.former_outlet,
)
"""What keeps somebody from a work, each found or said in its own way."""


def tie(place: Place, person: str, kind: Kind) -> None:
    """Give somebody an interest in every secret work."""
    world, secrets = place.world, place.secrets
    with world.app.app_context():
        user = db.session.get_one(User, world.people[person])
        ids = place.ids
        revisions = [row.id for row in db.session.query(EntryRevision.id).where(EntryRevision.entry_id.in_(ids))]
        bylines = update(Byline).where(Byline.revision_id.in_(revisions))
        if kind is Kind.own_entry:
            db.session.execute(update(Entry).where(Entry.id.in_(ids)).values(owner_id=user.id))
        elif kind is Kind.author:
            db.session.execute(bylines.values(person_id=user.person_id))
        elif kind is Kind.contact:
            db.session.execute(bylines.values(email=user.email))
        elif kind is Kind.outlet:
            outlet = make_outlet("Báo Kỳ Lân")
            db.session.execute(update(Entry).where(Entry.id.in_(ids)).values(outlet_id=outlet.id))
            db.session.execute(update(Membership).where(Membership.user_id == user.id).values(outlet_id=outlet.id))
        else:
            state = State.confirmed if kind is Kind.confirmed else State.declared
            for secret in secrets.values():
                for number in secret.ids:
                    said = {"contest_id": secret.contest_id, "user_id": user.id, "entry_id": number, "by_id": user.id}
                    db.session.add(Interest(kind=kind, state=state, at=clock.now(), **said))
        db.session.commit()
