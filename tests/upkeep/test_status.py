"""What the staff sees of the machine, what a program hears, and what becomes of each fault."""

from __future__ import annotations

import io
import json
import logging
import re
import shutil
import socket
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from flask import g
from pydantic import SecretStr
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from contest import audit, clock, jobs, mail, storage
from contest.audit.models import AuditLine
from contest.database import db, transaction
from contest.jobs import Job, JobState
from contest.mail.models import Letter, LetterState
from contest.operations.work import work
from contest.storage.errors import StorageFull
from contest.upkeep import queries
from contest.upkeep.background import note_pulse
from contest.web import logs
from contest.web.formats import as_datetime
from tests import stores
from tests.makers.accounts import make_member, make_user
from tests.makers.entries import make_entry
from tests.makers.regulations import make_contest
from tests.makers.storage import make_blob, pdf_bytes


@pytest.fixture
def set_to(app):
    """Run the application with other settings for a while."""
    before, smtp = app.config["SETTINGS"], app.config["SMTP_URL"]

    def change(**values):
        app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update=values)

    yield change
    app.config["SETTINGS"], app.config["SMTP_URL"] = before, smtp


def states():
    """How each line stands."""
    db.session.rollback()
    return {state.code: state.is_well for state in queries.states(clock.now())}


def said(code):
    db.session.rollback()
    return next(state.says for state in queries.states(clock.now()) if state.code == code)


@pytest.fixture
def well(app, monkeypatch):
    """Nothing is wrong: tables made by the tests count as having the newest shape, and a worker was seen."""
    monkeypatch.setattr("contest.migrations.is_current", lambda: True)
    note_pulse()
    assert set(states().values()) <= {True, None}


def test_the_staff_sees_a_line_for_everything_and_what_to_do(well, browser):
    contest = make_contest()
    secretary = browser(make_member(contest, "secretary"))
    page = secretary.get(f"/{contest.slug}/ban-thu-ky/may/").text
    assert "Không có sự cố." in page

    clock.set_to(clock.now() + timedelta(minutes=5))

    page = secretary.get(f"/{contest.slug}/ban-thu-ky/may/").text
    assert "1 hạng mục cần người vận hành máy xử lý." in page
    assert "Không thấy tiến trình nền từ" in page


def test_a_worker_that_died_is_a_red_line_until_one_works_again(app, well):
    """(G1)"""
    clock.set_to(clock.now() + timedelta(minutes=5))
    assert states()["worker"] is False

    with transaction():
        jobs.enqueue("test.long", {}, key="long", now=clock.now())
        jobs.services.take(clock.now(), "test.long")
    assert states()["worker"] is True  # it is at a piece of work, and gives no pulse meanwhile

    with transaction():
        db.session.execute(Job.__table__.delete())
    note_pulse()
    assert states()["worker"] is True


def test_no_file_takes_the_room_that_is_left_to_the_rows(app, well, set_to, browser):
    """Uploads are refused with a sentence, acts are still written down, and the status page says so. (C6, C7)"""
    set_to(disk_reserve_megabytes=10**9)

    with pytest.raises(StorageFull):
        make_blob(pdf_bytes())

    assert states()["disk"] is False
    assert list(storage.files.kept()) == []
    assert make_user().id
    assert browser().get("/readyz").status_code == 503


class BrokenOff(io.RawIOBase):
    """An upload whose sender went away in the middle."""

    has_begun = False

    def read(self, size: int = -1) -> bytes:
        """Give some bytes, once."""
        if self.has_begun:
            raise ConnectionResetError
        self.has_begun = True
        return b"%PDF-1.7"


def test_nothing_is_kept_of_an_upload_that_breaks_off(app):
    """(C6)"""
    with pytest.raises(ConnectionResetError):
        storage.receive(BrokenOff(), limit=1000)

    assert list(storage.files.kept()) == []
    assert list(storage.files.workspace().iterdir()) == []


def test_a_store_that_cannot_be_written_is_a_red_line(app, well, browser):
    """A disk that was mounted for reading only: nothing is handed in, and nobody is told that it was. (C6)"""
    place = storage.files.home()
    shutil.rmtree(place, ignore_errors=True)
    place.write_text("no folder")
    try:
        assert states()["store"] is False
        answer = browser().get("/readyz")
    finally:
        place.unlink()
    assert (answer.status_code, answer.json["missing"]) == (503, ["storage"])
    assert browser().get("/readyz").status_code == 200


