"""The shell makes the first organizer."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from contest.accounts.models import Membership, User
from contest.accounts.refusals import AccountExists, ContestNeeded, WeakPassword
from contest.accounts.roles import Role
from contest.database import db
from contest.regulations.models import NoSuchContest
from tests.makers.accounts import make_user
from tests.makers.regulations import make_contest

PASSWORD = "gió chướng thổi qua đồng muối"


@pytest.fixture
def shell(app):
    def run(*words, password=PASSWORD):
        result = app.test_cli_runner().invoke(
            args=["user", *words], input=f"{password}\n{password}\n", catch_exceptions=True
        )
        if isinstance(result.exception, Exception):
            raise result.exception
        return result

    return run


def create(shell, *more, email="que@toasoan.example", **options):
    return shell("create", "--email", email, "--name", "Hồ Thục Quế", *more, **options)


def test_before_the_first_contest_the_shell_makes_its_founder(shell):
    result = create(shell)

    user = db.session.scalars(select(User)).one()
    assert (user.email, user.name, user.may_create_contests, user.is_active) == (
        "que@toasoan.example",
        "Hồ Thục Quế",
        True,
        True,
    )
    assert "http://localhost/dang-nhap" in result.output
    assert "Chưa có cuộc thi nào" in result.output


def test_in_a_contest_the_role_is_given(shell):
    contest = make_contest()
    create(shell, "--role", "secretary", "--password-stdin", "--contest", contest.slug)

    assert db.session.scalars(select(Membership.role)).one() == Role.SECRETARY
    assert not db.session.scalars(select(User.may_create_contests)).one()


def test_what_cannot_be_done_is_refused_and_leaves_nothing(shell):
    make_user("co@toasoan.example")
    with pytest.raises(AccountExists):
        create(shell, email="co@toasoan.example")
    with pytest.raises(ContestNeeded):
        create(shell, "--role", "juror")
    with pytest.raises(NoSuchContest):
        create(shell, "--contest", "khong-co")
    with pytest.raises(WeakPassword):
        create(shell, password="danvankheo2025")
    assert len(db.session.scalars(select(User)).all()) == 1


def test_an_account_is_closed_and_opened(shell):
    user = make_user("co@toasoan.example")
    shell("disable", "--email", "co@toasoan.example")
    db.session.refresh(user)
    assert not user.is_active
    shell("enable", "--email", "co@toasoan.example")
    db.session.refresh(user)
    assert user.is_active
