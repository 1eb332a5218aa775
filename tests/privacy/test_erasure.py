"""Whoever is erased is nowhere any more, and everything that was proved still is."""

from __future__ import annotations

import io
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import current_app
from sqlalchemy import select

from contest import audit, storage
from contest.accounts import services as accounts
from contest.accounts.identity import spoken_phone
from contest.accounts.models import Person, Role
from contest.accounts.services import invite
from contest.audit import checking
from contest.complaints.services import Sender
from contest.database import db, transaction
from contest.entries import services as entries
from contest.entries.models import Attachment, Entry, EntryState
from contest.home.models import Announcement
from contest.interests.models import Tie
from contest.judging.models import JurorNote
from contest.mail import post
from contest.operations.invariants import broken
from contest.privacy import services
from contest.privacy.background import finish
from contest.privacy.models import DataRequest
from contest.privacy.terms import Standing, Wish
from contest.results import services as results
from contest.screening import services as screening
from tests.makers.accounts import LONG_AGO, make_member, make_user
from tests.makers.complaints import make_complaint
from tests.makers.entries import byline, make_draft, make_entry
from tests.makers.judging import make_assignment, make_panel, make_round, make_sheet
from tests.makers.regulations import make_contest
from tests.makers.results import after, make_jurors, make_posted

NAME = "Trịnh Hoài Kanari"
PEN_NAME = "Sương Kanabut"
EMAIL = "kanari@hoptho.example"
PHONE = "+84905777123"
UNIT = "Thôn Kanadonvi, xã Ba Vì"
BYTES = b"%PDF-1.4 ban thao cua Kanatep"
CANARIES = (NAME, PEN_NAME, EMAIL, PHONE, UNIT, "905777123", "905 777 123", "Kana", "kana", "KANA")


def somebody() -> Any:
    return make_user(EMAIL, NAME, pen_names=PEN_NAME, phone=PHONE, unit=UNIT)


def with_canaries(contest: Any, user: Any, **typed: Any) -> Entry:
    """A work that names its author wherever somebody can type."""
    row = byline(name=NAME, pen_names=PEN_NAME, phone=PHONE, email=EMAIL, unit=UNIT)
    work = make_draft(
        contest,
        user,
        title=f"Chuyện {NAME} kể",
        summary=f"{NAME} ({PEN_NAME}) viết. Liên hệ {spoken_phone(PHONE)}, {EMAIL}.",
        bylines=[row],
        **typed,
    )
    with transaction():
        received = storage.receive(io.BytesIO(BYTES + str(work.id).encode()), limit=1_000_000)
        blob = storage.register(received, sniffed=storage.Sniffed(storage.Kind("pdf"), "application/pdf"))
        slot = contest.regulation.category("BAO_IN").slots[0].code
        moment = contest.regulation.calendar.receipt.closes - timedelta(hours=1)
        entries.attach(work, slot, blob, f"{NAME} - bài.pdf", begun_at=moment, by=user, now=moment)
    return work


def sent(contest: Any, work: Entry, state: EntryState = EntryState.ACCEPTED) -> Entry:
    moment = contest.regulation.calendar.receipt.closes - timedelta(hours=1)
    with transaction():
        entries.submit(work, by=work.owner, now=moment)
    with transaction():
        work.state = state
    return work


def asked_and_granted(user: Any, contest: Any, organizer: Any, now: Any) -> DataRequest:
    with transaction():
        request = services.ask(contest, Wish.ERASURE, f"Tôi là {NAME}.", by=user, now=now)
    with transaction():
        services.decide(request, granted=True, reason="", by=organizer, now=now)
    return request


def erased(request: DataRequest, now: Any) -> None:
    with transaction():
        gone = services.carry_out(request, now=now)
    finish(gone)


def traces() -> list[str]:
    """Name every table and file of the instance in which something of the person stands, byte by byte."""
    folder = Path(current_app.instance_path)
    found = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "empty.sqlite"):
        content = file.read_bytes()
        found += [f"{file.name}: {canary}" for canary in CANARIES if canary.encode() in content]
    with sqlite3.connect(folder / "contest.sqlite") as rows:
        for (table,) in rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in rows.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - names of our own tables
                said = repr(row)
                found += [f"{table}: {canary}" for canary in CANARIES if canary in said]
    return sorted(set(found))


