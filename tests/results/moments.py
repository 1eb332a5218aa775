"""The same contest twice, up to the marks: whoever may not see results gets the same answers from both.

Each of the two is taken from the last sheet to the wall. Which works win, with what mean and for what money differs
between them, and nothing else: an answer that differs tells something of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pypdfium2
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from contest import clock, jobs
from contest.certificates import seal
from contest.certificates import services as certificates
from contest.certificates.models import Certificate
from contest.database import db, transaction
from contest.entries.models import Entry, RevisionExemplar
from contest.judging.models import Round
from contest.regulations.models import Contest
from contest.results import queries, services
from contest.results.visibility import Fact, Moment, Viewer, may_see, viewers
from tests import engines
from tests.browser import Browser
from tests.doors import DOORS, Door
from tests.makers.accounts import make_member, make_user, sign_in
from tests.makers.home import make_exemplar, make_story
from tests.makers.judging import make_panel, make_round
from tests.makers.regulations import make_contest
from tests.makers.results import after, decision_words, judge, later, make_jurors, make_works

SHARES = (98, 88, 76, 62, 70)
"""What four of five jurors give the works, in per cent; in the second telling in the other order."""
SAME = 80
"""What the fifth gives all works: their own sheets tell them nothing."""
MEANS = re.compile(r"(?<![\d.,])(?:76[.,]4|64[.,]8)0?(?![\d.,]*\d)|\b(?:7640|6480)/1\b|\b(?:382|324)/5\b")
"""Of the third work and the fourth, as pages and records write them."""
PAID = re.compile(r"45[.,]?000[.,]?000")
"""What all prizes come to: the sum of each is in the regulation, that so many are given is not."""

OWN = {"calibration.own": Fact.OWN_SEVERITY}
"""Addresses that tell a person something of themselves, and what."""
RESULTS = frozenset(Fact) - {Fact.COMPLETENESS, Fact.OWN_LINE, *OWN.values()}
OPENED = {
    "round": ("chung_khao", "so_khao"),
    "group": ("BAO_IN",),
    "panel": ("BAO_IN",),
    "tier": ("A",),
    "prize": ("A",),
    "act": ("thu-hoi",),
    "entry_code": ("BI-0001", "BI-0004"),
    "kind": ("pdf", "xlsx", "docx"),
    "slug": ("dan-van-kheo",),
    "topic": ("tac-gia", "lien-he"),
    "step": ("tac-pham",),
    "digest": ("0",),
    "words": ("to-dan-van-thon-1",),
}
"""What stands in places of addresses that are called so."""
WORDS = ("chung_khao", "BI-0001", "BI-0004", "{certificate}", "{sha256}", "quyet-dinh")
"""What stands in every other place that takes words; in one that takes a number the first rows of a table stand."""
NUMBERS = (1, 2)
COUNTERS = ("upkeep.measured",)
"""What a process tells of its own requests: how often it was asked before, by this test too."""
MOST = 8
"""Addresses of one rule that are asked for."""

TODAY = re.compile(r'<time class="[^"]*today".*?</time>', re.DOTALL)
TOKEN = re.compile(r"\bI[\w-]{40,}\.[\w-]{6}\.[\w-]{27}")
START = re.compile(r'name="start_key"[^>]*')
HASH = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{16})\b|(?:\b[0-9a-f]{4} ){7,}[0-9a-f]{4}\b")
PICTURE = re.compile(r"data:image/png;base64,[\w+/=]+")
SECRET = re.compile(r'\b(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}\b|"challenge": ?"[\w-]+"|name="sealed"[^>]*')
MOMENT = re.compile(r"\b\d{4}-\d\d-\d\dT[\d:]+\.\d{6}\+00:00")
"""To the millionth: the hour at which this was asked."""
CODE = re.compile(r"\b(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}\b")


@dataclass
class Told:
    """One of the two tellings, at one moment."""

    app: Flask
    contest_id: int
    round_id: int
    people: dict[Viewer, Any]
    organizer: int
    panel: list[int]
    entries: list[int]
    rows: engines.Rows
    now: datetime
    steps: dict[Moment, datetime] = field(default_factory=dict)

    @property
    def contest(self) -> Contest:
        """The contest."""
        return db.session.get_one(Contest, self.contest_id)


def begun(app: Flask) -> Told:
    """A contest with its people and works before the first sheet, kept so that it can be told twice."""
    contest = make_contest()
    organizer = make_member(contest, "organizer")
    people: dict[Viewer, Any] = {Viewer.PUBLIC: None, Viewer.AUTHOR: make_user().id, Viewer.ORGANIZER: organizer.id}
    make_round(contest, "so_khao", sealed_at=contest.regulation.round("so_khao").closes)
    entries = make_works(contest, make_user(), len(SHARES))
    round_ = make_round(contest, "chung_khao", entries=entries)
    panel = make_jurors(contest, 5)
    make_panel(round_, panel)
    tell_of(contest, entries, organizer)
    people[Viewer.JUROR] = panel[-1].id
    people |= {viewer: make_member(contest, viewer).id for viewer in Viewer if viewer not in people}
    db.session.commit()
    told = Told(
        app,
        contest.id,
        round_.id,
        people,
        organizer.id,
        [juror.id for juror in panel],
        [entry.id for entry in entries],
        engines.chosen().rows(app),
        after(contest),
    )
    told.rows.keep("begun")
    return told


def tell_of(contest: Contest, entries: list[Entry], by: Any) -> None:
    """Give every work an exemplar of which the organizers say something; of the first one they tell everybody."""
    for number, entry in enumerate(entries, 1):
        exemplar = make_exemplar(contest, f"Tổ dân vận thôn {number}", "xã Ba Giang, huyện Ba Tơ")
        exemplar.portrait, exemplar.replicated_at = f"Chân dung số {number}.", contest.created_at
        db.session.add(RevisionExemplar(revision_id=entry.revision_id, exemplar_id=exemplar.id, position=1))
        if number == 1:
            make_story(exemplar, by)


def tell(told: Told, shares: tuple[int, ...], moment: Moment) -> None:
    """Take the contest to a moment, with marks of its own."""
    from contest.accounts.models import User

    db.session.remove()
    told.rows.begin_with("begun")
    clock.set_to(told.now)
    round_ = db.session.get_one(Round, told.round_id)
    panel = [db.session.get_one(User, number) for number in told.panel]
    for number, share in zip(told.entries, shares, strict=True):
        judge(round_, db.session.get_one(Entry, number), panel, (share, share, share, share, SAME))
    db.session.commit()
    for step in _steps(told)[: moment.rank]:
        step()
    assert queries.moment_of(told.contest) is moment


def _steps(told: Told) -> list[Any]:
    """The acts that lead from each moment to the next."""
    from contest.accounts.models import User

    def by() -> User:
        return db.session.get_one(User, told.organizer)

    def seal_last() -> None:
        with transaction():
            services.seal_round(db.session.get_one(Round, told.round_id), by=by(), now=told.now)

    def propose() -> None:
        with transaction():
            services.propose(told.contest, by=by(), now=told.now)

    def approve() -> None:
        with transaction():
            services.approve(told.contest, body="Ban Tổ chức", held_on=told.now.date(), by=by(), now=told.now)

    def post() -> None:
        with transaction():
            services.post_list(told.contest, by=by(), now=told.now)

    def decide() -> None:
        posting = queries.newest_posting(told.contest)
        assert posting is not None
        now = later(posting)
        clock.set_to(now)
        with transaction():
            services.decide(told.contest, **decision_words(now.date()), by=by(), now=now)

    def prepare() -> None:
        now = clock.now()
        with transaction():
            certificates.prepare(told.contest, key=seal.signing_key(Path(told.app.instance_path)), by=by(), now=now)
        with transaction():
            certificates.request_drawing(told.contest, by=by(), now=now)
        while jobs.work_once():
            pass

    def publish() -> None:
        with transaction():
            services.publish(told.contest, by=by(), now=clock.now() + timedelta(minutes=1))

    return [seal_last, propose, approve, post, decide, prepare, publish]


@dataclass(frozen=True)
class Answer:
    """What somebody is told at an address.

    :ivar said: what a person or a program can read in it, without what is another one at every moment
    """

    endpoint: str
    path: str
    status: int
    head: tuple[tuple[str, str], ...]
    said: str


def ask_everywhere(told: Told, viewer: Viewer, *, slow: bool = False, room: str = "") -> Iterator[Answer]:
    """Ask every address that there is, as somebody, in the order of the map.

    :param slow: also those that draw something
    :param room: only of those whose name begins so
    """
    from contest.accounts.models import User

    visitor = Browser(told.app)
    person = told.people[viewer]
    if person is not None:
        sign_in(visitor.client, db.session.get_one(User, person))
    certificate = db.session.scalar(select(Certificate).order_by(Certificate.number).limit(1))
    places = {
        "certificate": certificate.shown_code if certificate is not None else "0000-0000-0000-0000-0000",
        "sha256": (certificate.sha256 if certificate is not None else None) or "0" * 64,
    }
    db.session.remove()
    for rule in sorted(told.app.url_map.iter_rules(), key=lambda each: (each.endpoint, each.rule)):
        if not rule.endpoint.startswith(room) or rule.endpoint in COUNTERS:
            continue
        if "GET" not in (rule.methods or ()) or (DOORS.get(rule.endpoint, Door()).slow and not slow):
            continue
        for path in addresses_of(told.app, rule):
            response = visitor.request("GET", path.format(**places), buffered=True)
            yield Answer(rule.endpoint, path, response.status_code, _head(response.headers), _said(response))


def addresses_of(app: Flask, rule: Rule) -> list[str]:
    """Write the addresses of a rule with something in each of its places."""
    pools = []
    for name in sorted(rule.arguments):
        converter = type(rule._converters[name]).__name__ if name in rule._converters else ""
        known = OPENED.get(name, NUMBERS if converter in ("RowNumber", "IntegerConverter") else WORDS)
        pools.append([(name, value) for value in known])
    found = []
    adapter = app.url_map.bind("localhost")
    for values in list(product(*pools)):
        try:
            path = adapter.build(rule.endpoint, dict(values))
        except Exception:  # noqa: S112 - a place that does not take this word
            continue
        found.append(path.replace("%7B", "{").replace("%7D", "}"))
    return found[:MOST]


HEADS = ("Content-Type", "Cache-Control", "Location", "Content-Disposition", "Vary", "X-Robots-Tag", "Last-Modified")


def _head(headers: Any) -> tuple[tuple[str, str], ...]:
    return tuple((name, _plain(headers[name])) for name in HEADS if name in headers)


def _said(response: Any) -> str:
    content, kind = response.data, response.mimetype
    if kind == "application/pdf":
        with pypdfium2.PdfDocument(content) as document:
            text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    elif kind == "application/zip" or kind.startswith("application/vnd.openxmlformats"):
        with ZipFile(BytesIO(content)) as packed:
            text = "\n".join(
                packed.read(name).decode("utf-8", "replace") for name in sorted(packed.namelist()) if "core" not in name
            )
    elif kind.startswith(("text/", "application/json", "application/atom", "application/xml", "image/svg")):
        text = content.decode("utf-8", "replace")
    else:
        return repr(content)
    return _plain(text)


def _plain(text: str) -> str:
    """Leave out what is another one at every moment, or drawn by lot: it tells nothing."""
    for pattern in (TODAY, TOKEN, START, HASH, PICTURE, SECRET, MOMENT, CODE):
        text = pattern.sub("", text)
    return text


def sees_nothing(viewer: Viewer, moment: Moment) -> bool:
    """Whether the table lets somebody see nothing of the results; what is a person's own is not among it here."""
    quality = viewers({viewer} - {Viewer.PUBLIC, Viewer.AUTHOR}, signed_in=viewer is not Viewer.PUBLIC)
    return not any(may_see(fact, quality, moment) for fact in RESULTS)


def may(fact: Fact, viewer: Viewer, moment: Moment) -> bool:
    """Whether the table lets somebody see a fact."""
    quality = viewers({viewer} - {Viewer.PUBLIC, Viewer.AUTHOR}, signed_in=viewer is not Viewer.PUBLIC)
    return may_see(fact, quality, moment)
