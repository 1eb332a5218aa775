"""Accepting, returning and rejecting, on rows."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from contest.audit.models import AuditLine
from contest.database import db, transaction
from contest.entries import services as entries
from contest.entries.models import EntryState
from contest.entries.parts import Part
from contest.mail import Letter
from contest.screening import services
from contest.screening.acts import Shown
from contest.screening.models import ScreeningAct
from contest.screening.refusals import (
    ActedMeanwhile,
    AlreadyRejected,
    EntryWithdrawn,
    GroundUnknown,
    ReasonForExceptionMissing,
    RevisionChanged,
)
from tests.makers import screening
from tests.makers.accounts import make_member, make_user
from tests.makers.entries import make_entry
from tests.makers.regulations import make_contest


@pytest.fixture
def contest(app):
    return make_contest()


@pytest.fixture
def secretary(contest):
    return make_member(contest, "secretary", name="Ngô Hoài Khuê")


@pytest.fixture
def entry(contest):
    return make_entry(contest, make_user("tra@toasoan.example"), "received")


def letters(entry):
    return db.session.scalars(
        select(Letter)
        .where(Letter.key.startswith("screening:"), Letter.about == f"entry:{entry.code}")
        .order_by(Letter.id)
    ).all()


def test_accepting_lets_a_work_go_to_the_jury_and_tells_its_author(entry, secretary):
    act = screening.accept(entry, secretary)

    assert entry.state is EntryState.ACCEPTED
    assert (act.revision_id, act.by_id) == (entry.revision_id, secretary.id)
    assert {letter.to for letter in letters(entry)} >= {"tra@toasoan.example"}
    assert entry.shown_code in letters(entry)[0].subject


def test_every_act_is_a_line_of_the_log_that_names_nobody(entry, secretary):
    act = screening.reject(entry, secretary, reason="Tác giả Võ Gia Trà đã nhận giải.")

    line = db.session.scalars(select(AuditLine).filter_by(action="entry.rejected")).one()
    assert (line.actor, line.about) == (secretary.subject, f"entry:{entry.code}")
    assert line.details == {"act": act.id, "revision": 1, "article": act.article}


def test_returning_opens_the_parts_named_until_the_date(entry, secretary):
    act = screening.return_entry(entry, secretary, items=("instalments", "dossier:trang_bao"))

    assert entry.state is EntryState.RETURNED
    assert entry.returned_until == act.until
    assert entries.open_parts(entry, act.at) == {Part.INSTALMENTS, Part.DOSSIER}
    assert entries.open_parts(entry, act.until) == frozenset()


def test_the_letter_of_a_return_names_the_parts_the_reason_and_the_last_day(entry, secretary):
    act = screening.return_entry(entry, secretary, items=("dossier:trang_bao",), reason="Trang 2 không thấy măng sét.")

    text = letters(entry)[0].text
    assert "Bản chụp trang báo" in text
    assert "Trang 2 không thấy măng sét." in text
    assert f"{act.last_day:%d/%m/%Y}" in text


def test_a_return_can_be_changed(entry, secretary):
    first = screening.return_entry(entry, secretary)
    second = screening.return_entry(entry, secretary, items=("bylines",), until=first.until + timedelta(days=1))

    assert (entry.returned_items, entry.returned_until) == (["bylines"], second.until)


def test_rejecting_names_an_article_of_the_regulation(entry, secretary, contest):
    act = screening.reject(entry, secretary, rule="prior_awards")

    assert act.article == contest.regulation.cite("prior_awards")
    assert act.article in letters(entry)[0].text
    assert entry.state is EntryState.REJECTED
    with pytest.raises(AlreadyRejected):
        screening.reject(entry, make_member(contest, "secretary"))


def test_an_article_that_is_not_in_the_regulation_is_no_ground(entry, secretary):
    with pytest.raises(GroundUnknown):
        screening.reject(entry, secretary, rule="dep_trai")


def test_a_rejection_by_mistake_is_undone_by_accepting(entry, secretary):
    screening.reject(entry, secretary)
    screening.accept(entry, secretary)

    assert entry.state is EntryState.ACCEPTED
    assert [act.kind for act in db.session.scalars(select(ScreeningAct).order_by(ScreeningAct.id))] == [
        "reject",
        "accept",
    ]


def test_a_note_changes_nothing_and_sends_nothing(entry, secretary, now):
    with transaction():
        services.note(entry, "Đã gọi cho tòa soạn.", by=secretary, now=now)

    assert entry.state is EntryState.RECEIVED
    assert letters(entry) == []


def test_the_second_of_two_secretaries_is_told_of_the_first(entry, secretary, contest):
    before = screening.shown(entry)
    screening.accept(entry, secretary)

    with pytest.raises(ActedMeanwhile) as told, transaction():
        services.reject(
            entry,
            before,
            rule="dossier",
            reason="Thiếu trang báo.",
            by=make_member(contest, "secretary"),
            now=screening.screening_hour(contest),
        )

    assert told.value.parameters["name"] == "Ngô Hoài Khuê"
    assert entry.state is EntryState.ACCEPTED


def test_a_button_pressed_twice_is_one_act(entry, secretary, contest):
    before, now = screening.shown(entry), screening.screening_hour(contest)
    for _press in range(2):
        with transaction():
            services.accept(entry, before, by=secretary, now=now)

    assert len(db.session.scalars(select(ScreeningAct)).all()) == 1
    assert len({letter.key for letter in letters(entry)}) == len(letters(entry))


def test_a_revision_sent_meanwhile_is_read_before_it_is_decided_on(entry, secretary, contest):
    before = screening.shown(entry)
    sent_at = entry.submitted_at + timedelta(minutes=5)
    with transaction():
        work = {key: entry.draft[key] for key in ("title", "category", "genre", "topic", "summary")}
        changed = work | {"summary": "Bản viết lại."}
        entries.save_draft(entry, Part.WORK, changed, version=entry.draft_version, by=entry.owner, now=sent_at)
        entries.amend(entry, by=entry.owner, now=sent_at)

    with pytest.raises(RevisionChanged) as told, transaction():
        services.accept(entry, before, by=secretary, now=screening.screening_hour(contest))

    assert told.value.parameters["number"] == 2
    assert entry.state is EntryState.RECEIVED


def test_a_withdrawn_work_is_left_alone(contest, secretary):
    entry = make_entry(contest, make_user(), "withdrawn")

    with pytest.raises(EntryWithdrawn):
        screening.accept(entry, secretary)


def test_a_page_that_names_another_revision_decides_nothing(entry, secretary, contest):
    with pytest.raises(RevisionChanged), transaction():
        services.accept(entry, Shown(-1, 0), by=secretary, now=screening.screening_hour(contest))


def test_checking_again_sees_what_was_entered_since(entry, secretary, contest, now):
    sender = entry.owner
    make_member(contest, "juror", user=sender)

    with transaction():
        act = services.check_again(entry, by=secretary, now=now)

    assert entry.blocks == 1
    found = services.findings_in_force(entry.revision, [act])
    assert [finding.rule for finding in found if finding.severity == "blocks"] == ["excluded_entrants"]
    with pytest.raises(ReasonForExceptionMissing):
        screening.accept(entry, secretary)
    screening.accept(entry, secretary, reason="Giám khảo đã rút khỏi hội đồng.")
    assert entry.state is EntryState.ACCEPTED
