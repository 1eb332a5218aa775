"""Whoever is erased is nowhere any more, and everything that was proved still is."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import current_app
from sqlalchemy import inspect, select

from contest import audit, storage
from contest.accounts import services as accounts
from contest.accounts.identity import spoken_phone
from contest.accounts.models import Membership, Person, Role
from contest.accounts.services import invite
from contest.audit import checking
from contest.complaints.services import Sender
from contest.database import db, transaction
from contest.entries import services as entries
from contest.entries.models import Attachment, Entry, EntryState
from contest.home.models import Announcement
from contest.interests.models import Tie
from contest.judging.models import JurorNote, Round, ScoreSheet
from contest.mail import post
from contest.operations.invariants import broken
from contest.privacy import journal, queries, refusals, services
from contest.privacy.background import finish
from contest.privacy.models import DataRequest
from contest.privacy.terms import Standing, Wish
from contest.results import queries as results_queries
from contest.results import services as results
from contest.results.recount import computing, packing, writing
from contest.screening import services as screening
from contest.screening.models import ScreeningAct
from tests.makers.accounts import LONG_AGO, give_office_account, make_member, make_user
from tests.makers.complaints import make_complaint
from tests.makers.entries import byline, make_draft, make_entry
from tests.makers.judging import make_assignment, make_panel, make_round, make_sheet
from tests.makers.regulations import make_contest
from tests.makers.results import after, make_decided, make_jurors, make_posted

NAME = "Trịnh Hoài Kanari"
PEN_NAME = "Sương Kanabut"
EMAIL = "kanari@hoptho.example"
PHONE = "+84905777123"
UNIT = "Thôn Kanadonvi, xã Ba Vì"
BYTES = b"%PDF-1.4 ban thao cua Kanatep"
CANARIES = (NAME, PEN_NAME, EMAIL, PHONE, UNIT, "905777123", "905 777 123", "Kana", "kana", "KANA")
COPIES = ("empty.sqlite", "kept.sqlite")
"""Rows of before, which a test puts back."""


def somebody() -> Any:
    user = make_user(EMAIL, NAME, pen_names=PEN_NAME, phone=PHONE, unit=UNIT)
    give_office_account(user, sub=EMAIL)
    return user


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
    for file in sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in COPIES):
        content = file.read_bytes()
        found += [f"{file.name}: {canary}" for canary in CANARIES if canary.encode() in content]
    with db.engine.connect() as rows:
        for table in inspect(rows).get_table_names():
            for row in rows.exec_driver_sql(f'SELECT * FROM "{table}"'):  # noqa: S608 - names of our own tables
                said = repr(tuple(row))  # of a row itself, only the beginning is told
                found += [f"{table}: {canary}" for canary in CANARIES if canary in said]
    return sorted(set(found))


@pytest.fixture
def contest(app) -> Iterator[Any]:
    yield make_contest()
    (Path(app.instance_path) / journal.FILE).unlink(missing_ok=True)
    (Path(app.instance_path) / "kept.sqlite").unlink(missing_ok=True)


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


def recounted(contest: Any, folder: Path) -> Any:
    """Compute the sealed rounds again from a bundle, as somebody outside would."""
    contents = results_queries.contents_of(contest)
    assert contents is not None
    (folder / "bundle.zip").write_bytes(packing.pack(writing.files(contents)))
    return [(one.place, one.expected) for one in computing.recount(folder / "bundle.zip").differences]


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


def test_of_an_erased_winner_only_the_decision_its_posting_and_the_certificates_go_on_telling(contest, now, tmp_path):
    """The stated legal exception, and nothing else. (G7)"""
    organizer = make_member(contest, "organizer")
    user = somebody()
    judged(contest, user, (92, 86, 84, 50))
    round_ = db.session.scalars(select(Round).where(Round.sealed_at.is_(None))).one()
    with transaction():
        results.seal_round(round_, by=organizer, now=after(contest))
    make_decided(contest, by=organizer)
    already, contest_id, before = broken(), contest.id, recounted(contest, tmp_path)

    erased(asked_and_granted(user, contest, organizer, now), now)

    places = {trace.partition(":")[0] for trace in traces()} - {"contest.sqlite"}
    assert places == {"posting", "decision"}
    assert broken() == already
    assert list(checking.flaws()) == list(checking.flaws(contest_id)) == []
    assert recounted(contest, tmp_path) == before


def test_a_namesake_keeps_their_name_and_the_places_that_may_mean_either_are_told(contest, now):
    organizer = make_member(contest, "organizer")
    user = somebody()
    namesake = make_user(name=NAME)
    work = sent(contest, with_canaries(contest, user))
    with transaction():
        post(key="c", to="x@vidu.example", subject="Họp", text=f"Mời {NAME} dự họp", contest_id=contest.id, now=now)
        screening.note(work, f"Hỏi lại {NAME}", by=organizer, now=now)
    db.session.commit()

    request = asked_and_granted(user, contest, organizer, now)
    erased(request, now)

    request = db.session.scalars(select(DataRequest)).one()
    assert namesake.person.name == NAME
    assert db.session.scalars(select(ScreeningAct.reason)).one() == f"Hỏi lại {request.pseudonym}"
    assert [place.partition(":")[0] for place in request.outcome["left"]] == ["letter.text"]


def test_an_erased_juror_leaves_their_sheets_and_nothing_that_names_them(contest, now):
    organizer = make_member(contest, "organizer")
    user = somebody()
    db.session.add(Membership(contest_id=contest.id, user_id=user.id, role=Role.JUROR, granted_at=LONG_AGO))
    work = make_entry(contest, make_user(name="Bùi Văn Khác"))
    round_ = make_round(contest, contest.regulation.rounds[-1].code, entries=[work])
    make_panel(round_, [user])
    assignment = make_assignment(round_, work, user, reason=f"{NAME} là bạn")
    sheet = make_sheet(assignment, 80, comment=f"{NAME} chấm. Gọi {EMAIL}.")
    db.session.add(JurorNote(assignment_id=assignment.id, version=1, text="Ghi chú Kana", updated_at=LONG_AGO))
    db.session.commit()
    already, marks, sheet_id = broken(), dict(sheet.marks), sheet.id

    erased(asked_and_granted(user, contest, organizer, now), now)

    assert traces() == []
    assert db.session.get(ScoreSheet, sheet_id).marks == marks
    assert broken() == already


def test_what_a_restore_brings_back_is_erased_again(contest, now, rows):
    """The backup was made before the erasure. (G7)"""
    organizer = make_member(contest, "organizer")
    user = somebody()
    sent(contest, with_canaries(contest, user))
    folder = Path(current_app.instance_path)
    db.session.rollback()
    rows.keep("kept")
    erased(asked_and_granted(user, contest, organizer, now), now)

    db.session.remove()
    rows.begin_with("kept")
    assert traces() != []
    with transaction():
        gone = services.reapply(now)
    finish(gone)

    assert traces() == []
    with transaction():
        assert services.reapply(now) == []
    assert [len(line.subjects) for line in journal.lines(folder)] == [2, 2]
    assert NAME not in (folder / journal.FILE).read_text()


def test_a_request_on_paper_reaches_somebody_who_was_only_named(contest, now):
    organizer = make_member(contest, "organizer")
    secretary = make_member(contest, "secretary")
    sender = make_user(name="Bùi Văn Khác")
    rows = [byline(), byline(name=NAME, pen_names=PEN_NAME, phone=PHONE, email=EMAIL, unit=UNIT, lead=False)]
    work = make_entry(contest, sender, bylines=rows)
    [found] = queries.people_like(contest, "hoai kanari")
    assert queries.people_like(contest, "0905 777") == [found]

    with transaction():
        request = services.enter_paper(contest, Wish.ERASURE, "Thư tay", [found.id], by=secretary, now=now)
    with transaction():
        services.decide(request, granted=True, reason="", by=organizer, now=now)
    work_id = work.id
    erased(request, now)

    assert traces() == []
    work = db.session.get(Entry, work_id)
    assert work.state is EntryState.ACCEPTED
    assert len(work.files) > 0


def test_the_only_organizer_of_a_contest_cannot_leave_it_without_one(contest, now):
    organizer = make_member(contest, "organizer")

    with pytest.raises(refusals.WouldLockOut), transaction():
        services.ask(contest, Wish.ERASURE, "", by=organizer, now=now)


def test_a_draft_goes_whole_with_its_files(contest, now):
    organizer = make_member(contest, "organizer")
    user = somebody()
    work = with_canaries(contest, user)
    hashes = [file.sha256 for file in work.attachments]
    assert all(storage.look(sha256) for sha256 in hashes)

    erased(asked_and_granted(user, contest, organizer, now), now)

    assert [storage.look(sha256) for sha256 in hashes] == [None] * len(hashes)
    assert traces() == []
