"""People see what is kept of them and ask; the office answers; whoever opens data leaves a line."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from contest import clock, jobs
from contest.audit import checking
from contest.audit.models import AuditLine
from contest.database import db, transaction
from contest.interests.kinds import Kind, State
from contest.interests.models import Interest
from contest.mail import Letter
from contest.privacy import masking, terms
from contest.privacy.background import keep_periods
from contest.privacy.models import DataRequest, Incident, Opening
from contest.privacy.terms import Standing, Wish
from tests.makers.accounts import make_member, make_user
from tests.makers.entries import make_draft, make_entry
from tests.makers.regulations import make_contest
from tests.makers.results import make_published

MINE = "/tai-khoan/du-lieu"
OFFICE = "/dan-van-kheo/ban-thu-ky/du-lieu-ca-nhan"


@pytest.fixture
def contest(app) -> Any:
    return make_contest()


def test_somebody_sees_what_is_kept_of_them_and_takes_it_along(contest, browser):
    user = make_user("an@hoptho.example", "Nguyễn An", phone="+84905777123")
    make_entry(contest, user, "received", title="Một bài riêng")
    visitor = browser(user)

    visitor.get(MINE)
    assert "Một bài riêng" in visitor.text
    assert "0905 777 123" in visitor.text
    taken = visitor.client.get(f"{MINE}/tai-ve")

    with zipfile.ZipFile(io.BytesIO(taken.data)) as archive:
        document = json.loads(archive.read("du-lieu.json"))
        assert "Nguyễn An" in archive.read("du-lieu.html").decode()
    assert "works" in [one["key"] for one in document["sections"]]


def test_an_erasure_is_asked_for_granted_and_carried_out(contest, browser, now):
    organizer = make_member(contest, "organizer")
    user = make_user("an@hoptho.example", "Nguyễn An Kanari")
    visitor = browser(user)

    assert visitor.post_form(f"{MINE}/yeu-cau", {"wish": "erasure"}).status_code == 422  # what stays is read first
    visitor.post_form(f"{MINE}/yeu-cau", {"wish": "erasure", "understood": "y"})
    request = db.session.scalars(select(DataRequest)).one()
    assert (request.wish, request.standing) == (Wish.ERASURE, Standing.ASKED)
    office = browser(organizer)
    office.get(OFFICE)
    assert "Nguyễn An Kanari" in office.text
    office.post_form(f"{OFFICE}/{request.id}", button="answer=grant")
    assert db.session.scalars(select(Letter).where(Letter.to == "an@hoptho.example")).one()
    office.post_form(f"{OFFICE}/{request.id}", action=f"{OFFICE}/{request.id}/thuc-hien")

    assert jobs.work_once("privacy.carry_out")

    db.session.expire_all()
    assert db.session.scalars(select(DataRequest)).one().standing is Standing.DONE
    assert visitor.get(MINE).status_code == 302
    office.get(f"{OFFICE}/{request.id}")
    assert "Kanari" not in office.text


def test_a_secretary_enters_a_letter_and_only_an_organizer_decides(contest, browser):
    secretary = make_member(contest, "secretary")
    work = make_entry(contest, make_user(), "received")
    name = work.revision.bylines[0].name
    visitor = browser(secretary)

    visitor.post_form(
        f"{OFFICE}/giay?tim={name}",
        {"wish": "correction", "people": [str(work.revision.bylines[0].person_id)], "words": "Thư tay, đã gọi lại."},
    )

    request = db.session.scalars(select(DataRequest)).one()
    assert (request.on_paper, request.user_id) == (True, None)
    visitor.get(f"{OFFICE}/{request.id}")
    assert visitor.soup.select_one("button[value=grant]") is None


def test_a_dossier_hides_contacts_and_whoever_shows_them_leaves_a_line(contest, browser):
    """The person reads who it was. (G7)"""
    secretary = make_member(contest, "secretary", name="Lê Thư Ký")
    user = make_user("an@hoptho.example", "Nguyễn An", phone="+84905777123")
    work = make_entry(contest, user, "received")
    line = work.revision.bylines[0]
    line.phone, line.person_id = "+84905777123", user.person_id
    db.session.commit()
    visitor = browser(secretary)

    visitor.get(f"/dan-van-kheo/ban-thu-ky/ho-so/{work.id}")
    assert "+84905777123" not in visitor.text
    assert masking.masked("+84905777123") in visitor.text
    visitor.post_form(f"/dan-van-kheo/ban-thu-ky/ho-so/{work.id}", action=f"{OFFICE}/lien-he/{work.id}")

    assert "+84905777123" in visitor.text
    assert set(db.session.scalars(select(Opening.what))) == {"dossier", "contacts"}
    own = browser(user)
    own.get(MINE)
    assert "Lê Thư Ký" in own.text


def test_whoever_must_not_hear_of_a_work_finds_no_line_of_those_who_opened_it(contest, browser, now):
    """The log of openings tells it no more than a list does. (A3)"""
    work = make_entry(contest, make_user(), "accepted")
    secretary, reader, kept = (make_member(contest, role) for role in ("secretary", "organizer", "organizer"))
    said = {"kind": Kind.relative, "state": State.declared, "at": now, "by_id": kept.id}
    db.session.add(Interest(contest_id=contest.id, user_id=kept.id, entry_id=work.id, **said))
    db.session.commit()
    author = work.revision.bylines[0].person.name
    browser(secretary).get(f"/dan-van-kheo/ban-thu-ky/ho-so/{work.id}")

    for address in (f"{OFFICE}/nhat-ky", f"{OFFICE}/nhat-ky?dang=csv"):
        told, hidden = (browser(person).get(address).text for person in (reader, kept))
        assert work.code in told
        assert author in told
        assert work.code not in hidden
        assert author not in hidden


def test_what_is_over_goes_by_itself_and_the_page_says_so(contest, browser, now):
    user = make_user()
    make_draft(contest, user)
    rejected = make_entry(contest, user, "rejected")
    make_published(contest=contest)
    old = now + timedelta(days=2)
    with transaction():
        letter = Letter(key="a", to="x@y.example", subject="s", text="t", created_at=old, due_at=old, state="sent")
        what = {"contest_id": contest.id, "by_id": user.id, "subject": "x" * 22, "what": "dossier"}
        db.session.add_all([letter, Opening(on_day=old.date(), last_at=old, **what)])
    clock.set_to(old + timedelta(days=800))

    done = keep_periods(jobs.Job(), lambda done, total: None)

    forgotten = done["forgotten"]
    assert (forgotten["drafts"], forgotten["openings"], rejected.attachments) == (1, 1, [])
    assert letter.text == ""
    assert forgotten["files"] > 0
    assert list(checking.flaws()) == []
    visitor = browser(make_member(contest, "organizer"))
    assert visitor.get(f"{OFFICE}/thoi-han").status_code == 200


def test_an_incident_runs_against_a_clock_of_72_hours(contest, browser, now):
    organizer = make_member(contest, "organizer")
    visitor = browser(organizer)
    known = clock.local(now - timedelta(hours=80))

    visitor.post_form(
        f"{OFFICE}/su-co/moi",
        {"what": "Gửi nhầm danh sách", "affected": "12 tác giả", "known_at": known.strftime("%Y-%m-%dT%H:%M")},
    )
    visitor.get(f"{OFFICE}/su-co")

    assert "72 giờ" in visitor.text
    incident = db.session.scalars(select(Incident)).one()
    assert incident.report_by - incident.known_at == timedelta(hours=72)
    told = clock.local(now - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    visitor.post_form(f"{OFFICE}/su-co/1", {"authority_told_at": told})
    line = db.session.scalars(select(AuditLine).filter_by(action="incident.changed")).one()
    assert line.details["late"] is True
    assert browser(make_member(contest, "secretary")).get(f"{OFFICE}/su-co").status_code == 403


def test_working_days_leave_out_saturday_and_sunday():
    assert terms.answer_by(date(2026, 11, 20)) == date(2026, 11, 24)
    assert terms.due_on(Wish.ERASURE, date(2026, 11, 20)) == date(2026, 12, 10)