@pytest.fixture
def full(app):
    """A database that finds no room on its disk."""

    def take(connection, record):
        connection.execute("PRAGMA max_page_count=1")  # as many as there are, and not one more

    event.listen(db.engine, "connect", take)
    db.session.remove()
    db.engine.dispose()
    yield
    event.remove(db.engine, "connect", take)
    db.session.remove()
    db.engine.dispose()


@pytest.mark.only_on("sqlite")  # of a full disk PostgreSQL tells in the same way, and is not so easily given one
def test_an_act_that_finds_no_room_is_not_done_at_all_and_is_told_with_a_sentence(app, full):
    """(C6)"""
    with pytest.raises(OperationalError, match="full") as full_disk, transaction():
        audit.record("test.done", now=clock.now())
        mail.post(key="a", to="ban.doc@example.vn", subject="Đã nhận", text="x" * 1_000_000, now=clock.now())

    assert db.session.scalar(select(func.count(AuditLine.id))) == 0
    assert "ban.doc" not in str(full_disk.value)
    assert_told_to_send_again(app, full_disk.value)


def test_an_act_that_gets_no_connection_in_time_is_told_with_the_same_sentence(app, monkeypatch):
    monkeypatch.setattr(db.engine.pool, "_timeout", 0.01)
    with ExitStack() as taken, pytest.raises(NoConnection) as waited:
        while True:
            taken.enter_context(db.engine.connect())
    db.engine.dispose()

    assert_told_to_send_again(app, waited.value)


def assert_told_to_send_again(app, error):
    with app.test_request_context("/", method="POST"):
        g.request_id = "0123456789abcdef"
        answer = app.make_response(app.handle_user_exception(error))
    assert answer.status_code == 503
    assert "Hãy giữ trang này và gửi lại sau vài phút." in answer.get_data(as_text=True)
    assert "0123456789abcdef" in answer.get_data(as_text=True)


@pytest.mark.only_on("sqlite")
def test_a_database_that_is_locked_or_gone_is_told_to_programs_and_comes_back(app, browser):
    """(G1)"""
    rows = Path(app.instance_path) / "contest.sqlite"
    db.session.remove()
    db.engine.dispose()
    rows.rename(rows.with_name("away.sqlite"))
    rows.mkdir()

    answer = browser().client.get("/readyz")

    rows.rmdir()
    rows.with_name("away.sqlite").rename(rows)
    db.session.remove()
    db.engine.dispose()
    assert (answer.status_code, answer.json["missing"]) == (503, ["database"])
    assert "database" not in browser().client.get("/readyz").json["missing"]


def test_a_file_that_was_altered_is_not_given_out_and_has_all_files_read(app, well, browser):
    """(C9)"""
    contest = make_contest()
    entry = make_entry(contest, make_user())
    (file,) = entry.files[:1]
    secretary = browser(make_member(contest, "secretary"))
    address = f"/{contest.slug}/ban-thu-ky/ho-so/{entry.id}/tep/{file.id}"
    stores.alter(file.sha256, b"something else")

    answer = secretary.get(address)
    while jobs.work_once():
        pass

    assert answer.status_code == 503
    assert states()["files"] is False
    assert said("files").startswith("1 tệp")


def test_letters_wait_for_a_mail_server_that_is_down_and_a_line_says_so(app, well):
    """(G8)"""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        app.config["SMTP_URL"] = f"smtp://127.0.0.1:{closed.getsockname()[1]}"
        with transaction():
            mail.post(key="a", to="ban.doc@example.vn", subject="Đã nhận", text="Kính gửi", now=clock.now())
        assert states()["mail"] is True
        mail.deliver_due()
        assert states()["mail"] is False
        app.config["SMTP_URL"] = ""
    assert db.session.scalar(select(Letter.state)) == "queued"
    assert states()["mail"] is None


