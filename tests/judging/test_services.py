"""What people do in the jury room."""

from __future__ import annotations

import threading
from contextvars import Context
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from contest import audit
from contest.accounts.models import User
from contest.audit.models import AuditLine
from contest.database import db, transaction
from contest.interests.models import Interest
from contest.judging import queries, services
from contest.judging.models import Assignment, PanelMember, RoundEntry, ScoreSheet, SheetDraft
from contest.judging.refusals import (
    AlreadyAssigned,
    AlreadyOpened,
    CorrectionNeedsReason,
    CriterionUnknown,
    DraftChanged,
    InConflict,
    MemberHasWork,
    NotAJuror,
    NothingToJudge,
    NotOnPanel,
    NotYourAssignment,
    PanelsMissing,
    PanelWithoutChair,
    ProposalChanged,
    Recused,
    ReopeningTooShort,
    RoundClosed,
    RoundNotBegun,
    RoundNotOpened,
    RoundSealed,
    SheetChanged,
    SheetExists,
    SheetIncomplete,
    UnknownRound,
)
from tests.makers.accounts import make_member, make_outlet, make_user
from tests.makers.entries import byline, instalment, make_entry
from tests.makers.judging import full_marks, make_assignment, make_draft, make_panel, make_round, make_sheet
from tests.makers.regulations import make_contest

TICK = timedelta(microseconds=1)


def submit(room: Any, share: int = 80, *, at: Any = None, **how: Any) -> ScoreSheet:
    with transaction():
        return services.submit_score_sheet(
            room.assignment,
            full_marks(room.round, "BAO_IN", share),
            how.pop("comment", ""),
            by=how.pop("by", room.juror),
            now=at or room.during,
            **how,
        )


def sheets() -> list[tuple[int, int]]:
    rows = db.session.execute(select(ScoreSheet.assignment_id, ScoreSheet.revision).order_by(ScoreSheet.id))
    return [tuple(row) for row in rows]


# The clock ---------------------------------------------------------------------------------------------------------


def test_a_sheet_counts_from_the_first_instant_to_just_before_the_last(room):
    submit(room, 70, at=room.opens)
    submit(room, 80, at=room.closes - TICK, reason="Xem lại kỳ 2")

    assert sheets() == [(room.assignment.id, 1), (room.assignment.id, 2)]


@pytest.mark.parametrize(("edge", "refusal"), [("opens", RoundNotBegun), ("closes", RoundClosed)])
def test_a_round_refuses_sheets_before_its_opening_and_from_its_closing_instant(room, edge, refusal):
    at = room.opens - TICK if edge == "opens" else room.closes

    with pytest.raises(refusal):
        submit(room, at=at)

    assert sheets() == []


def test_a_round_that_nobody_opened_takes_no_sheet(room):
    room.round.opened_at = None
    db.session.commit()

    with pytest.raises(RoundNotOpened):
        submit(room)


def test_a_correction_is_refused_from_the_closing_instant(room):
    submit(room, 70)

    with pytest.raises(RoundClosed):
        submit(room, 80, at=room.closes, reason="Cộng nhầm")

    assert sheets() == [(room.assignment.id, 1)]


def test_the_same_sheet_asked_again_after_closing_is_answered_with_the_first(room):
    first = submit(room).id

    assert submit(room, at=room.closes + TICK).id == first


def test_a_reopened_sheet_is_taken_until_its_own_end(room):
    until = room.closes + timedelta(hours=6)
    with transaction():
        services.reopen(room.assignment, until=until, reason="Mất điện", by=room.secretary, now=room.closes + TICK)

    submit(room, at=until - TICK)

    with pytest.raises(RoundClosed):
        submit(room, 60, at=until, reason="Muộn")


def test_reopening_one_sheet_opens_no_other(room):
    other = make_assignment(room.round, room.entry, room.jurors[1])
    until = room.closes + timedelta(hours=6)
    with transaction():
        services.reopen(room.assignment, until=until, reason="Mất điện", by=room.secretary, now=room.closes)

    with pytest.raises(RoundClosed), transaction():
        services.submit_score_sheet(other, full_marks(room.round, "BAO_IN"), by=room.jurors[1], now=room.closes + TICK)


