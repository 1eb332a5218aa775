"""Newsrooms that receive a prize are written to, through those who represent them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from contest.accounts.models import Role
from contest.database import db, transaction
from contest.mail.models import Letter
from contest.results import services
from tests.makers import results as makers
from tests.makers.accounts import make_member, make_outlet
from tests.makers.regulations import make_contest
from tests.results import settings


@pytest.fixture
def contest(app):
    return make_contest(replacements=(settings.with_prizes(settings.COLLECTIVE),))


@pytest.fixture
def organizer(contest):
    return make_member(contest, Role.ORGANIZER)


def letters_to(person) -> list[Letter]:
    return list(db.session.scalars(select(Letter).filter_by(to=person.email).order_by(Letter.id)))


def test_those_who_represent_a_newsroom_with_a_prize_hear_of_the_posting_and_of_the_publication(contest, organizer):
    winner, other = make_outlet("Báo Quảng Ngãi"), make_outlet("Báo Ba Tơ")
    people = [make_member(contest, Role.OUTLET, outlet=winner) for _ in range(2)]
    stranger = make_member(contest, Role.OUTLET, outlet=other)
    makers.make_sealed(contest=contest, by=organizer)

    decision = makers.make_prepared(contest, by=organizer)
    with transaction():
        services.publish(contest, by=organizer, now=decision.at + timedelta(hours=1))

    for person in people:
        posted, published = letters_to(person)
        assert "Báo Quảng Ngãi có tên trong danh sách" in posted.text
        assert "7.000.000" not in posted.text
        assert "Báo Quảng Ngãi đã nhận: Giải tập thể" in published.text
        assert "/ket-qua" in published.text
    assert letters_to(stranger) == []


def test_of_a_newsroom_that_bears_another_name_today_its_successor_is_written_to(contest, organizer):
    today = make_outlet("Báo và Phát thanh, Truyền hình Quảng Ngãi")
    make_outlet("Báo Quảng Ngãi", successor=today)
    person = make_member(contest, Role.OUTLET, outlet=today)
    makers.make_sealed(contest=contest, by=organizer)

    makers.make_posted(contest, by=organizer)

    assert len(letters_to(person)) == 1
