"""Acts that need a second person: asked for at their own doors, and done only when another organizer confirms."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from contest import clock
from contest.accounts import queries as accounts
from contest.accounts.models import Membership, UserSession
from contest.audit.models import AuditLine
from contest.database import db
from contest.mail.models import Letter
from contest.results import queries as results
from contest.seconding.models import Outcome, SecondedAct
from tests.makers.accounts import PASSWORD, make_member
from tests.makers.certificates import make_public_certificates
from tests.makers.regulations import make_contest
from tests.revocations.test_doors import REASON

OFFICE = "/dan-van-kheo/ban-thu-ky"
ROOM = f"{OFFICE}/nguoi-thu-hai"
SAFEGUARDS = '[safeguards]\nsecond_person = ["revoke", "change_organizers"]\nsecond_person_days = 3\n\n'
TWO_PERSONS = ("\n[certificate]\n", f"\n{SAFEGUARDS}[certificate]\n")


@pytest.fixture
def here(app, browser, monkeypatch):
    """A contest with three organizers: the first wants the third to go."""
    contest = make_contest(replacements=(TWO_PERSONS,))
    first, second, third = (make_member(contest, "organizer") for _ in range(3))
    settings = app.config["SETTINGS"].model_copy(update={"proof_minutes": 15})
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    leaving = db.session.scalars(select(Membership.id).filter_by(user_id=third.id)).one()
    return SimpleNamespace(
        contest=contest,
        people=(first, second, third),
        first=browser(first),
        second=browser(second),
        address=f"{OFFICE}/nhan-su/{leaving}/go",
    )


def asked_for():
    return db.session.scalars(select(SecondedAct).order_by(SecondedAct.id)).all()


def organizers(contest):
    return {one.user_id for one in accounts.members(contest.id, "organizer")}


def confirm(visitor, act, **changed):
    assert visitor.get(f"{ROOM}/{act.id}").status_code == 200
    return visitor.send(changed, button="seconded_act")


def test_an_award_is_revoked_only_when_another_organizer_confirms_and_the_log_names_both(app, browser):
    """What is confirmed is what was asked for, word for word. (A7, F6)"""
    contest, first, made = make_public_certificates(replacements=(TWO_PERSONS,))
    clock.set_to(results.publication_of(contest).at + timedelta(days=1))
    second = make_member(contest, "organizer", name="Trà Thanh Danh")
    version = results.newest_decision(contest).version
    asker, other, last = browser(first), browser(second), made[-1]

    asker.post_form(
        f"{OFFICE}/thu-hoi-giai/tac-pham/{last.award_id}/thu-hoi", {"number": "140-QĐ/BTGDVTU", "reason": REASON}
    )

    [act] = asked_for()
    assert asker.response.location.endswith(f"{ROOM}/{act.id}")
    assert results.newest_decision(contest).version == version  # nothing is done yet
    assert dict(map(tuple, act.shown))["Lý do"] == REASON
    assert act.about.startswith("Thu hồi giải: ")
    assert last.printed["facts"]["entry_code"].split("-")[1] in act.about
    letter = db.session.scalar(select(Letter).filter_by(to=second.email).order_by(Letter.id.desc()))
    assert f"{ROOM}/{act.id}" in letter.text

    asker.get(f"{ROOM}/{act.id}")
    assert asker.soup.find(attrs={"name": "seconded_act"}) is None
    assert REASON in (other.get(f"{ROOM}/{act.id}"), other.text)[1]
    assert confirm(other, act).status_code == 303

    assert results.newest_decision(contest).version == version + 1
    lines = db.session.scalars(select(AuditLine).filter_by(chain=contest.id).order_by(AuditLine.number)).all()
    [amended] = [line for line in lines if line.action == "decision.amended"]
    assert (amended.actor, amended.details["asked_by"]) == (second.subject, first.subject)
    assert [line.action for line in lines if line.about == f"seconded_act:{act.id}"] == [
        "seconded_act.asked_for",
        "seconded_act.confirmed",
    ]
    other.get(f"{OFFICE}/nhat-ky?viec=decision.amended")
    assert f"Trà Thanh Danh, theo đề nghị của {first.name}" in other.text


def test_whoever_asked_cannot_confirm_whatever_they_send(here):
    """(A7)"""
    here.first.post_form(here.address)
    [act] = asked_for()

    assert here.first.post_form(here.address, {"seconded_act": act.id}).status_code == 403
    assert len(organizers(here.contest)) == 3


def test_nothing_waits_that_the_door_itself_refuses(here):
    here.first.post_form(here.address)

    again = here.first.post_form(here.address)

    assert again.status_code == 409
    assert len(asked_for()) == 1


def test_what_is_confirmed_is_what_was_asked_for(here):
    """(A7)"""
    here.first.post_form(here.address)
    [act] = asked_for()

    here.second.get(f"{ROOM}/{act.id}")
    form = here.second.form("seconded_act")
    other = make_member(here.contest, "organizer")
    member = db.session.scalars(select(Membership.id).filter_by(user_id=other.id)).one()
    values = here.second.fill(form)
    elsewhere = here.second.request("POST", f"{OFFICE}/nhan-su/{member}/go", data=values)
    more = here.second.request("POST", here.address, data={**values, "role": "observer"})

    assert (elsewhere.status_code, more.status_code) == (409, 409)
    assert asked_for()[0].outcome is None
    assert len(organizers(here.contest)) == 4


def test_what_nobody_confirms_in_time_lapses(here):
    here.first.post_form(here.address)
    [act] = asked_for()
    here.second.get(f"{ROOM}/{act.id}")

    act.expires_at = clock.now()
    db.session.commit()

    assert here.second.send(button="seconded_act").status_code == 409
    assert len(organizers(here.contest)) == 3
    here.second.get(ROOM)
    assert "Đã hết hạn" in here.second.text


def test_a_second_person_declines_with_a_reason_that_the_asker_reads(here):
    here.first.post_form(here.address)
    [act] = asked_for()

    here.second.get(f"{ROOM}/{act.id}")
    here.second.send({"reason": "Anh ấy vẫn phụ trách phần công bố."}, button="decline")

    assert (asked_for()[0].outcome, len(organizers(here.contest))) == (Outcome.DECLINED, 3)
    letter = db.session.scalar(select(Letter).filter_by(to=here.people[0].email).order_by(Letter.id.desc()))
    assert "Anh ấy vẫn phụ trách phần công bố." in letter.text
    here.second.get(f"{ROOM}/{act.id}")
    assert here.second.soup.find(attrs={"name": "seconded_act"}) is None


def test_whoever_confirms_proves_who_they_are_first_and_is_an_organizer(here, browser):
    """(A7)"""
    here.first.post_form(here.address)
    [act] = asked_for()
    secretary = browser(make_member(here.contest, "secretary"))
    secretary.get(f"{ROOM}/{act.id}")
    assert secretary.soup.find(attrs={"name": "seconded_act"}) is None
    for session in db.session.scalars(select(UserSession).filter_by(user_id=here.people[1].id)):
        session.proved_at = clock.now() - timedelta(hours=2)
    db.session.commit()

    assert confirm(here.second, act).status_code == 403
    assert len(organizers(here.contest)) == 3
    assert here.second.send({"proof_password": PASSWORD}).status_code == 303

    assert organizers(here.contest) == {person.id for person in here.people[:2]}
    assert asked_for()[0].outcome is Outcome.CONFIRMED


def test_an_organizer_alone_may_appoint_a_second_one_and_is_told_when_adopting(app, browser):
    contest = make_contest(replacements=(TWO_PERSONS,))
    alone = browser(make_member(contest, "organizer"))
    alone.get(f"{OFFICE}/the-le/ban-hanh")
    assert "chưa có thêm người" in alone.text

    invited = alone.post_form(
        f"{OFFICE}/nhan-su/moi", {"email": "hai@toasoan.example", "name": "Lê Thị Hai", "role": "organizer"}
    )

    assert invited.status_code == 303
    assert len(accounts.open_invitations(contest.id)) == 1
    assert asked_for() == []