@pytest.fixture
def contest(app) -> Any:
    return make_contest()


def judged(contest: Any, user: Any, shares: tuple[int, ...]) -> tuple[Any, list[Entry]]:
    """Real works of several authors, marked by five jurors; the first is that of the person."""
    others = make_user(name="Bùi Văn Khác")
    works = [sent(contest, with_canaries(contest, user))]
    works += [make_entry(contest, others) for _ in shares[1:]]
    jurors = make_jurors(contest, 5)
    for rule in contest.regulation.rounds[:-1]:
        make_round(contest, rule.code, sealed_at=rule.closes)
    last = contest.regulation.rounds[-1]
    round_ = make_round(contest, last.code, entries=works)
    make_panel(round_, jurors)
    for work, share in zip(works, shares, strict=True):
        for juror in jurors:
            assignment = make_assignment(round_, work, juror)
            make_sheet(assignment, share, comment=f"Bài của {NAME} viết chắc tay.")
    db.session.add(JurorNote(assignment_id=assignment.id, version=1, text=f"Hỏi lại {NAME}", updated_at=LONG_AGO))
    db.session.add(Tie(contest_id=contest.id, user_id=jurors[1].id, name=NAME, key="trinh hoai kanari", at=LONG_AGO))
    db.session.commit()
    return round_, works


def mentioned_elsewhere(contest: Any, user: Any, organizer: Any, work: Entry, now: Any) -> None:
    """Put the name where other people type."""
    with transaction():
        screening.note(work, f"Đã gọi {NAME} theo số {spoken_phone(PHONE)}.", by=organizer, now=now)
        post(key="a", to=EMAIL, subject=f"Gửi {NAME}", text=f"Kính gửi {NAME}", contest_id=contest.id, now=now)
        post(key="b", to="toasoan@vidu.example", subject="Bài", text=f"của {NAME}, {EMAIL}", now=now)
        invite(contest, email=EMAIL, name=NAME, role=Role.JUROR, by=organizer, now=now)
        accounts.open_session(user, device="Kanafox", address="10.1.2.3", now=now, oldest=timedelta(days=1))
        accounts.ask_new_email(user, "kana.moi@hoptho.example", now=now)
        db.session.add(
            Announcement(
                contest_id=contest.id,
                created_by_id=organizer.id,
                title=f"Gặp gỡ {NAME}",
                text=f"Tác giả {NAME.upper()} nói chuyện.",
                created_at=now,
                updated_at=now,
            )
        )


def test_an_erased_author_is_in_no_table_file_letter_or_log_and_every_proof_still_holds(contest, now):
    """An author without a prize, with their name in every field that anybody can type in. (G7)"""
    organizer = make_member(contest, "organizer")
    user = somebody()
    with_canaries(contest, user)
    round_, works = judged(contest, user, (50, 92, 86, 84))
    with transaction():
        results.seal_round(round_, by=organizer, now=after(contest))
    make_posted(contest, by=organizer)
    make_complaint(contest, sender=Sender(NAME, email=EMAIL, phone=PHONE, unit=UNIT))
    mentioned_elsewhere(contest, user, organizer, works[0], now)
    assert len({trace.partition(":")[0] for trace in traces()}) > 12
    already, contest_id, work_id = broken(), contest.id, works[0].id

    request = asked_and_granted(user, contest, organizer, now)
    erased(request, now)

    assert traces() == []
    request = db.session.scalars(select(DataRequest)).one()
    assert request.standing is Standing.DONE
    assert db.session.get(Person, request.person_ids[0]).name == request.pseudonym
    assert broken() == already
    assert [audit.verify(chain) for chain in (0, contest_id)] == [None, None]
    assert list(checking.flaws()) == list(checking.flaws(contest_id)) == []
    assert db.session.scalars(select(Attachment).where(Attachment.entry_id == work_id)).all() == []
