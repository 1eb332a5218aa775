"""Earlier states of a draft, and a juror's own notes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from contest.database import db, transaction
from contest.judging import personal, services
from contest.judging.earlier_states import MOST, PAUSE, Text, is_worth_keeping
from contest.judging.models import DraftRevision, JurorNote
from contest.judging.refusals import DraftChanged, NoEarlierState, NoteChanged, NotYourAssignment, RoundSealed
from contest.subjects import Subject
from contest.turns import NOT_COUNTED, Turn
from tests.makers.accounts import LONG_AGO
from tests.makers.judging import make_draft, make_sheet

SECOND = timedelta(seconds=1)


def type_in(room, marks, comment="", *, version, at, turn=NOT_COUNTED):
    with transaction():
        draft = services.save_sheet_draft(
            room.assignment, marks, comment, version=version, turn=turn, by=room.juror, now=at
        )
        return draft.version


def states(room):
    rows = db.session.scalars(select(DraftRevision).order_by(DraftRevision.number))
    return [(row.number, row.marks, row.comment) for row in rows]


def test_while_somebody_types_one_state_a_minute_is_kept(room):
    moment = room.during
    version = type_in(room, {"bam_sat": "1"}, version=0, at=moment)
    for second in range(1, 150):
        version = type_in(room, {"bam_sat": "1"}, f"Chữ thứ {second}", version=version, at=moment + second * SECOND)

    assert [comment for _number, _marks, comment in states(room)] == ["Chữ thứ 59", "Chữ thứ 119"]


def test_a_mark_that_is_wiped_out_is_kept_at_once(room):
    version = type_in(room, {"bam_sat": "17", "phat_hien": "20"}, version=0, at=room.during)
    type_in(room, {"phat_hien": "20"}, version=version, at=room.during + SECOND)

    assert states(room) == [(1, {"bam_sat": "17", "phat_hien": "20"}, "")]


@given(st.permutations([1, 2, 3, 4]))
def test_whatever_the_order_in_which_the_texts_of_one_window_come_the_last_one_stays(order):
    last = NOT_COUNTED
    for number in order:
        sent = Turn("a", number)
        assert sent.is_overtaken_by(last) != (sent.goes_on_from(last) or last == NOT_COUNTED)
        last = last if sent.is_overtaken_by(last) else sent

    assert last == Turn("a", 4)


def test_a_later_text_of_one_window_needs_no_version_and_an_earlier_one_changes_nothing(room):
    at = room.during

    assert type_in(room, {"bam_sat": "18"}, version=0, at=at, turn=Turn("a", 2)) == 1
    assert type_in(room, {"bam_sat": "1"}, version=0, at=at, turn=Turn("a", 1)) == 1
    assert room.assignment.draft.marks == {"bam_sat": "18"}
    assert type_in(room, {"bam_sat": "19"}, version=0, at=at, turn=Turn("a", 3)) == 2


def test_an_earlier_text_that_comes_late_does_not_undo_what_was_taken_back(room):
    at = room.during
    type_in(room, {"bam_sat": "17"}, version=0, at=at)
    type_in(room, {"bam_sat": "17"}, version=1, at=at, turn=Turn("a", 2))  # 18, and 17 again

    assert type_in(room, {"bam_sat": "18"}, version=1, at=at, turn=Turn("a", 1)) == 1
    assert room.assignment.draft.marks == {"bam_sat": "17"}


def test_a_window_goes_on_from_no_text_of_another_one(room):
    at = room.during
    type_in(room, {"bam_sat": "17"}, version=0, at=at, turn=Turn("a", 1))
    type_in(room, {"bam_sat": "18"}, version=1, at=at, turn=Turn("b", 1))

    with pytest.raises(DraftChanged):
        type_in(room, {"bam_sat": "19"}, version=1, at=at, turn=Turn("a", 2))
    with pytest.raises(DraftChanged):
        type_in(room, {"bam_sat": "19"}, version=1, at=at)


@given(st.text(min_size=1, max_size=60))
def test_a_comment_that_is_wiped_out_is_always_worth_keeping(comment):
    old, new = Text({}, comment), Text({}, "")

    assert is_worth_keeping(old, new, kept_at=LONG_AGO, now=LONG_AGO)


def test_nothing_is_kept_of_an_empty_draft():
    assert not is_worth_keeping(Text({"bam_sat": ""}, ""), Text({}, "a"), kept_at=None, now=LONG_AGO)


def test_the_oldest_states_go_and_numbers_never_come_twice(room):
    version, moment = 0, room.during
    for number in range(MOST + 5):
        version = type_in(room, {"bam_sat": str(number % 20)}, version=version, at=moment + number * PAUSE)

    numbers = [number for number, _marks, _comment in states(room)]
    assert numbers == list(range(5, MOST + 5))


def test_going_back_keeps_the_present_state_too(room):
    version = type_in(room, {"bam_sat": "17"}, "Hay", version=0, at=room.during)
    type_in(room, {"bam_sat": "5"}, "Dở", version=version, at=room.during + PAUSE)

    with transaction():
        draft = services.restore_draft(room.assignment, number=1, by=room.juror, now=room.during + PAUSE + SECOND)
        assert (draft.marks, draft.comment, draft.version) == ({"bam_sat": "17"}, "Hay", 3)

    assert states(room)[1:] == [(2, {"bam_sat": "5"}, "Dở")]


def test_a_window_that_still_shows_what_was_before_notices_the_going_back(room):
    version = type_in(room, {"bam_sat": "17"}, version=0, at=room.during)
    version = type_in(room, {"bam_sat": "5"}, version=version, at=room.during + PAUSE)
    with transaction():
        services.restore_draft(room.assignment, number=1, by=room.juror, now=room.during + 2 * PAUSE)

    with pytest.raises(DraftChanged):
        type_in(room, {"bam_sat": "6"}, version=version, at=room.during + 3 * PAUSE)


def test_a_sheet_that_was_sent_can_be_put_back_into_the_draft_and_stays_as_it_is(room):
    sheet = make_sheet(room.assignment, {"bam_sat": 1750}, comment="Bản gửi")
    make_draft(room.assignment, {"bam_sat": "3"})

    with transaction():
        draft = services.restore_sheet(room.assignment, revision=1, by=room.juror, now=room.during)
        assert (draft.marks, draft.comment) == ({"bam_sat": "17,5"}, "Bản gửi")

    assert (sheet.marks, sheet.comment) == ({"bam_sat": 1750}, "Bản gửi")


def test_what_was_never_kept_cannot_be_gone_back_to(room):
    for restore in (
        lambda: services.restore_draft(room.assignment, number=1, by=room.juror, now=room.during),
        lambda: services.restore_sheet(room.assignment, revision=1, by=room.juror, now=room.during),
    ):
        with pytest.raises(NoEarlierState), transaction():
            restore()


def test_nobody_goes_back_for_somebody_else_or_after_the_sealing(room):
    make_sheet(room.assignment)
    with pytest.raises(NotYourAssignment), transaction():
        services.restore_sheet(room.assignment, revision=1, by=room.jurors[1], now=room.during)

    room.round.sealed_at = room.closes
    db.session.commit()
    with pytest.raises(RoundSealed), transaction():
        services.restore_sheet(room.assignment, revision=1, by=room.juror, now=room.during)


def note(room, text, *, version, turn=NOT_COUNTED, by=None):
    with transaction():
        kept = services.save_note(
            room.assignment, text, version=version, turn=turn, by=by or room.juror, now=room.during
        )
        return kept.version if kept else 0


def test_a_note_is_kept_with_a_version_and_the_same_again_changes_nothing(room):
    assert note(room, "Nghe lại phút 12", version=0) == 1
    assert note(room, "Nghe lại phút 12", version=0) == 1
    assert note(room, "Nghe lại phút 12 và 20", version=1) == 2


def test_a_note_follows_the_later_text_of_one_window_in_whatever_order_they_come(room):
    one, two = Turn("a", 1), Turn("a", 2)

    assert note(room, "Một", version=0, turn=two) == 1
    assert note(room, "M", version=0, turn=one) == 1
    assert db.session.get(JurorNote, room.assignment.id).text == "Một"
    assert note(room, "Một hai", version=0, turn=Turn("a", 3)) == 2
    with pytest.raises(NoteChanged):
        note(room, "Ba", version=1, turn=Turn("b", 9))


def test_a_stale_window_does_not_type_over_a_note(room):
    note(room, "Một", version=0)
    note(room, "Hai", version=1)

    with pytest.raises(NoteChanged):
        note(room, "Ba", version=1)
    assert db.session.get(JurorNote, room.assignment.id).text == "Hai"


def test_nobody_writes_into_the_notes_of_somebody_else(room):
    with pytest.raises(NotYourAssignment):
        note(room, "Lạ", version=0, by=room.jurors[1])


def test_the_notes_of_a_juror_go_with_the_person(room):
    def erase(person):
        with transaction():
            personal.erase(Subject(frozenset({person.id}), frozenset(), frozenset()), room.during)

    note(room, "Một", version=0)

    erase(room.jurors[1])
    assert db.session.get(JurorNote, room.assignment.id).text == "Một"
    erase(room.juror)
    assert db.session.get(JurorNote, room.assignment.id) is None
