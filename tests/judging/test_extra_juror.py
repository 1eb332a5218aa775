"""One more juror for a work whose sheets differ too far."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contest.database import db, transaction
from contest.judging import queries, services
from contest.judging.models import Assignment
from contest.judging.refusals import AlreadyAssigned, NotAJuror, NoThirdHere, ReopeningTooShort, ThirdExists
from tests.makers.accounts import make_member, make_user
from tests.makers.judging import declare, full_marks, make_assignment, make_sheet

BEFORE = "panel_size = 5\nminimum_sheets = 3\nblind = false\nscale = 100\ndiscrepancy = "
WITH_THIRD = ((f"{BEFORE}20", f'{BEFORE}{{limit = 20, consequence = "third_replaces"}}'),)


@pytest.fixture
def replacements(request: Any) -> tuple[tuple[str, str], ...]:
    return getattr(request, "param", WITH_THIRD)


def assign_third(room: Any, juror: Any, *, at: Any = None, until: Any = None) -> Assignment:
    with transaction():
        return services.assign_third(
            room.round,
            room.entry,
            juror,
            until=until or room.closes + timedelta(days=2),
            reason="Điểm chênh lệch quá mức",
            by=room.secretary,
            now=at or room.closes,
        )


def test_after_the_round_closed_an_extra_juror_has_time_of_their_own(room):
    outsider = make_member(room.contest, "juror")
    assignment = assign_third(room, outsider)
    declare(room.round, outsider)
    db.session.commit()

    with transaction():
        services.submit_score_sheet(
            assignment, full_marks(room.round, "BAO_IN"), by=outsider, now=room.closes + timedelta(days=1)
        )

    (sheet,) = queries.sheets_in_force(room.round)
    assert (sheet.juror_id, sheet.third, sheet.is_chair) == (outsider.id, True, False)


def test_a_work_has_one_extra_juror_at_most_until_that_one_steps_back(room):
    first, second = make_member(room.contest, "juror"), make_member(room.contest, "juror")
    assignment = assign_third(room, first)

    with pytest.raises(ThirdExists):
        assign_third(room, second)
    with transaction():
        services.recuse(assignment, reason="Quen tác giả", by=first, now=room.closes)

    assert assign_third(room, second).third


def test_an_extra_juror_is_a_juror_who_does_not_have_the_work(room):
    with pytest.raises(AlreadyAssigned):
        assign_third(room, room.juror)
    with pytest.raises(NotAJuror):
        assign_third(room, make_user())


def test_an_extra_juror_after_the_closing_needs_time(room):
    with pytest.raises(ReopeningTooShort):
        assign_third(room, room.jurors[1], until=room.closes)


def test_an_extra_juror_is_not_counted_among_those_that_the_regulation_asks_for(room):
    make_sheet(make_assignment(room.round, room.entry, room.jurors[1], third=True))

    before = services.propose_spread(room.round, seed=1, now=room.during)

    assert room.jurors[1].id not in {juror for _, juror in before.spread.lines}
    assert [one.missing for one in before.spread.unserved] == [1]
    assert queries.coverage(room.round, 1).complete == 0


def test_choosing_jurors_by_hand_leaves_the_extra_juror_alone(room):
    third = assign_third(room, room.jurors[1])

    with transaction():
        services.choose_jurors(room.round, room.entry, [room.jurors[2]], by=room.secretary, now=room.during)

    lines = {line.juror_id: line.third for line in queries.assignment_lines(room.round)}
    assert lines == {third.juror_id: True, room.jurors[2].id: False}


@pytest.mark.parametrize("replacements", [()], indirect=True)
def test_a_regulation_without_extra_jurors_gives_none(room):
    with pytest.raises(NoThirdHere):
        assign_third(room, room.jurors[1])
