"""Which works somebody is kept from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event, select

from contest.accounts.names import part_of
from contest.database import db, transaction
from contest.entries.models import Byline
from contest.interests import queries, services
from contest.interests.kinds import Kind, State
from contest.interests.models import Interest, Tie
from contest.interests.refusals import CannotBeWaived, DecisionNeedsReason, NotDeclaredByYou, OwnInterest
from tests.makers.accounts import make_member, make_outlet, make_user
from tests.makers.entries import byline, instalment, make_entry
from tests.makers.regulations import make_contest

NOW = datetime(2025, 9, 2, 3, tzinfo=UTC)


class House:
    """A contest with a juror, an organizer and a stranger's work."""

    def __init__(self) -> None:
        self.contest = make_contest()
        self.juror = make_member(self.contest, "juror")
        self.organizer = make_member(self.contest, "organizer")
        self.entry = make_entry(self.contest, make_user())

    def barred(self, user: Any = None) -> frozenset[int]:
        return queries.barred(self.contest, user or self.juror)

    def declare(self, **details: Any) -> None:
        with transaction():
            services.declare(self.juror, self.entry, by=self.juror, now=NOW, **details)

    def decide(self, decide: Any, kind: Kind, reason: str = "Đã hỏi cả hai bên", by: Any = None) -> None:
        with transaction():
            decide(self.juror, self.entry, kind, reason=reason, by=by or self.organizer, now=NOW)


@pytest.fixture
def house(app):
    return House()


def test_nobody_is_kept_from_the_works_of_strangers(house):
    assert house.barred() == frozenset()
    assert queries.barred(house.contest, None) == frozenset()


def test_whoever_sent_a_work_is_kept_from_it_in_every_role(house):
    sender = make_user()
    own = make_entry(house.contest, sender)
    make_member(house.contest, "organizer", user=sender)

    assert house.barred(sender) == {own.id}


def test_whoever_ever_stood_in_the_byline_is_kept_from_the_work(house):
    line = db.session.scalars(select(Byline).filter_by(revision_id=house.entry.revision_id)).first()
    line.person_id = house.juror.person_id
    db.session.commit()

    assert house.barred() == {house.entry.id}


@pytest.mark.parametrize("part", ["email", "phone"])
def test_an_author_with_the_same_address_or_number_keeps_away(house, part):
    line = db.session.scalars(select(Byline).filter_by(revision_id=house.entry.revision_id)).first()
    house.juror.person.phone = "+84905123456"
    setattr(line, part, getattr(house.juror.person, part) or house.juror.email)
    db.session.commit()

    assert house.barred() == {house.entry.id}


def test_the_newsroom_that_took_over_and_the_other_one_it_took_over_keep_away(house):
    now, paper, radio = (make_outlet(name) for name in ("Báo và Đài Gia Lai", "Báo Gia Lai", "Đài Bình Định"))
    paper.successor_id = radio.successor_id = now.id
    db.session.commit()
    works = [make_entry(house.contest, make_user(), instalments=[instalment(outlet_id=one.id)]) for one in (now, radio)]
    colleague = make_member(house.contest, "juror", outlet=paper)

    assert house.barred(colleague) == {work.id for work in works}
    assert queries.conflicts_between(house.contest, [colleague.id]) == {
        (colleague.id, work.id): (Kind.outlet,) for work in works
    }


@pytest.mark.parametrize(("until", "keeps_away"), [(None, True), (2023, True), (2018, False)])
def test_a_newsroom_that_one_told_of_keeps_away_for_three_years(house, until, keeps_away):
    outlet = make_outlet("Báo Quảng Nam")
    work = make_entry(house.contest, make_user(), instalments=[instalment(outlet_id=outlet.id)])
    db.session.add(Tie(contest_id=house.contest.id, user_id=house.juror.id, outlet_id=outlet.id, until=until, at=NOW))
    db.session.commit()

    assert house.barred() == ({work.id} if keeps_away else frozenset())


