"""Once a day the worker keeps house."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from contest import clock, jobs, storage
from contest.accounts import services as accounts
from contest.accounts.attempts import AttemptKind
from contest.accounts.models import Attempt, Invitation, UserSession
from contest.database import db, transaction
from contest.jobs import Job
from contest.operations.background import DAYS, files_of_the_day
from contest.operations.queries import HOUSEKEEPING
from contest.operations.work import work
from tests import stores
from tests.makers.accounts import make_member, make_user, sign_in
from tests.makers.entries import make_blob, make_entry
from tests.makers.regulations import make_contest


@pytest.fixture
def kept(app):
    """Keep house now, and give what came of it."""

    def keep():
        with transaction():
            jobs.enqueue(HOUSEKEEPING, {}, key=f"{HOUSEKEEPING}:{db.session.scalar(func.max(Job.id))}", now=clock.now())
        jobs.work_once(HOUSEKEEPING)
        return db.session.scalars(select(Job).order_by(Job.id.desc())).first().result

    return keep


def later(**time):
    clock.set_to(clock.now() + timedelta(**time))


def test_house_is_kept_once_a_day(app):
    def done():
        db.session.rollback()
        return db.session.scalar(select(func.count(Job.id)).filter_by(kind=HOUSEKEEPING, state="done"))

    work(app, once=True)
    work(app, once=True)
    assert done() == 1

    later(days=1)
    work(app, once=True)

    assert done() == 2


def test_what_has_served_its_purpose_is_deleted(app, kept):
    user, contest = make_user(), make_contest()
    organizer = make_member(contest, "organizer")
    sign_in(app.test_client(), user)
    with transaction():
        accounts.begin_attempt(AttemptKind.SIGN_IN, "ai.do@example.vn", network="10.0.0.1", now=clock.now())
        accounts.invite(contest, email="moi@example.vn", name="", role="juror", by=organizer, now=clock.now())
    assert set(kept()["forgotten"].values()) == {0}

    later(days=15)
    assert kept()["forgotten"] == {"sessions": 1, "attempts": 1, "invitations": 0}
    assert [db.session.scalar(select(func.count(kind.id))) for kind in (UserSession, Attempt, Invitation)] == [0, 0, 1]

    later(days=90)
    assert kept()["forgotten"] == {"sessions": 0, "attempts": 0, "invitations": 1}


def test_a_session_that_rests_too_long_is_deleted(app, kept):
    sign_in(app.test_client(), make_user())
    later(minutes=app.config["SETTINGS"].session_idle_minutes)

    assert kept()["forgotten"]["sessions"] == 1


def test_files_that_no_row_knows_are_swept(app, kept):
    with transaction():
        blob = make_blob()
        db.session.delete(blob)
    stores.age(blob.sha256)

    assert kept()["swept"] == 1
    assert storage.look(blob.sha256) is None


def test_every_file_is_read_once_in_a_month(app):
    with transaction():
        known = {make_blob().sha256 for _ in range(40)}

    first = date(2025, 8, 1)
    days = [files_of_the_day(first + timedelta(days=number)) for number in range(DAYS)]

    assert sorted(sha256 for day in days for sha256 in day) == sorted(known)


def test_damaged_files_are_told_to_the_staff(app, kept, browser):
    contest = make_contest()
    entry = make_entry(contest, make_user())
    secretary = browser(make_member(contest, "secretary"))
    assert "bị hỏng" not in secretary.get(f"/{contest.slug}/ban-thu-ky/thu/").text
    file = entry.files[0]
    stores.lose(file.sha256)

    assert kept()["damaged"] == [file.sha256]
    page = secretary.get(f"/{contest.slug}/ban-thu-ky/thu/").text
    assert "Tệp bị thiếu hoặc bị hỏng" in page
    assert f"{entry.shown_code} {entry.title}: {file.name}" in page