def test_a_clock_that_was_set_back_is_a_red_line_and_stands_in_the_log_once(app, well):
    """(G3)"""
    machine = clock.of_instance()
    before = machine._machine
    now = clock.now()
    try:
        machine._machine = lambda: before() - timedelta(hours=2)
        note_pulse()
        note_pulse()
        assert states()["clock"] is False
        assert re.search("1:59:5.|2:00:0.", said("clock"))
        assert clock.now() >= now
    finally:
        machine._machine = before
    note_pulse()
    assert states()["clock"] is True
    assert db.session.scalar(select(func.count(AuditLine.id)).filter_by(action="clock.set_back")) == 1


def test_backups_are_made_by_themselves_and_an_old_or_failed_one_is_a_red_line(
    app, well, set_to, tmp_path, monkeypatch
):
    """(G2)"""
    assert states()["backup"] is None
    folder = tmp_path / "sao-luu"
    set_to(backup_folder=str(folder), backup_passphrase=SecretStr("một câu thần chú đủ dài"))
    assert states()["backup"] is False

    folder.write_text("no folder")
    work(app, once=True)
    assert "NothingToKeep" in said("backup") or "FileExistsError" in said("backup")
    assert states()["backup"] is False

    folder.unlink()
    monkeypatch.setattr("contest.migrations.step_of", lambda connection: "0001")
    clock.set_to(clock.now() + timedelta(days=1))
    work(app, once=True)
    assert states()["backup"] is True
    (made,) = folder.iterdir()
    assert made.read_bytes().startswith(b"contest-sealed-backup")
    work(app, once=True)
    assert len(list(folder.iterdir())) == 1

    aside = made.rename(tmp_path / "elsewhere")
    assert states()["backup"] is False
    aside.rename(made)
    assert states()["backup"] is True

    set_to(backup_folder=str(folder), backup_hours=1)
    clock.set_to(clock.now() + timedelta(hours=3))
    assert states()["backup"] is False


def test_work_of_a_day_that_failed_is_a_red_line_until_that_of_another_day_is_done(app, well, browser):
    """The page that the line names says which it is, also where it is of no contest."""
    contest = make_contest()
    secretary = make_member(contest, "secretary")
    page = f"/{contest.slug}/ban-thu-ky/thu/"
    add_work("privacy.keep_periods:1", JobState.FAILED, error="KeyError: 'x'")
    assert states()["work"] is False
    assert "privacy.keep_periods" in browser(secretary).get(page).text

    add_work("privacy.keep_periods:2", JobState.DONE)
    assert states()["work"] is True
    assert "privacy.keep_periods" not in browser(secretary).get(page).text

    add_work("storage.scan:1", JobState.FAILED, error="KeyError: 'x'")
    add_work("storage.scan:2", JobState.DONE)
    assert states()["work"] is False


def add_work(key, state, error=""):
    with transaction():
        job = jobs.enqueue(key.partition(":")[0], {}, key=key, now=clock.now())
        job.state, job.error, job.finished_at = state, error, clock.now()


def test_a_letter_to_somebody_erased_is_no_red_line_and_is_not_sent_again(app, well, set_to, browser):
    app.config["SMTP_URL"] = "smtp://localhost:1"
    contest = make_contest()
    secretary = browser(make_member(contest, "secretary"))
    with transaction():
        letter = mail.post(key="x", to="a@vidu.example", subject="Thư", text="", contest_id=contest.id, now=clock.now())
        letter.state = LetterState.FAILED
    page = f"/{contest.slug}/ban-thu-ky/thu/{letter.id}"

    assert states()["mail"] is True
    assert "Gửi lại thư này" not in secretary.get(page).text
    secretary.client.post(page, data={"csrf_token": secretary.soup.select_one("[name=csrf_token]")["value"]})
    assert db.session.scalar(select(Letter.state)) == LetterState.FAILED


def test_strangers_hear_whether_and_not_why(app, well, browser, set_to):
    set_to(disk_reserve_megabytes=10**9)
    proxied = {"X-Forwarded-For": "203.0.113.9"}

    near, far = browser().client.get("/readyz"), browser().client.get("/readyz", headers=proxied)

    assert near.json == {"status": "not ready", "missing": ["disk"], "worker": "at work"}
    assert far.json == {"status": "not ready"}
    assert browser().get("/healthz").json == {"status": "ok"}


