"""The outbox as the staff sees it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from contest import clock, mail
from contest.database import db, transaction
from contest.privacy.models import Opening
from tests.makers.accounts import make_member, make_user
from tests.makers.regulations import make_contest


@pytest.fixture
def outbox(app):
    """A contest with a letter of its own, one of another contest and one about an account."""
    contest = make_contest()
    with transaction():
        for key, contest_id in (("cuoc-thi", contest.id), ("cuoc-thi-khac", 99), ("tai-khoan", None)):
            mail.post(
                key=key,
                to="ban.doc@example.vn",
                subject=f"Thư {key}",
                text=f"Nội dung {key}.\n",
                contest_id=contest_id,
                now=clock.now(),
            )
    return contest


def subjects(visitor, contest):
    visitor.get(f"/{contest.slug}/ban-thu-ky/thu/")
    return sorted(link.get_text() for link in visitor.soup.select("tbody th a"))


def test_staff_reads_the_letters_of_its_own_contest(outbox, browser):
    assert subjects(browser(make_member(outbox, "secretary")), outbox) == ["Thư cuoc-thi"]


def test_an_address_stands_whole_on_the_page_of_its_letter_alone_where_looking_at_it_is_noted(outbox, browser):
    """A list is opened often, and by habit. (G7)"""
    person = make_user("ngocthu@vidu.example")
    with transaction():
        letter = mail.post(
            key="z", to="ngocthu@vidu.example", subject="Mời họp", text="x", contest_id=outbox.id, now=clock.now()
        )
    secretary = browser(make_member(outbox, "secretary"))

    assert "ngocthu@vidu.example" not in secretary.get(f"/{outbox.slug}/ban-thu-ky/thu/").text
    assert "ng•••@vidu.example" in secretary.text
    assert db.session.scalars(select(Opening.subject)).all() == []
    assert "ngocthu@vidu.example" in secretary.get(f"/{outbox.slug}/ban-thu-ky/thu/{letter.id}").text
    assert db.session.scalars(select(Opening.subject)).all() == [person.person.subject]


def test_in_a_demo_letters_about_accounts_are_read_too(outbox, browser):
    clock.set_to(clock.now())
    secretary = browser(make_member(outbox, "secretary"))

    assert subjects(secretary, outbox) == ["Thư cuoc-thi", "Thư tai-khoan"]
    link = secretary.soup.find("a", string="Thư tai-khoan")
    assert "Nội dung tai-khoan." in secretary.get(link["href"]).text


def test_a_letter_is_sent_again_on_request(outbox, browser):
    secretary = browser(make_member(outbox, "secretary"))
    secretary.get(f"/{outbox.slug}/ban-thu-ky/thu/")
    address = secretary.soup.select_one("tbody th a")["href"]

    assert secretary.post_form(address).status_code == 303
    assert "Thư đã được xếp lại vào hàng chờ gửi." in secretary.get(address).text


def test_who_complained_is_not_read_from_the_outbox(outbox, browser):
    with transaction():
        mail.post(
            key="complaint:received:1",
            to="thuha@vidu.example",
            subject="Đã nhận khiếu nại KN-0001",
            text="Kính gửi bà Thu Hà.\n",
            contest_id=outbox.id,
            about="complaint:KN-0001",
            now=clock.now(),
        )
    secretary = browser(make_member(outbox, "secretary"))

    secretary.get(f"/{outbox.slug}/ban-thu-ky/thu/")
    assert "thuha@vidu.example" not in secretary.text
    link = secretary.soup.find("a", string="Đã nhận khiếu nại KN-0001")
    secretary.get(link["href"])
    assert "thuha@vidu.example" not in secretary.text
    assert "Thu Hà" not in secretary.text
    with secretary.get(f"/{outbox.slug}/ban-thu-ky/thu/?dang=csv") as table:
        assert "KN-0001" in table.get_data(as_text=True)
        assert "thuha@vidu.example" not in table.get_data(as_text=True)