def test_reopening_needs_a_moment_after_the_end_of_the_round(room):
    for until in (room.closes, room.closes - TICK):
        with pytest.raises(ReopeningTooShort), transaction():
            services.reopen(room.assignment, until=until, reason="Muộn", by=room.secretary, now=room.during)


def test_a_sealed_round_takes_nothing_any_more(room):
    make_sheet(room.assignment)
    room.round.sealed_at = room.closes
    db.session.commit()

    for act in (
        lambda: services.submit_score_sheet(
            room.assignment, full_marks(room.round, "BAO_IN", 50), reason="x", by=room.juror, now=room.closes + TICK
        ),
        lambda: services.save_sheet_draft(
            room.assignment, {"bam_sat": "1"}, "", version=0, by=room.juror, now=room.closes
        ),
        lambda: services.recuse(room.assignment, reason="x", by=room.juror, now=room.closes),
        lambda: services.reopen(
            room.assignment, until=room.closes + timedelta(days=1), reason="x", by=room.secretary, now=room.closes
        ),
        lambda: services.spread(room.round, seed=1, by=room.secretary, now=room.closes),
        lambda: services.assign(room.round, room.entry, room.jurors[1], by=room.secretary, now=room.closes),
        lambda: services.unassign(room.assignment, by=room.secretary, now=room.closes),
    ):
        with pytest.raises(RoundSealed), transaction():
            act()


# Sheets ------------------------------------------------------------------------------------------------------------


def test_the_same_content_twice_is_one_sheet(room):
    first = submit(room).id

    assert submit(room).id == first
    assert sheets() == [(room.assignment.id, 1)]


def test_a_correction_is_the_next_revision_with_its_reason(room):
    submit(room, 70)
    corrected = submit(room, 80, reason="Cộng nhầm")

    assert (corrected.revision, corrected.reason) == (2, "Cộng nhầm")
    assert sheets() == [(room.assignment.id, 1), (room.assignment.id, 2)]


def test_a_correction_without_a_reason_is_refused(room):
    submit(room, 70)

    with pytest.raises(CorrectionNeedsReason):
        submit(room, 80)


def test_a_sheet_sent_from_another_window_is_not_overwritten_unseen(room):
    submit(room, 70, seen=0)

    with pytest.raises(SheetChanged):
        submit(room, 80, seen=0, reason="Bản của tôi")


def test_a_sheet_is_taken_whole_or_not_at_all(room):
    marks = full_marks(room.round, "BAO_IN")
    for wrong, refusal in (
        (dict(list(marks.items())[1:]), SheetIncomplete),
        (marks | {"la": 100}, CriterionUnknown),
        (marks | {next(iter(marks)): -50}, CriterionUnknown),
        (marks | {next(iter(marks)): 10_000}, CriterionUnknown),
        (marks | {next(iter(marks)): 17}, CriterionUnknown),
    ):
        with pytest.raises(refusal), transaction():
            services.submit_score_sheet(room.assignment, wrong, by=room.juror, now=room.during)

    assert sheets() == []


def test_nobody_marks_with_another_jurors_sheet(room):
    with pytest.raises(NotYourAssignment):
        submit(room, by=room.jurors[1])


def test_the_log_has_the_hash_of_a_sheet_and_none_of_its_marks(room):
    sheet = submit(room, comment="Kể hay, kết gấp")

    line = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert line.action == "score_sheet.submitted"
    assert line.actor == room.juror.subject
    assert line.details == {
        "round": "so_khao",
        "entry": room.entry.code,
        "revision": 1,
        "sha256": sheet.sha256,
    }
    assert audit.verify(room.contest.id) is None


