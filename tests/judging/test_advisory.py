"""Sheets that only compare jurors with each other: they lie on the desk like any other, and count nowhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from contest.database import db
from contest.judging import progress as rules
from contest.judging import queries, services
from contest.judging.models import Assignment, RoundEntry
from contest.judging.refusals import AlreadyAssigned
from contest.judging.services.assigning import give
from contest.results.queries.assessment import assignments_on, awaited
from contest.results.queries.material import sheets_of
from tests.makers.accounts import make_user
from tests.makers.entries import make_entry
from tests.makers.judging import make_assignment, make_sheet


@pytest.fixture
def advisory(room: Any) -> Assignment:
    """A second juror has the work to compare, and has sent a sheet."""
    found = make_assignment(room.round, room.entry, room.jurors[1], advisory=True)
    make_sheet(found)
    return found


def first_of(room: Any) -> RoundEntry:
    """Have the work of the room marked first by the whole panel."""
    work = db.session.scalars(select(RoundEntry).filter_by(entry_id=room.entry.id)).one()
    work.first = True
    db.session.commit()
    return work


def test_an_advisory_sheet_does_not_count(room, advisory):
    assert queries.sheets_in_force(room.round) == []
    assert sheets_of(room.round) == {}


def test_an_advisory_sheet_of_a_juror_who_stepped_back_is_not_named_either(room, advisory):
    advisory.recused_at = room.during
    db.session.commit()

    assert sheets_of(room.round) == {}


def test_an_advisory_work_is_no_load_and_no_backlog(room, advisory):
    assert queries.loads_of(room.round) == {room.juror.id: 1}
    assert queries.loads_of(room.round, advisory=True) == {room.juror.id: 1, room.jurors[1].id: 1}
    board = rules.board(queries.progress(room.round), opens=room.opens, closes=room.closes, now=room.during)
    assert [line.juror_id for line in board.by_juror] == [room.juror.id]


def test_an_advisory_juror_does_not_stand_in_for_a_missing_one(room, advisory):
    covered = queries.coverage(room.round, 2)

    assert (covered.works, covered.complete, covered.unassigned, covered.recused) == (1, 0, 1, 0)


def test_an_advisory_sheet_is_neither_waited_for_nor_asked_for_again(room, advisory):
    services.reopen(
        advisory, until=room.closes + timedelta(days=1), reason="Chấm lại", by=room.secretary, now=room.during
    )

    assert awaited(room.round, room.during) == []
    assert assignments_on(room.round, room.entry.code) == []


def test_an_advisory_work_lies_on_the_desk_like_any_other(room, advisory):
    assert [line.id for line in queries.desk(room.jurors[1], room.round)] == [advisory.id]


def test_works_that_the_panel_marks_first_lie_first(room):
    later = make_entry(room.contest, make_user(name="Ngô Nhật Uyên"))
    make_assignment(room.round, later, room.juror)
    before = [line.entry_id for line in queries.desk(room.juror, room.round)]
    db.session.scalars(select(RoundEntry).filter_by(entry_id=before[-1])).one().first = True
    db.session.commit()

    assert [line.entry_id for line in queries.desk(room.juror, room.round)] == before[::-1]


def test_a_work_marked_first_becomes_the_jurors_own_when_it_is_assigned(room, advisory):
    first_of(room)

    given = services.assign(room.round, room.entry, room.jurors[1], by=room.secretary, now=room.during)

    assert given.id == advisory.id
    assert [sheet.juror_id for sheet in queries.sheets_in_force(room.round)] == [room.jurors[1].id]


def test_spreading_counts_those_who_have_a_work_only_to_compare(room, advisory):
    first_of(room)

    services.spread(room.round, seed=1, by=room.secretary, now=room.during)

    assert queries.coverage(room.round, 3).unassigned == 0
    assert db.session.scalars(select(Assignment.advisory)).all() == [False, False, False]


def test_a_work_that_was_marked_again_without_telling_never_becomes_the_jurors_own(room, advisory):
    with pytest.raises(AlreadyAssigned):
        services.assign(room.round, room.entry, room.jurors[1], by=room.secretary, now=room.during)
    services.spread(room.round, seed=1, by=room.secretary, now=room.during)

    db.session.refresh(advisory)
    assert advisory.advisory


def test_choosing_by_hand_leaves_those_who_only_compare_alone(room, advisory):
    services.choose_jurors(room.round, room.entry, [room.jurors[2]], by=room.secretary, now=room.during)

    kept = {line.juror_id: line.advisory for line in queries.assignment_lines(room.round)}
    assert kept == {room.jurors[1].id: True, room.jurors[2].id: False}


def test_a_work_given_to_compare_is_not_counted_as_given(room):
    given = give(room.round, room.entry, room.jurors[1], advisory=True, by=room.secretary, now=room.during)

    assert given.advisory
    assert queries.loads_of(room.round).get(room.jurors[1].id) is None
