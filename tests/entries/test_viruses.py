"""Files in which the virus scanner finds something, has not looked, or cannot look."""

from __future__ import annotations

import gc
import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from contest import audit, clock, jobs, storage
from contest.audit.models import AuditLine
from contest.database import db, transaction
from contest.entries import services
from contest.entries.models import EntryState
from contest.jobs.models import Job, JobState
from contest.jobs.services import ATTEMPTS, AWAY
from contest.mail import Letter
from contest.operations.work import work
from contest.storage.models import Blob, Derivative, DerivedState, Scan
from contest.storage.scanning import LargerThanScanned, NoSuchScanner, Scanner, ScannerAway
from tests.makers import entries as make
from tests.makers.accounts import make_member, make_user
from tests.makers.regulations import make_contest
from tests.makers.storage import pdf_bytes
from tests.scanner import LONGEST, NAME, VIRUS, Clamd

CLEAN = pdf_bytes()
INFECTED = pdf_bytes() + b"%" + VIRUS


@pytest.fixture(scope="module")
def clamd():
    scanner = Clamd().start()
    yield scanner
    scanner.remove()


@pytest.fixture
def scanned(app, clamd):
    """An instance with a scanner."""
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = settings.model_copy(update={"clamav_url": clamd.url})
    yield clamd
    app.config["SETTINGS"] = settings


@pytest.fixture
def away(app, tmp_path):
    """An instance whose scanner does not answer; a test may let it come back."""
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = settings.model_copy(update={"clamav_url": f"unix://{tmp_path}/none.sock"})
    yield lambda url: app.config.update(SETTINGS=settings.model_copy(update={"clamav_url": url}))
    app.config["SETTINGS"] = settings


@pytest.fixture
def dossier(app, browser):
    """The dossier of a draft, opened by its author, and a way to send a file for its page."""
    contest = make_contest()
    make.at_receipt(contest)
    entry = make.make_draft(contest, make_user(), files=False)
    visitor = browser(entry.owner)
    address = f"/{contest.slug}/tac-pham/{entry.id}/ho-so"

    def send(content, name="trang-bao.pdf"):
        visitor.get(address)
        visitor.send(action="/ho-so/trang_bao", files={"file": (content, name)})
        visitor.get(address)
        db.session.rollback()
        return entry.files[-1]

    send.entry, send.visitor, send.address = entry, visitor, address
    return send


def work_all(app):
    db.session.rollback()
    work(app, once=True)
    db.session.rollback()


def given(visitor, entry, file):
    return visitor.get(f"/{entry.contest.slug}/tac-pham/{entry.id}/tep/{file.id}")


def test_the_scanner_is_asked_as_it_wants_to_be(clamd):
    scanner = Scanner(clamd.url)

    assert scanner.scan([CLEAN]) is None
    assert scanner.scan([INFECTED[:300], INFECTED[300:]]) == f"{NAME}.UNOFFICIAL"
    with pytest.raises(LargerThanScanned):
        scanner.scan(bytes(100_000) for _ in range(200))
    with pytest.raises(ScannerAway):
        Scanner("unix:///nowhere/clamd.sock").scan([CLEAN])
    assert (scanner.is_there(), Scanner("tcp://127.0.0.1:1").is_there()) == (True, False)


@pytest.mark.parametrize("url", ["clamd", "tcp://host", "http://host:3310", "unix://"])
def test_an_address_that_names_no_scanner_is_refused(url):
    with pytest.raises(NoSuchScanner):
        Scanner(url)


def test_an_infected_file_is_locked_away_and_its_sender_told(app, scanned, dossier):
    """Quarantined, author told, nobody given it; the log says so without the name of the file. (C5)"""
    file = dossier(INFECTED)
    work_all(app)

    blob = db.session.get_one(Blob, file.sha256)
    assert (blob.scan, blob.scan_finding) == (Scan.INFECTED, f"{NAME}.UNOFFICIAL")
    assert (blob.derived, db.session.query(Derivative).count()) == (DerivedState.FAILED, 0)
    assert storage.look(file.sha256) is not None
    assert given(dossier.visitor, dossier.entry, file).status_code == 409
    assert "vi-rút" in dossier.visitor.get(dossier.address).text
    letter = db.session.scalars(select(Letter)).one()
    assert (letter.to, "trang-bao.pdf" in letter.text) == (dossier.entry.owner.email, True)
    line = db.session.scalars(select(AuditLine).filter_by(action="file.infected")).one()
    assert line.details == {"file": file.id, "sha256": file.sha256}
    assert audit.verify(dossier.entry.contest_id) is None

    work_all(app)
    assert db.session.query(Letter).count() == 1