@pytest.mark.parametrize(
    ("told", "printed", "keeps_away"),
    [
        ("Huỳnh Thị Bích Trâm", "Huỳnh Thị Bích Trâm", True),
        ("Huỳnh Thị Bích Trâm", "HUYNH THI BICH TRAM", True),
        ("Huỳnh Thị Bích Trâm", "Bích Trâm Huỳnh Thị", False),
        ("Lý Quý", "Lí Quí", True),
        ("Huỳnh Thị Bích Trâm", "H.T.B. Trâm", False),
        ("Huỳnh Thị Bích Trâm", "Huỳnh Thị Bích Trầm", False),
    ],
)
def test_a_person_whom_one_named_keeps_away_where_it_is_surely_them(house, told, printed, keeps_away):
    work = make_entry(house.contest, make_user(), bylines=[byline(name=printed)])
    relation = {"relation": Kind.relative, "name": told, "key": part_of(told)}
    db.session.add(Tie(contest_id=house.contest.id, user_id=house.juror.id, at=NOW, **relation))
    db.session.commit()

    assert house.barred() == ({work.id} if keeps_away else frozenset())
    kinds = queries.conflicts_between(house.contest, [house.juror.id]).get((house.juror.id, work.id), ())
    assert queries.bars(kinds) is keeps_away


def test_what_somebody_declares_keeps_them_away_until_they_take_it_back(house):
    house.declare(kind=Kind.taught, note="Từng dạy tác giả")
    assert house.barred() == {house.entry.id}

    with transaction():
        services.withdraw_declaration(house.juror, house.entry, Kind.taught, by=house.juror, now=NOW)
    assert house.barred() == frozenset()


def test_what_was_decided_cannot_be_taken_back(house):
    house.declare()
    house.decide(services.confirm, Kind.declared)

    with pytest.raises(NotDeclaredByYou), transaction():
        services.withdraw_declaration(house.juror, house.entry, by=house.juror, now=NOW)


def test_what_was_waived_no_longer_keeps_away_and_what_was_confirmed_does(house):
    house.declare()
    house.decide(services.waive, Kind.declared)
    assert house.barred() == frozenset()

    house.decide(services.confirm, Kind.name)
    assert house.barred() == {house.entry.id}


def test_every_word_about_a_tie_is_kept(house):
    house.declare(note="Em họ")
    house.decide(services.waive, Kind.declared)
    house.decide(services.confirm, Kind.declared)

    rows = db.session.scalars(select(Interest).order_by(Interest.id)).all()
    assert [(row.state, row.note, row.ended_at is None) for row in rows] == [
        (State.declared, "Em họ", False),
        (State.waived, "Em họ", False),
        (State.confirmed, "Em họ", True),
    ]


def test_nobody_decides_about_themselves_or_without_a_reason(house):
    with pytest.raises(OwnInterest), transaction():
        services.waive(house.juror, house.entry, Kind.outlet, reason="Tôi khách quan", by=house.juror, now=NOW)
    with pytest.raises(DecisionNeedsReason):
        house.decide(services.confirm, Kind.outlet, reason="  ")


def test_the_own_work_of_somebody_cannot_be_waived(house):
    with pytest.raises(CannotBeWaived):
        house.decide(services.waive, Kind.own_entry)


def test_two_statements_find_what_one_is_kept_from_and_seven_what_everybody_is(house):
    house.declare()
    db.session.refresh(house.juror)
    _ = house.juror.memberships, house.contest.regulation, house.contest.id
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        house.barred()
        assert len(asked) == 2
        queries.conflicts_between(house.contest, [house.juror.id])
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len(asked) - 2 == 7


def test_one_and_many_agree_on_who_is_kept_from_what(house):
    outlet = make_outlet("Báo Kon Tum")
    sender = make_user()
    make_entry(house.contest, sender)
    make_member(house.contest, "organizer", user=sender)
    people = [house.juror, sender, make_member(house.contest, "chair", outlet=outlet)]
    make_entry(house.contest, make_user(), instalments=[instalment(outlet_id=outlet.id)])
    make_entry(house.contest, make_user(), bylines=[byline(name=house.juror.name, email=house.juror.email)])
    house.declare()

    many = queries.conflicts_between(house.contest, [person.id for person in people])

    for person in people:
        one = {entry for (user, entry), kinds in many.items() if user == person.id and any(k.blocks for k in kinds)}
        assert house.barred(person) == one
    assert len({user for user, _entry in many}) == 3