def test_twenty_simultaneous_sends_make_one_sheet(app, room):
    marks, assignment_id, juror_id = full_marks(room.round, "BAO_IN"), room.assignment.id, room.juror.id
    moment = room.during
    db.session.remove()
    numbers: list[int] = []
    ready = threading.Barrier(20, timeout=20)

    def send() -> None:
        with app.app_context():
            assignment, juror = db.session.get_one(Assignment, assignment_id), db.session.get_one(User, juror_id)
            db.session.rollback()
            ready.wait()
            with transaction():
                numbers.append(services.submit_score_sheet(assignment, marks, by=juror, now=moment).id)
            db.session.remove()

    threads = [threading.Thread(target=lambda: Context().run(send)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(numbers) == 20
    assert len(set(numbers)) == 1
    assert db.session.scalar(select(func.count()).select_from(ScoreSheet)) == 1
    assert db.session.scalar(select(func.count()).select_from(AuditLine).filter_by(action="score_sheet.submitted")) == 1


# Drafts ------------------------------------------------------------------------------------------------------------


def save(room: Any, text: str, version: int, comment: str = "") -> SheetDraft:
    with transaction():
        return services.save_sheet_draft(
            room.assignment, {"bam_sat": text}, comment, version=version, by=room.juror, now=room.during
        )


def test_a_draft_counts_its_savings_and_keeps_what_cannot_be_a_mark(room):
    save(room, "17,", 0)
    draft = save(room, "17,x", 1)

    assert (draft.version, draft.marks) == (2, {"bam_sat": "17,x"})


def test_saving_the_same_again_changes_nothing(room):
    save(room, "17", 0)

    assert save(room, "17", 0).version == 1


def test_two_windows_do_not_overwrite_each_other(room):
    save(room, "17", 0)

    with pytest.raises(DraftChanged):
        save(room, "12", 0)

    assert db.session.get_one(SheetDraft, room.assignment.id).marks == {"bam_sat": "17"}


def test_a_draft_is_kept_after_the_round_closed(room):
    with transaction():
        services.save_sheet_draft(
            room.assignment, {"bam_sat": "17"}, "", version=0, by=room.juror, now=room.closes + TICK
        )

    assert db.session.get_one(SheetDraft, room.assignment.id).marks == {"bam_sat": "17"}


def test_of_twenty_windows_that_save_at_once_one_is_first_and_the_others_are_told(app, room):
    assignment_id, juror_id, moment = room.assignment.id, room.juror.id, room.during
    save(room, "1", 0)
    db.session.remove()
    outcomes: list[str] = []
    ready = threading.Barrier(20, timeout=20)

    def save_one(text: str) -> None:
        with app.app_context():
            assignment, juror = db.session.get_one(Assignment, assignment_id), db.session.get_one(User, juror_id)
            db.session.rollback()
            ready.wait()
            try:
                with transaction():
                    services.save_sheet_draft(assignment, {"bam_sat": text}, "", version=1, by=juror, now=moment)
                outcomes.append(text)
            except DraftChanged:
                outcomes.append("told")
            db.session.remove()

    threads = [threading.Thread(target=Context().run, args=(save_one, str(number + 2))) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes.count("told") == 19
    (first,) = set(outcomes) - {"told"}
    stored = db.session.get_one(SheetDraft, assignment_id)
    assert (stored.version, stored.marks) == (2, {"bam_sat": first})


# Stepping back -----------------------------------------------------------------------------------------------------


def test_stepping_back_keeps_the_assignment_marked_and_remembers_the_interest(room):
    with transaction():
        services.recuse(room.assignment, reason="Tác giả là em tôi", by=room.juror, now=room.during)

    assert room.assignment.recused_at == room.during
    assert db.session.scalars(select(Interest.user_id)).all() == [room.juror.id]
    with pytest.raises(Recused):
        submit(room)


def test_a_sheet_of_a_juror_who_stepped_back_no_longer_counts(room):
    submit(room)
    with transaction():
        services.recuse(room.assignment, reason="Tác giả là em tôi", by=room.juror, now=room.during)

    assert queries.sheets_in_force(room.round) == []


def test_an_interest_declared_for_a_juror_takes_the_work_off_their_desk(room):
    with transaction():
        services.declare_conflict(room.juror, room.entry, note="Cùng viết năm 2023", by=room.secretary, now=room.during)

    assert queries.desk(room.juror, room.round) == []
    assert queries.sheet_of(room.juror, room.contest, room.assignment.id) is None
    with pytest.raises(InConflict), transaction():
        services.assign(room.round, room.entry, room.juror, by=room.secretary, now=room.during)


# Panels and assigning ----------------------------------------------------------------------------------------------


def form_panel(room: Any, members: Any, chair: Any, category: str = "BAO_IN") -> None:
    with transaction():
        services.form_panel(room.round, category, members=members, chair=chair, by=room.secretary, now=room.during)


def test_a_panel_has_one_chair_and_can_be_formed_anew(room):
    form_panel(room, room.jurors, room.jurors[1])
    form_panel(room, room.jurors[:2], room.jurors[0])

    members = db.session.execute(select(PanelMember.user_id, PanelMember.chair).order_by(PanelMember.id))
    assert list(members) == [(room.jurors[0].id, True), (room.jurors[1].id, False)]


def test_a_panel_is_refused_without_a_chair_among_its_members(room):
    with pytest.raises(PanelWithoutChair):
        form_panel(room, room.jurors[:2], room.jurors[2])


def test_only_jurors_of_this_contest_sit_on_its_panels(room):
    stranger = make_user()

    with pytest.raises(NotAJuror):
        form_panel(room, [*room.jurors, stranger], stranger)


def test_a_juror_with_works_cannot_leave_the_panel(room):
    with pytest.raises(MemberHasWork):
        form_panel(room, room.jurors[1:], room.jurors[2])


def test_a_work_is_given_to_a_juror_of_its_panel_once(room):
    with transaction():
        services.assign(room.round, room.entry, room.jurors[1], by=room.secretary, now=room.during)

    with pytest.raises(AlreadyAssigned), transaction():
        services.assign(room.round, room.entry, room.jurors[1], by=room.secretary, now=room.during)


def test_a_work_is_not_given_to_somebody_outside_its_panel(room):
    with pytest.raises(NotOnPanel), transaction():
        services.assign(room.round, room.entry, make_member(room.contest, "juror"), by=room.secretary, now=room.during)


def test_a_work_is_never_given_to_its_author_or_to_their_newsroom(room):
    old = make_outlet("Đài PT-TH Quảng Ngãi")
    successor = make_outlet("Báo và phát thanh, truyền hình Quảng Ngãi")
    old.successor_id = successor.id
    db.session.commit()
    author = make_user(name="Phạm Thị Thùy Nguyện")
    theirs = make_entry(
        room.contest,
        make_user(),
        bylines=[byline(name=author.name, email=author.email)],
        instalments=[instalment(outlet_id=successor.id)],
    )
    make_member(room.contest, "juror", user=author)
    colleague = make_member(room.contest, "juror", outlet=old)
    form_panel(room, [*room.jurors, author, colleague], room.jurors[2])
    with transaction():
        services.admit_entries(room.round, [theirs], by=room.secretary, now=room.during)

    for juror in (author, colleague):
        with pytest.raises(InConflict), transaction():
            services.assign(room.round, theirs, juror, by=room.secretary, now=room.during)

    with transaction():
        services.assign(room.round, theirs, room.jurors[0], by=room.secretary, now=room.during)


def test_an_assignment_is_taken_back_only_without_a_sheet(room):
    other = make_assignment(room.round, room.entry, room.jurors[1])
    make_draft(other, {"bam_sat": "1"})
    make_sheet(room.assignment)

    with pytest.raises(SheetExists), transaction():
        services.unassign(room.assignment, by=room.secretary, now=room.during)
    with transaction():
        services.unassign(other, by=room.secretary, now=room.during)

    assert db.session.scalars(select(Assignment.id)).all() == [room.assignment.id]


def test_works_are_spread_around_what_is_already_assigned(room):
    works = [make_entry(room.contest, make_user()) for _ in range(4)]
    with transaction():
        services.admit_entries(room.round, works, by=room.secretary, now=room.during)
        services.spread(room.round, seed=4, by=room.secretary, now=room.during)

    assert sorted(queries.loads_of(room.round).values()) == [5, 5, 5]
    with transaction():
        assert services.spread(room.round, seed=4, by=room.secretary, now=room.during).spread.lines == ()


def test_a_juror_who_stepped_back_is_not_given_the_work_again(room):
    with transaction():
        services.recuse(room.assignment, reason="Tác giả là em tôi", by=room.juror, now=room.during)

    held = select(Assignment.juror_id).where(Assignment.recused_at.is_(None))
    assert set(db.session.scalars(held)) == {room.jurors[1].id, room.jurors[2].id}
    proposal = services.propose_spread(room.round, seed=1, now=room.during)
    assert proposal.spread.lines == ()
    assert [(one.entry_id, one.missing) for one in proposal.spread.unserved] == [(room.entry.id, 1)]


def test_a_proposal_that_no_longer_holds_is_not_confirmed(room):
    proposal = services.propose_spread(room.round, seed=1, now=room.during)
    make_assignment(room.round, room.entry, room.jurors[1])

    with pytest.raises(ProposalChanged), transaction():
        services.spread(room.round, seed=1, digest=proposal.digest, by=room.secretary, now=room.during)


# Rounds ------------------------------------------------------------------------------------------------------------


def test_a_round_begins_empty_takes_the_accepted_works_and_opens_once(app):
    contest = make_contest()
    secretary = make_member(contest, "secretary")
    jurors = [make_member(contest, "juror") for _ in range(5)]
    accepted = make_entry(contest, make_user())
    make_entry(contest, make_user(), "received")
    now = contest.regulation.round("so_khao").opens

    with transaction():
        round_ = services.begin_round(contest, "so_khao")
    with pytest.raises(NothingToJudge), transaction():
        services.open_round(round_, by=secretary, now=now)
    with transaction():
        services.admit_accepted(round_, by=secretary, now=now)
        services.admit_accepted(round_, by=secretary, now=now)
    with pytest.raises(PanelsMissing), transaction():
        services.open_round(round_, by=secretary, now=now)
    make_panel(round_, jurors)
    with transaction():
        services.open_round(round_, by=secretary, now=now)

    assert [work.entry_id for work in queries.round_entries(round_)] == [accepted.id]
    assert round_.version_id == contest.version_id
    with pytest.raises(AlreadyOpened), transaction():
        services.open_round(round_, by=secretary, now=now)
    with pytest.raises(UnknownRound):
        services.begin_round(contest, "khong_co")


def test_every_work_of_a_round_has_an_alias_of_its_own(room):
    works = [make_entry(room.contest, make_user()) for _ in range(5)]
    with transaction():
        services.admit_entries(room.round, works, by=room.secretary, now=room.during)

    aliases = db.session.scalars(select(RoundEntry.alias).where(RoundEntry.round_id == room.round.id)).all()
    assert len(set(aliases)) == 6


# Queries -----------------------------------------------------------------------------------------------------------


def test_the_sheets_in_force_are_the_newest_of_works_still_in_the_contest(room):
    make_sheet(room.assignment, 60)
    make_sheet(room.assignment, 70, reason="Cộng nhầm")
    make_sheet(make_assignment(room.round, room.entry, room.jurors[2]), 90)
    gone = make_entry(room.contest, make_user())
    make_sheet(make_assignment(room.round, gone, room.jurors[0]))
    gone.state = "withdrawn"
    db.session.commit()

    found = queries.sheets_in_force(room.round)

    assert [(sheet.entry_id, sheet.juror_id, sheet.is_chair, sheet.revision) for sheet in found] == [
        (room.entry.id, room.jurors[0].id, False, 2),
        (room.entry.id, room.jurors[2].id, True, 1),
    ]
    assert found[0].marks == full_marks(room.round, "BAO_IN", 70)
    assert {sheet.category for sheet in found} == {"BAO_IN"}


def test_progress_counts_sent_begun_and_untouched_by_juror(room):
    second, third = (make_entry(room.contest, make_user()) for _ in range(2))
    make_sheet(room.assignment)
    make_draft(make_assignment(room.round, second, room.juror), {"bam_sat": "1"}, at=room.during)
    make_assignment(room.round, third, room.juror)
    make_assignment(room.round, third, room.jurors[1], recused_at=room.during)

    (line,) = queries.progress(room.round)

    assert line.juror_id == room.juror.id
    assert (line.tally.assigned, line.tally.done, line.tally.begun) == (3, 1, 1)
    assert line.last_at == room.during
    assert queries.coverage(room.round, 1) == (3, 1, 0, 1)


def test_a_juror_finds_their_own_assignments_and_no_others(room):
    assert queries.sheet_of(room.juror, room.contest, room.assignment.id) is not None
    assert queries.sheet_of(room.jurors[1], room.contest, room.assignment.id) is None
    assert [line.id for line in queries.desk(room.juror, room.round)] == [room.assignment.id]
    assert queries.desk(room.jurors[1], room.round) == []


def test_rounds_come_in_the_order_of_the_regulation(room):
    final = make_round(room.contest, "chung_khao", opened=False)

    assert [row.id for row in queries.rounds_of(room.contest)] == [room.round.id, final.id]
