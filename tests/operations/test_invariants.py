"""What must always hold holds in a demo contest, and every kind of damage is found and named."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import String, cast, select, text, update

from contest import create_app, migrations, storage
from contest.accounts.models import User
from contest.audit import protection
from contest.audit.models import AuditLine
from contest.certificates.models import Certificate
from contest.database import db
from contest.demo.commands import PRESET, load
from contest.demo.timetable import Phase
from contest.entries.models import Byline, Entry, EntryRevision, EntryState
from contest.judging.models import Assignment, Ballot, PanelMember, Round, ScoreSheet, Sitting
from contest.mail import Letter
from contest.operations import invariants
from contest.results.models import Decision, RoundResult
from tests import engines, stores
from tests.makers.accounts import sign_in

WORKS = 24


@pytest.fixture(scope="module")
def final(tmp_path_factory) -> Iterator[Any]:
    """A demo contest whose last round is running."""
    yield from played(Phase.FINAL, tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Iterator[Any]:
    """A demo contest whose results are public."""
    yield from played(Phase.PUBLISHED, tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def voted(tmp_path_factory) -> Iterator[Any]:
    """A demo contest whose council has voted on its prizes, and whose results are public."""
    yield from played(Phase.PUBLISHED, tmp_path_factory.mktemp("demo"), "bo_phieu")


def played(phase: Phase, folder: Any, preset: str = PRESET) -> Iterator[Any]:
    app = create_app(engines.settings(folder))
    with app.app_context():
        migrations.upgrade()
        load(phase, WORKS, 2025, preset)
        db.session.remove()
        db.engine.dispose()
    yield app


@pytest.fixture
def rows(published) -> Iterator[Any]:
    """The rows of the published demo; what is changed in them is forgotten afterwards."""
    with published.app_context():
        yield db.session
        db.session.rollback()


@pytest.fixture
def votes(voted) -> Iterator[Any]:
    """The rows of the demo in which a council voted; what is changed in them is forgotten afterwards."""
    with voted.app_context():
        yield db.session
        db.session.rollback()


def first(kind: Any, *where: Any) -> Any:
    return db.session.scalars(select(kind).where(*where).limit(1)).one()


def change(kind: Any, row: Any, **values: Any) -> None:
    """Change a row as somebody with a shell would, past everything the application does."""
    protection.lift(db.session.connection())
    db.session.execute(update(kind).where(kind.id == row.id).values(**values))
    db.session.expire_all()


def besides_rows() -> list[str]:
    """What does not hold, but for rows that are not as the log binds them: `tests/audit` is about those."""
    return [sentence for sentence in invariants.broken() if not sentence.startswith("Hàng ")]


def test_everything_that_must_hold_holds_while_a_round_runs(final):
    with final.app_context():
        assert invariants.broken() == []


def test_everything_that_must_hold_holds_after_publication(rows):
    assert invariants.broken() == []


def test_a_mark_changed_in_the_database_is_named(rows):
    sheet = first(ScoreSheet)
    work = db.session.get_one(Entry, db.session.get_one(Assignment, sheet.assignment_id).entry_id)
    code = next(iter(sheet.marks))
    change(ScoreSheet, sheet, marks=sheet.marks | {code: sheet.marks[code] - 50})

    assert besides_rows() == [
        f"Phiếu {sheet.id} của tác phẩm {work.code} không còn nguyên như lúc gửi.",
        "Phần sheets của vòng so_khao không còn như lúc chốt.",
    ]


def test_a_mark_above_its_scale_is_named(rows):
    sheet = first(ScoreSheet)
    change(ScoreSheet, sheet, marks=sheet.marks | {next(iter(sheet.marks)): 100_000})

    assert any("không đúng thang điểm" in sentence for sentence in invariants.broken())


def test_a_sheet_sent_after_sealing_is_named(rows):
    sheet = first(ScoreSheet)
    change(ScoreSheet, sheet, submitted_at=first(Round).sealed_at + timedelta(minutes=1))

    found = invariants.broken()
    assert f"score_sheet {sheet.id} thay đổi sau khi vòng so_khao đã chốt." in found
    assert any("ngoài thời gian của vòng so_khao" in sentence for sentence in found)


def test_a_sheet_of_a_juror_who_had_stepped_back_is_named(rows):
    sheet = first(ScoreSheet)
    assignment = db.session.get_one(Assignment, sheet.assignment_id)
    change(Assignment, assignment, recused_at=sheet.submitted_at - timedelta(minutes=1))

    assert (
        len([sentence for sentence in invariants.broken() if "do một giám khảo đã từ chối chấm gửi" in sentence]) == 1
    )


def test_everything_that_must_hold_holds_where_a_council_voted(votes):
    assert invariants.broken() == []


def test_a_vote_changed_in_the_database_is_named(votes):
    ballot = first(Ballot, cast(Ballot.choice, String) != "{}")
    subject, value = next(iter(ballot.choice.items()))
    change(Ballot, ballot, choice=ballot.choice | {subject: "no" if value == "yes" else "yes"})

    assert f"Phiếu biểu quyết {ballot.id} của vòng chung_khao không còn nguyên như lúc bỏ." in invariants.broken()


def test_a_vote_cast_after_sealing_or_left_out_of_the_log_is_named(votes):
    ballot = first(Ballot)
    sealed_at = db.session.scalars(select(Round.sealed_at).join(Sitting, Sitting.round_id == Round.id).limit(1)).one()
    change(Ballot, ballot, cast_at=sealed_at + timedelta(minutes=1), sha256="0" * 64)

    found = invariants.broken()
    assert f"ballot {ballot.id} thay đổi sau khi vòng chung_khao đã chốt." in found
    assert f"ballot {ballot.id} không có trong nhật ký." in found


def test_a_vote_of_somebody_who_is_not_on_the_council_is_named(votes):
    ballot = first(Ballot)
    member = PanelMember.__table__
    db.session.execute(member.delete().where(member.c.user_id == ballot.voter_id))

    found = [sentence for sentence in invariants.broken() if "không thuộc Hội đồng" in sentence]
    assert f"Phiếu biểu quyết {ballot.id} của vòng chung_khao là của người không thuộc Hội đồng." in found


def test_a_revision_of_a_vote_that_was_taken_out_is_named(votes):
    ballot = first(Ballot)
    change(Ballot, ballot, revision=2)

    assert f"Phiếu biểu quyết ở lần bỏ phiếu {ballot.sitting_id} không được đánh số liên tục." in invariants.broken()


def test_a_sealed_result_that_was_rewritten_with_its_hash_does_not_come_out_again(rows):
    from contest.results.record import fingerprint

    result = first(RoundResult)
    document = json.loads(json.dumps(result.result))
    lines = document["groups"][0]["lines"]
    lines[0]["place"], lines[-1]["place"] = lines[-1]["place"], lines[0]["place"]
    protection.lift(db.session.connection())
    sealed = update(RoundResult).where(RoundResult.round_id == result.round_id)
    db.session.execute(sealed.values(result=document, sha256=fingerprint(document)))
    db.session.expire_all()

    assert besides_rows() == [
        "Tính lại kết quả vòng so_khao không ra như đã chốt.",
        f"round_result {result.round_id} không có trong nhật ký.",
    ]


def test_a_sheet_that_counts_and_is_called_one_that_only_compares_is_named(rows):
    sheet = first(ScoreSheet)
    assignment = db.session.get_one(Assignment, sheet.assignment_id)
    change(Assignment, assignment, advisory=True)

    code = db.session.get_one(Round, assignment.round_id).code
    sentence = f"Kết quả của vòng {code} tính cả phiếu {sheet.sha256}, là phiếu chỉ để đối chiếu."
    assert sentence in invariants.broken()


def test_a_decision_that_was_rewritten_is_named(rows):
    decision = first(Decision)
    change(Decision, decision, copy=decision.copy | {"awards": decision.copy["awards"][1:]})

    found = invariants.broken()
    assert f"decision {decision.id} không còn nguyên như lúc chốt." in found
    assert "Giấy chứng nhận số 1 ghi một giải không có trong quyết định." in found


def test_a_gap_in_the_register_is_named(rows):
    certificate = first(Certificate, Certificate.number == 2)
    change(Certificate, certificate, number=2000)

    assert besides_rows() == ["Sổ giấy chứng nhận của cuộc thi dan-van-kheo-2025 bị hụt số."]


def test_a_revision_or_a_name_that_was_changed_is_named(rows):
    sent, line = first(EntryRevision), first(Byline, Byline.revision_id == 2)
    other = db.session.get_one(EntryRevision, 2)
    change(EntryRevision, sent, content=sent.content | {"title": "Khác"})
    db.session.execute(update(Byline).where(Byline.revision_id == line.revision_id).values(name="Người Khác"))

    works = {entry.id: entry.code for entry in db.session.scalars(select(Entry))}
    assert besides_rows() == [
        f"Bản 1 của tác phẩm {works[sent.entry_id]} không còn nguyên như lúc gửi.",
        f"Tên tác giả ở bản 1 của tác phẩm {works[other.entry_id]} đã bị sửa.",
    ]


def test_a_name_that_was_erased_is_no_damage(rows):
    line = first(Byline)
    db.session.execute(
        update(Byline).where(Byline.revision_id == line.revision_id, Byline.position == line.position).values(name="")
    )
    db.session.execute(text("UPDATE person SET erased_at = created_at WHERE id = :id"), {"id": line.person_id})

    assert invariants.broken() == []


def test_a_work_without_its_revision_is_named(rows):
    entry = first(Entry, Entry.state == EntryState.ACCEPTED)
    change(Entry, entry, revision_id=None)

    assert invariants.broken() == [f"Tác phẩm số {entry.id} đã gửi nhưng thiếu mã số hoặc thiếu bản đã gửi."]


def test_a_file_that_is_lost_or_altered_is_named(rows):
    lost, altered = db.session.scalars(select(storage.Blob.sha256).order_by(storage.Blob.sha256).limit(2))
    kept = {sha256: b"".join(storage.read(sha256)) for sha256 in (lost, altered)}
    try:
        stores.lose(lost)
        stores.alter(altered, kept[altered][:-1] + b"?")
        found = invariants.broken()
    finally:
        for sha256, content in kept.items():
            stores.alter(sha256, content)

    assert sorted(found) == [f"Kho tệp thiếu tệp {lost}.", f"Tệp {altered} trong kho không còn nguyên như lúc lưu."]


def test_a_line_of_the_log_that_was_changed_or_cut_off_is_named(rows):
    line = first(AuditLine, AuditLine.chain == 1, AuditLine.number == 7)
    change(AuditLine, line, action="entry.accepted")
    assert besides_rows() == ["Dòng 7 trong nhật ký của cuộc thi 1 không khớp."]
    db.session.rollback()

    decision = first(Decision)
    number = first(AuditLine, AuditLine.chain == 1, AuditLine.action == "decision.recorded").number
    protection.lift(db.session.connection())
    db.session.execute(AuditLine.__table__.delete().where(AuditLine.chain == 1, AuditLine.number >= number))
    assert besides_rows() == [
        f"Dòng {number} trong nhật ký của cuộc thi 1 không khớp.",
        f"decision {decision.id} không có trong nhật ký.",
    ]


def test_a_closed_account_with_a_session_is_named(rows, published):
    user = first(User)
    sign_in(published.test_client(), user)
    change(User, user, disabled_at=user.created_at)

    assert invariants.broken() == [f"Tài khoản {user.subject} đã khóa nhưng vẫn còn phiên đăng nhập."]


def test_words_apart_from_their_marks_are_named(rows):
    change(Letter, first(Letter), subject="D\u00e2n va\u0323\u0302n")

    assert invariants.broken() == ["1 đoạn chữ ở letter.subject không ở dạng NFC."]


@pytest.mark.only_on("sqlite")
def test_moments_without_their_zone_are_named(rows):
    db.session.execute(text("UPDATE letter SET created_at = '2025-08-01T07:00:00+07:00' WHERE id = 1"))

    assert invariants.broken() == ["1 thời điểm ở letter.created_at không được lưu theo giờ UTC."]


@pytest.mark.only_on("sqlite")
def test_a_reference_to_nothing_is_named(published):
    aside = sqlite3.connect(Path(published.instance_path) / "contest.sqlite")  # a library that asks for no references
    (outlet,) = aside.execute("SELECT outlet_id FROM entry WHERE id = 1").fetchone()
    with aside:
        aside.execute("UPDATE entry SET outlet_id = 9999 WHERE id = 1")

    with published.app_context():
        found = invariants.broken()

    with aside:
        aside.execute("UPDATE entry SET outlet_id = ? WHERE id = 1", (outlet,))
    aside.close()
    assert found == ["Dòng 1 của bảng entry trỏ tới một dòng không có trong bảng outlet."]
