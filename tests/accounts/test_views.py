"""The doors as people meet them: pages opened, real forms sent."""

from __future__ import annotations

import re

import pytest

from contest.accounts.models import User, UserSession
from contest.database import db
from contest.mail import Letter
from tests.makers.accounts import PASSWORD, make_member, make_user
from tests.makers.regulations import make_contest

NEW = "gió chướng thổi qua đồng muối"


def letters_to(address):
    return db.session.query(Letter).filter_by(to=address).order_by(Letter.id).all()


def link_in(letter):
    return re.search(r"http://localhost(/\S+)", letter.text).group(1)


@pytest.fixture
def contest(app):
    return make_contest()


def test_somebody_registers_confirms_and_signs_in(contest, browser):
    person = browser()
    answer = person.post_form(
        "/dang-ky", {"name": "Huỳnh Đông Trà", "email": "Dongtra@ToaSoan.example", "password": NEW, "consent": "y"}
    )
    assert answer.headers["Location"] == "/dang-ky/da-gui"
    person.get("/dang-ky/da-gui")
    assert "Dongtra@ToaSoan.example" in person.text

    person.post_form("/dang-nhap", {"email": "dongtra@toasoan.example", "password": NEW})
    assert person.response.status_code == 422

    link = link_in(letters_to("dongtra@toasoan.example")[0])
    person.get(link)
    assert db.session.query(User).one().email_confirmed_at is None
    assert person.send().headers["Location"] == "/dang-nhap"
    assert person.get(link).status_code == 410

    answer = person.post_form("/dang-nhap", {"email": "dongtra@toasoan.example", "password": NEW})
    assert answer.status_code == 303
    person.get("/tai-khoan")
    assert "Huỳnh Đông Trà" in person.text
