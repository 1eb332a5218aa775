"""Founding the contest: its regulation, its people and newsrooms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from random import Random

from contest.accounts import passwords
from contest.accounts import services as accounts
from contest.accounts.models import Outlet, OutletKind, Role, User
from contest.demo.people import Somebody, invented
from contest.demo.places import NEWSROOMS
from contest.demo.shelf import Shelf
from contest.demo.timetable import Timetable
from contest.demo.works import Work
from contest.regulations import presets, schema
from contest.regulations import services as regulations
from contest.regulations.models import Contest

PRESET = "quang_ngai_2025"
DOMAIN = "danvankheo.example"
CHAIR = 1  # the second of a panel chairs it, so that the first is a juror and nothing else


AUTHOR = Somebody("Võ Gia Trà", "Trà Giang", "0700999999", f"tacgia@{DOMAIN}")


@dataclass
class Cast:
    """Who plays."""

    organizer: User
    secretary: User
    payer: User
    panels: dict[str, list[User]]
    council: list[User]
    severities: dict[int, float]
    outlets: dict[str, Outlet]


@dataclass
class Play:
    """The contest as far as it has been played.

    :ivar works: what was invented, by the id of the entry that came of it
    :ivar qualities: how good it is, by the code of the entry
    """

    contest: Contest
    cast: Cast
    random: Random
    shelf: Shelf
    hours: Timetable
    works: dict[int, Work] = field(default_factory=dict)
    qualities: dict[str, float] = field(default_factory=dict)


def hours_of(preset: str) -> Timetable:
    """Give the hours of a contest that is run by a ready regulation."""
    return Timetable(schema.parse(presets.text(preset)))


def begin(seed: int, preset_name: str) -> Play:
    """Found the contest, adopt its regulation, and give everybody their part."""
    random = Random(seed)
    hours = hours_of(preset_name)
    preset = hours.regulation
    launched = hours.launched
    contest = regulations.create_contest(
        slug=preset.slug,
        name=preset.name,
        short_name=preset.short_name,
        preset=preset_name,
        by=None,
        now=launched,
        is_demo=True,
    )
    organizer = person("bantochuc", "Trần Hoài Giang", Role.ORGANIZER, contest, launched)
    regulations.adopt(
        contest,
        decision_number="01-TL/BTC",
        decision_date=preset.calendar.launched_on,
        signer=preset.letterhead.signer_name,
        by=organizer,
        now=launched,
    )
    people = invented(Random(seed + 1))
    cast = _cast(contest, organizer, people, random, hours.receives[0])
    return Play(contest, cast, random, Shelf(seed), hours)


def _cast(contest: Contest, organizer: User, people: Iterator[Somebody], random: Random, now: datetime) -> Cast:
    secretary = person("thuky", "Ngô Hoài Khuê", Role.SECRETARY, contest, now)
    person("giamsat", "Lương Quốc Bình", Role.OBSERVER, contest, now)
    payer = person("chithuong", "Cao Bích Quyên", Role.PAYER, contest, now)
    outlets = {room.name: _outlet(room.name, room.kind, room.valid_from, room.valid_until) for room in NEWSROOMS}
    for room in NEWSROOMS:
        if room.successor:
            outlets[room.name].successor_id = outlets[room.successor].id
    representative = person("toasoan", "Đặng Thu Hạnh", None, contest, now)
    accounts.grant_role(
        contest.id, representative, Role.OUTLET, by=organizer, now=now, outlet_id=outlets["Tạp chí Cẩm Thành"].id
    )
    first, *later = contest.regulation.rounds
    panels: dict[str, list[User]] = {}
    number = 0
    for panel in contest.regulation.panels_of(first):
        panels[panel.code] = []
        for _ in range(first.panel_size):
            number += 1
            somebody = next(people)
            panels[panel.code].append(person(f"giamkhao{number}", somebody.name, Role.JUROR, contest, now))
        accounts.grant_role(contest.id, panels[panel.code][CHAIR], Role.CHAIR, by=organizer, now=now)
    council = []
    for place in range(1, max((rule.panel_size for rule in later), default=0) + 1):
        somebody = next(people)
        council.append(person(f"hoidong{place}", somebody.name, Role.JUROR, contest, now))
    if council:
        accounts.grant_role(contest.id, council[CHAIR], Role.CHAIR, by=organizer, now=now)
    jurors = [juror for panel in panels.values() for juror in panel] + council
    return Cast(
        organizer=organizer,
        secretary=secretary,
        payer=payer,
        panels=panels,
        council=council,
        severities={juror.id: random.gauss(0, 2.5) for juror in jurors},
        outlets=outlets,
    )


@cache
def _password_hash() -> passwords.PasswordHash:
    return passwords.hashed(passwords.DEMO_PASSWORD)


def person(account: str, name: str, role: Role | None, contest: Contest, now: datetime) -> User:
    address = account if "@" in account else f"{account}@{DOMAIN}"
    user = accounts.create_user(
        name=name, email=address, password_hash=_password_hash(), founder=role == Role.ORGANIZER, now=now
    )
    user.is_demo = True
    if role is not None:
        accounts.grant_role(contest.id, user, role, by=None, now=now)
    return user


def _outlet(name: str, kind: str, valid_from: date | None, valid_until: date | None) -> Outlet:
    return accounts.save_outlet(
        None, name=name, kind=OutletKind(kind), valid_from=valid_from, valid_until=valid_until, successor_id=None
    )
