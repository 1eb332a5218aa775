"""Choosing works that all mark first, opening their spread, and having works marked again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from contest.audit.models import AuditLine
from contest.calibration import emails, queries, services
from contest.calibration.models import Remark, Why
from contest.calibration.refusals import (
    AlreadyDiscussed,
    NotAllIn,
    NothingToDiscuss,
    NothingToMarkAgain,
    TimeNeeded,
    TooManyFirst,
)
from contest.database import db
from contest.judging import queries as judging
from contest.judging import services as jury
from contest.judging.models import Assignment, Reopening, RoundEntry
from contest.judging.refusals import NotInRound, RoundSealed
from contest.mail import Letter
from tests.calibration.conftest import PANEL
from tests.makers.accounts import make_user
from tests.makers.entries import make_entry
from tests.makers.judging import make_sheet


def choose(court: Any, *works: Any) -> Any:
    return services.choose_first(court.round, PANEL, [work.id for work in works], by=court.chair, now=court.during)


def test_every_juror_of_the_panel_has_a_chosen_work_and_those_who_had_it_keep_it(court):
    before = set(court.held(court.works[0]))

    choose(court, court.works[0])

    held = court.held(court.works[0])
    assert set(held) == {juror.id for juror in court.jurors}
    assert {juror for juror, one in held.items() if not one.advisory} == before


def test_a_juror_with_an_interest_does_not_get_the_work(court):
    absent = next(juror for juror in court.jurors if juror.id not in court.held(court.works[0]))
    jury.declare_conflict(absent, court.works[0], note="Em tôi", by=absent, now=court.during)

    choose(court, court.works[0])

    assert absent.id not in court.held(court.works[0])


def test_a_work_no_longer_chosen_leaves_the_desks_where_it_only_lay_to_be_compared(court):
    choose(court, court.works[0])
    held = court.held(court.works[0])
    compared = [one for one in held.values() if one.advisory]
    make_sheet(compared[0])

    choose(court, court.works[1])

    left = court.held(court.works[0]).values()
    assert len(left) == 4  # three of their own, and the one whose sheet was sent
    assert [work.entry_id for work in queries.first_works(court.round, PANEL)] == [court.works[1].id]


def test_a_work_of_which_the_chair_may_not_hear_stays_chosen_when_the_chair_chooses_others(court):
    choose(court, court.works[0])
    jury.declare_conflict(court.chair, court.works[0], note="Em tôi", by=court.chair, now=court.during)

    choose(court, court.works[1])

    first = [work.entry_id for work in queries.first_works(court.round, PANEL)]
    assert first == [court.works[0].id, court.works[1].id]
    choose(court)
    assert [work.entry_id for work in queries.first_works(court.round, PANEL)] == [court.works[0].id]


def test_choosing_the_same_again_gives_nobody_a_work_twice(court):
    choose(court, court.works[0])
    choose(court, court.works[0])

    assert len(court.held(court.works[0])) == len(court.jurors)


def test_more_than_a_panel_can_discuss_is_refused(court):
    with pytest.raises(TooManyFirst):
        choose(court, *court.works[: services.MOST + 1])


def test_a_work_of_elsewhere_is_refused(court):
    with pytest.raises(NotInRound):
        choose(court, make_entry(court.contest, make_user(name="Ai Đó")))


def test_after_sealing_nothing_is_chosen_any_more(court):
    court.seal()

    with pytest.raises(RoundSealed):
        choose(court, court.works[0])


def test_the_spread_opens_when_all_sheets_are_in_and_then_stands(court):
    choose(court, court.works[0])
    with pytest.raises(NotAllIn):
        services.open_spread(court.round, PANEL, by=court.chair, now=court.during)
    court.mark_everything()

    shared = services.open_spread(court.round, PANEL, by=court.chair, now=court.during)

    assert shared.opened_at == court.during
    with pytest.raises(AlreadyDiscussed):
        choose(court, court.works[1])
    with pytest.raises(AlreadyDiscussed):
        services.open_spread(court.round, PANEL, by=court.chair, now=court.during)
    kinds = set(db.session.scalars(select(AuditLine.action)))
    assert kinds >= {"calibration.chosen", "calibration.spread_opened"}


def test_a_letter_tells_everybody_on_the_panel_once_that_the_spread_is_open_and_names_no_mark_or_work(court):
    choose(court, court.works[0])
    court.mark_everything()

    shared = services.open_spread(court.round, PANEL, by=court.chair, now=court.during)
    for juror in court.jurors:
        emails.spread_opened(shared, court.round, juror, now=court.during)

    letters = list(db.session.scalars(select(Letter).filter(Letter.key.like("calibration:%"))))
    assert sorted(letter.to for letter in letters) == sorted(juror.email for juror in court.jurors)
    for letter in letters:
        told = letter.subject + letter.text
        assert "Báo in" in told
        assert f"/{court.contest.slug}/ban-cham/cham-chung" in told
        assert not any(work.title in told or work.shown_code in told for work in court.works)


def test_without_works_there_is_nothing_to_open(court):
    with pytest.raises(NothingToDiscuss):
        services.open_spread(court.round, PANEL, by=court.chair, now=court.during)


def test_the_spread_of_a_work_shows_when_nobodys_mark_is_missing(court):
    choose(court, court.works[0])
    (line,) = queries.laid_out(court.round, PANEL)
    assert (line.sent, line.expected, line.spread) == (0, 5, None)
    court.mark_everything()

    (line,) = queries.laid_out(court.round, PANEL)

    assert len(line.spread.totals) == 5
    assert list(line.spread.totals) == sorted(line.spread.totals)


def draw(court: Any, share: int = 20, **changes: Any) -> Any:
    return services.mark_again(
        court.round,
        **({"share": share, "tolerance": 1000, "seed": 7, "by": court.chair, "now": court.during} | changes),
    )


def test_a_work_goes_again_to_somebody_who_never_had_it_and_counts_nowhere(court):
    court.mark_everything()
    before = judging.sheets_in_force(court.round)

    drawn = draw(court)

    assert len(drawn.works) >= 2
    for remark in drawn.works:
        assert remark.assignment.advisory
        assert remark.assignment.juror_id in {juror.id for juror in court.jurors}
        make_sheet(remark.assignment, 10)
    assert judging.sheets_in_force(court.round) == before
    assert len(judging.assignment_lines(court.round)) == 21 + len(drawn.works)


def test_all_works_near_an_edge_are_marked_again(court):
    court.mark_everything()
    near = queries.studied(court.round).estimates.near_an_edge
    assert near  # the works lie four points apart: three sheets do not tell the neighbours at half of them apart

    drawn = draw(court, share=5)

    codes = {remark.entry.code for remark in drawn.works if remark.why is Why.EDGE}
    assert codes == near


def test_nobody_marks_again_what_they_have_an_interest_in(court):
    court.mark_everything()
    work = court.works[0]
    for juror in court.jurors:
        if juror.id not in court.held(work):
            jury.declare_conflict(juror, work, note="Bạn", by=juror, now=court.during)
    jury.declare_conflict(court.chair, work, note="Bạn", by=court.chair, now=court.during)

    drawn = draw(court, share=100)

    assert {remark.entry_id: remark.assignment_id for remark in drawn.works}[work.id] is None


def test_the_same_works_are_not_marked_again_twice(court):
    court.mark_everything()
    draw(court, share=100)

    with pytest.raises(NothingToMarkAgain):
        draw(court, share=100)


def test_a_work_whose_second_juror_stepped_back_can_be_drawn_again(court):
    court.mark_everything()
    first = draw(court, share=100)
    given_back = first.works[0]
    given_back.assignment.recused_at = court.during
    db.session.flush()

    again = draw(court, share=100)

    assert [remark.entry_id for remark in again.works] == [given_back.entry_id]
    assert again.number == 2


def test_works_without_all_their_sheets_are_not_marked_again(court):
    with pytest.raises(NothingToMarkAgain):
        draw(court, share=100)


def test_after_the_last_hour_the_new_sheets_need_time(court):
    court.mark_everything()
    late = court.closes + timedelta(hours=1)
    with pytest.raises(TimeNeeded):
        draw(court, now=late)

    drawn = draw(court, now=late, until=late + timedelta(days=2), reason="Hội đồng cần thêm một phiếu.")

    assert db.session.scalar(select(func.count()).select_from(Reopening)) == len(drawn.works)


def test_what_came_back_is_set_beside_what_counts(court):
    court.mark_everything()
    drawn = draw(court)
    make_sheet(drawn.works[0].assignment, 5)
    db.session.commit()

    lines = {line.remark.id: line for line in queries.compared(court.round, drawn)}

    line = lines[drawn.works[0].id]
    assert line.before > line.after
    assert line.is_outside
    assert not any(other.is_outside for other in lines.values() if other is not line)


def test_the_drawing_stands_in_the_log_with_its_seed(court):
    court.mark_everything()

    draw(court, seed=4711)

    line = db.session.scalars(select(AuditLine).filter_by(action="calibration.works_drawn")).one()
    assert line.details["seed"] == 4711


def test_estimates_change_nothing_that_counts(court):
    court.mark_everything()
    studied = queries.studied(court.round)

    assert len(studied.marks) == 21
    assert studied.estimates.jurors[0].juror == court.jurors[0].subject
    assert db.session.scalar(select(func.count()).select_from(Remark)) == 0
    assert db.session.scalars(select(RoundEntry.first)).all() == [False] * 7
    assert not any(db.session.scalars(select(Assignment.advisory)))