def test_staff_and_jurors_see_nothing_of_an_infected_file(scanned, app, browser):
    """No original, no page, no archive gives it out, whoever asks. (C5)"""
    contest = make_contest()
    make.at_receipt(contest)
    entry = make.make_entry(contest, make_user(), "received")
    file = entry.files[0]
    secretary = browser(make_member(contest, "secretary"))
    office = f"/{contest.slug}/ban-thu-ky/ho-so/{entry.id}"
    with transaction():
        jobs.enqueue("storage.derive", {"sha256": file.sha256}, key="now", now=clock.now())
    while jobs.work_once():
        pass
    with transaction():
        storage.services.remember_scan(db.session.get_one(Blob, file.sha256), Scan.INFECTED, now=clock.now())

    assert secretary.get(f"{office}/tep/{file.id}").status_code == 409
    assert secretary.get(f"{office}/tep/{file.id}/page/1").status_code == 404
    assert "vi-rút" in secretary.get(office).text
    assert storage.withheld({file.sha256}) == {file.sha256: Scan.INFECTED}


def test_while_the_scanner_is_away_files_wait_and_the_work_counts(app, away, dossier, clamd):
    """Not served and not drawn before the scanner has looked; the submission itself is not held up. (C5)"""
    file = dossier(CLEAN)
    entry = dossier.entry
    for _ in range(ATTEMPTS + 2):
        work_all(app)
        clock.set_to(clock.now() + AWAY + timedelta(seconds=1))

    assert given(dossier.visitor, entry, file).status_code == 409
    assert "chưa" in dossier.visitor.get(dossier.address).text
    assert db.session.query(Derivative).count() == 0
    assert {job.state for job in db.session.scalars(select(Job).where(Job.kind.like("storage.%")))} >= {JobState.QUEUED}

    away(clamd.url)
    clock.set_to(clock.now() + AWAY)
    work_all(app)
    clock.set_to(clock.now() + 2 * AWAY)
    work_all(app)

    assert db.session.get_one(Blob, file.sha256).scan == Scan.CLEAN
    assert given(dossier.visitor, entry, file).status_code == 200
    assert db.session.query(Derivative).count() == 1


def test_a_work_is_sent_while_its_files_wait_for_the_scanner(away, app):
    contest = make_contest()
    make.at_receipt(contest)
    entry = make.make_draft(contest, make_user())
    with transaction():
        for file in entry.files:
            db.session.get_one(Blob, file.sha256).scan = Scan.WAITING
    with transaction():
        services.submit(entry, by=entry.owner, now=clock.now())

    assert entry.state == EntryState.RECEIVED


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the test client leaves its own spooled copy open
def test_a_file_longer_than_the_scanner_takes_is_looked_at_but_not_given_out(app, scanned, dossier):
    """A bomb of harmless bytes before a virus is no way around the scanner. (C5)"""
    file = dossier(CLEAN + b"%" + bytes(LONGEST + 200_000))
    work_all(app)

    assert db.session.get_one(Blob, file.sha256).scan == Scan.TOO_LARGE
    assert given(dossier.visitor, dossier.entry, file).status_code == 409
    gc.collect()


def test_files_from_before_there_was_a_scanner_are_looked_at_in_the_night(app, clamd):
    with transaction():
        received = storage.receive(io.BytesIO(INFECTED), limit=storage.MEGABYTE)
        blob = storage.register(received, sniffed=storage.Sniffed(storage.Kind.PDF, "application/pdf"))
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = settings.model_copy(update={"clamav_url": clamd.url})
    try:
        work_all(app)
    finally:
        app.config["SETTINGS"] = settings

    assert db.session.get_one(Blob, blob.sha256).scan == Scan.INFECTED