def test_figures_are_for_private_addresses_or_whoever_has_the_token(app, well, browser, set_to):
    client = browser().client
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.9"}).status_code == 404

    set_to(metrics_token=SecretStr("bi-mat-cua-may-do"))
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer sai"}).status_code == 404
    given = {"Authorization": "Bearer bi-mat-cua-may-do", "X-Forwarded-For": "203.0.113.9"}
    text = client.get("/metrics", headers=given).text

    assert 'contest_requests_total{endpoint="upkeep.measured",method="GET",status="4xx"}' in text
    assert 'contest_jobs{state="queued"}' in text
    assert "contest_disk_free_bytes" in text
    assert re.search(r"@|example\.vn", text) is None


@pytest.fixture
def lines():
    """What is written into the log, line by line."""

    class Kept(logging.Handler):
        def __init__(self):
            super().__init__()
            self.lines = []

        def emit(self, record):
            self.lines.append(self.format(record))

    handler = Kept()
    handler.setFormatter(logs.Lines())
    root, level = logging.getLogger(), logging.getLogger(logs.OWN).level
    root.addHandler(handler)
    logging.getLogger(logs.OWN).setLevel(logging.INFO)
    yield handler.lines
    root.removeHandler(handler)
    logging.getLogger(logs.OWN).setLevel(level)


def test_every_request_is_a_line_without_anybodys_data(app, browser, lines):
    """(E6)"""
    canary = "Nguyễn-Canary"
    visitor = browser()
    visitor.get("/dang-nhap")
    visitor.client.get(f"/khong-co/{canary}?ten={canary}", headers={"User-Agent": canary, "Referer": canary})
    visitor.post_form("/dang-nhap", {"email": "canary@example.vn", "password": "canary-mat-khau"})

    found = [json.loads(line) for line in lines if json.loads(line)["logger"] == "contest.requests"]

    assert [(line["method"], line["status"]) for line in found][:2] == [("GET", 200), ("GET", 404)]
    assert all(set(line) <= {"at", "level", "logger", "event", "request", *logs.FACTS} for line in found)
    assert "anary" not in "".join(lines)
    assert all(re.fullmatch(r"[0-9a-f]{16}", line["request"]) for line in found)


def test_nobody_can_feign_a_line_or_colour_it(lines):
    """(E6)"""
    log = logging.getLogger("contest.test")
    log.error("job %s of kind %s failed", 7, 'x\n{"event": "forged"}\x1b[31m')
    log.error("sai\n{}\x1b[2J", extra={"kind": "a\nb", "name_of_person": "Đỗ"})
    logging.getLogger("foreign.library").error("cannot read %s", "don-cua-Do.pdf")
    try:
        raise ValueError("mật khẩu là canary")
    except ValueError:
        log.exception("broken")

    found = [json.loads(line) for line in lines]
    assert [line["event"] for line in found] == [
        "job 7 of kind … failed",
        "sai\n{}\x1b[2J",
        "cannot read %s",
        "broken",
    ]
    assert all("\n" not in line and "\x1b" not in line for line in lines)
    assert "canary" not in lines[-1]
    assert found[-1]["error"] == "ValueError"
    assert found[-1]["places"][0].startswith("test_status.py:")
    assert not {"kind", "name_of_person"} & set(found[1])


def test_a_request_is_named_by_the_proxy_only_where_the_settings_say_so(app, browser, set_to):
    given = {"X-Request-ID": "proxy-0123456789"}
    own = browser().client.get("/healthz", headers=given).headers["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{16}", own)

    set_to(request_id_header="X-Request-ID")
    assert browser().client.get("/healthz", headers=given).headers["X-Request-ID"] == "proxy-0123456789"
    for hostile in ("<script>alert(1)</script>", "a" * 200, "short"):
        told = browser().client.get("/healthz", headers={"X-Request-ID": hostile}).headers["X-Request-ID"]
        assert re.fullmatch(r"[0-9a-f]{16}", told)


@pytest.mark.only_on("postgresql")
def test_the_staff_sees_since_when_the_database_answers(well):
    """Whoever wonders about an hour in which nothing could be written finds here that it was started again. (G1)"""
    since = db.session.execute(text("SELECT pg_postmaster_start_time()")).scalar_one()

    assert as_datetime(since)[-10:] in said("rows")
