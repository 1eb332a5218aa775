"""What only the owner of an account may do asks for the password again, and loses nothing that was typed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from contest import clock
from contest.accounts.models import Invitation, Person, UserSession
from contest.accounts.passwords import DEMO_PASSWORD
from contest.accounts.roles import Role
from contest.accounts.sessions import proof_is_fresh
from contest.database import db
from tests.makers.accounts import LONG_AGO, PASSWORD, make_member
from tests.makers.regulations import make_contest

STAFF = "/ban-thu-ky/nhan-su"
INVITED = {"email": "moi@toasoan.example", "name": "Đỗ “Văn” <Được>", "role": "juror"}


@pytest.fixture
def contest(app, fifteen_minutes):
    return make_contest()


@pytest.fixture
def organizer(contest, browser):
    return browser(make_member(contest, Role.ORGANIZER))


def let_time_pass(minutes=20):
    """Let everybody's last proof be some minutes old."""
    db.session.execute(update(UserSession).values(proved_at=clock.now() - timedelta(minutes=minutes)))
    db.session.commit()


def invited():
    return db.session.scalars(select(Invitation)).all()


def test_a_proof_is_fresh_until_its_last_instant():
    fresh_for = timedelta(minutes=15)

    assert proof_is_fresh(LONG_AGO, LONG_AGO + fresh_for - timedelta(microseconds=1), fresh_for)
    assert not proof_is_fresh(LONG_AGO, LONG_AGO + fresh_for, fresh_for)


def test_a_form_of_consequence_asks_for_the_password_and_then_does_what_was_typed(contest, organizer):
    """A thief at a screen that was left open invites nobody (D3)."""
    organizer.get(f"/{contest.slug}{STAFF}/moi")
    let_time_pass()

    assert organizer.send(INVITED).status_code == 403
    assert invited() == []
    assert organizer.send({"proof_password": ""}).status_code == 422
    assert organizer.send({"proof_password": "không phải mật khẩu"}).status_code == 422
    assert invited() == []
    assert organizer.send({"proof_password": PASSWORD}).status_code == 303

    assert [(one.email, one.name, one.role) for one in invited()] == [tuple(INVITED.values())]
    organizer.post_form(f"/{contest.slug}{STAFF}/moi", INVITED | {"email": "hai@toasoan.example"})
    assert len(invited()) == 2


def test_an_act_within_the_minutes_asks_for_nothing(contest, organizer):
    organizer.get(f"/{contest.slug}{STAFF}/moi")
    let_time_pass(14)

    assert organizer.send(INVITED).status_code == 303


def test_a_table_with_contact_data_is_given_after_the_password_only(contest, organizer):
    table = f"/{contest.slug}{STAFF}?dang=csv"
    let_time_pass()

    asked = organizer.get(table)
    assert asked.status_code == 302
    assert organizer.post_form(asked.location, {"proof_password": PASSWORD}).status_code == 303

    organizer.get(organizer.response.location)
    assert organizer.soup.select_one("main .form-end a")["href"] == table
    assert organizer.get(table).mimetype == "text/csv"


def test_the_proof_leads_to_no_foreign_address(organizer):
    let_time_pass()

    organizer.post_form("/tai-khoan/xac-nhan?next=//evil.example", {"proof_password": PASSWORD})

    assert organizer.response.location == "/tai-khoan/xac-nhan?next=/tai-khoan"


def test_guessing_the_password_at_an_open_screen_comes_to_an_end(contest, organizer):
    """The page that asks again is a door like the sign-in page (D1)."""
    organizer.get(f"/{contest.slug}{STAFF}/moi")
    let_time_pass()
    organizer.send(INVITED)
    for _guess in range(5):
        organizer.send({"proof_password": "không phải mật khẩu"})

    assert organizer.send({"proof_password": PASSWORD}).status_code == 422
    assert "Đã thử quá nhiều lần" in organizer.text
    assert invited() == []


def test_files_are_not_carried_along_and_the_page_says_so(contest, organizer):
    let_time_pass()
    organizer.get(f"/{contest.slug}{STAFF}/moi")

    organizer.send(INVITED, files={"list": (b"x", "danh-sach.xlsx")})

    assert "danh-sach.xlsx" in organizer.text
    assert db.session.scalar(select(Person.email).where(Person.email == INVITED["email"])) is None


def test_whoever_tries_a_role_is_told_the_password_again(contest, browser):
    member = make_member(contest, Role.ORGANIZER)
    member.is_demo = True
    db.session.commit()
    clock.set_to(clock.now())
    visitor = browser(member)
    let_time_pass()

    visitor.get("/tai-khoan/xac-nhan")

    assert visitor.soup.select_one("main code.nowrap").get_text() == DEMO_PASSWORD
