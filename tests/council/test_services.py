"""A meeting from its call to the signature under its minutes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from contest import audit
from contest.audit.models import AuditLine
from contest.council import queries, services
from contest.council.counting import Hands
from contest.council.models import MinuteLine, Note
from contest.council.refusals import (
    BallotOpen,
    HourBeforeLastStep,
    HourBeforeOpening,
    HourToCome,
    MeetingNotOpen,
    MeetingRunning,
    MeetingSigned,
    NobodyThere,
    NoQuorum,
    NotAMember,
    NothingTakenUp,
    NotSealedYet,
    NotThisWork,
    ProposalOpen,
    TooManyHands,
    VoterAbsent,
    WrongMove,
)
from contest.council.services import Answer
from contest.council.stages import How, Move, Stage, Step
from contest.database import db, transaction
from contest.judging import queries as judged
from contest.judging import services as judging
from contest.results.models import ActKind
from contest.results.services.recording import record_act
from tests.makers.accounts import make_user
from tests.makers.council import make_meeting

MINUTE = timedelta(minutes=1)


def steps(meeting) -> list[Step]:
    return [line.step for line in queries.lines_of(meeting)]


def newest(meeting) -> MinuteLine:
    return db.session.scalars(select(MinuteLine).order_by(MinuteLine.number.desc()).limit(1)).one()


# Calling, opening, the roll ------------------------------------------------------------------------------------------


def test_every_step_is_a_line_and_moves_the_version_on(council):
    meeting = council.meeting()

    assert steps(meeting) == [Step.OPENED, Step.ROLL]
    assert meeting.version == 2
    assert newest(meeting).number == 2


def test_one_meeting_of_a_round_is_unfinished_at_a_time(council):
    council.meeting(absent=None)

    with pytest.raises(MeetingRunning):
        council.meeting(absent=None)


def test_only_a_member_presides(council):
    with pytest.raises(NotAMember):
        make_meeting(council.round, make_user(), council.secretary, now=council.now)


def test_a_meeting_is_opened_once_and_not_before_its_hour(council):
    meeting = council.meeting(absent=None)

    with pytest.raises(HourToCome):
        council.does(services.open_meeting, meeting, at=council.now + MINUTE)
    council.does(services.open_meeting, meeting)
    with pytest.raises(WrongMove):
        council.does(services.open_meeting, meeting)


def test_the_quorum_is_counted_from_the_roll(council):
    meeting = council.meeting(absent=council.members[2:])
    assert not queries.house_of(meeting).has_quorum

    council.roll(meeting, absent=council.members[4:], online=[council.members[1]])

    house = queries.house_of(meeting)
    assert (house.members, house.present, house.quorum, house.has_quorum) == (5, 4, 4, True)


def test_whoever_comes_and_goes_later_is_told_one_by_one(council):
    meeting = council.meeting(absent=[council.members[1]])
    council.roll(meeting, absent=[council.members[2]])

    told = {line.facts["member"]: line.step for line in queries.lines_of(meeting)[2:]}

    assert told == {council.members[1].subject: Step.ARRIVED, council.members[2].subject: Step.LEFT}
    seats = {seat.user.id: seat for seat in queries.seats_of(meeting)}
    assert seats[council.members[2].id].left_at == council.now
    assert seats[council.members[2].id].reason == "ốm"


def test_a_roll_names_every_member_and_somebody_who_is_there(council):
    meeting = council.meeting()

    with pytest.raises(NobodyThere):
        council.roll(meeting, absent=council.members)
    with pytest.raises(NotAMember):
        council.does(services.call_the_roll, meeting, {council.chair.id: Answer(How.ROOM)})


def test_nothing_is_recorded_before_the_opening_nor_while_adjourned(council):
    meeting = council.meeting(absent=None)
    with pytest.raises(MeetingNotOpen):
        council.does(services.take_up, meeting, "Khai mạc")
    with pytest.raises(MeetingNotOpen):
        council.does(services.write_note, meeting, "Ý kiến")

    meeting = make_opened(council, meeting)
    council.does(services.move, meeting, Move.ADJOURN)

    with pytest.raises(MeetingNotOpen):
        council.does(services.propose, meeting, "Giữ nguyên điểm")
    council.does(services.move, meeting, Move.RESUME)
    assert meeting.stage is Stage.OPEN


def make_opened(council, meeting):
    council.does(services.open_meeting, meeting)
    council.roll(meeting)
    return meeting


# What is taken up ----------------------------------------------------------------------------------------------------


def test_a_work_of_the_round_is_taken_up_and_the_line_is_about_it(council):
    meeting = council.meeting()
    item = council.takes_up_a_work(meeting)

    assert meeting.item == item
    assert newest(meeting).entries == [council.works[0].id]


def test_whoever_runs_the_meeting_cannot_name_a_work_that_they_take_no_part_in(council):
    meeting = council.meeting()

    with pytest.raises(NotThisWork):
        council.does(services.take_up_work, meeting, council.works[0].id, by=council.kept_away)


def test_a_work_of_another_round_and_an_empty_title_are_refused(council):
    meeting = council.meeting()

    with pytest.raises(NotThisWork):
        council.does(services.take_up_work, meeting, 99)
    with pytest.raises(NothingTakenUp):
        council.does(services.take_up, meeting, "")


def test_standings_are_taken_up_only_once_the_round_is_sealed(council):
    meeting = council.meeting()

    with pytest.raises(NotSealedYet):
        council.does(services.take_up_standings, meeting, "BAO_IN")


# Notes and their hour ------------------------------------------------------------------------------------------------


def test_a_note_may_be_typed_in_afterwards_with_its_own_hour(council):
    meeting = council.meeting()
    later = council.now + timedelta(hours=3)
    council.does(services.close_meeting, meeting, conclusion="Thống nhất.", now=later)
    at = council.now + MINUTE

    council.does(services.write_note, meeting, "Đề nghị giữ nguyên.", at=at, now=later + timedelta(days=1))

    line = newest(meeting)
    assert (line.step, line.at, line.is_entered_later) == (Step.NOTED, at, True)
    assert [one.step for one in queries.lines_of(meeting)][2] is Step.NOTED


def test_an_hour_lies_between_the_opening_and_now(council):
    meeting = council.meeting()

    with pytest.raises(HourBeforeOpening):
        council.does(services.write_note, meeting, "Ý kiến", at=council.now - timedelta(hours=1))
    with pytest.raises(HourToCome):
        council.does(services.write_note, meeting, "Ý kiến", at=council.now + timedelta(hours=1))


def test_a_meeting_does_not_end_before_the_last_thing_that_was_done_in_it(council):
    meeting = council.meeting()
    council.does(services.take_up, meeting, "Xét giải A", now=council.now + 2 * MINUTE)
    later = council.now + timedelta(hours=1)

    with pytest.raises(HourBeforeLastStep):
        council.does(services.close_meeting, meeting, conclusion="Hết.", at=council.now + MINUTE, now=later)
    council.does(services.close_meeting, meeting, conclusion="Hết.", at=council.now + 2 * MINUTE, now=later)

    assert [line.step for line in queries.lines_of(meeting)][-1] is Step.CLOSED


def test_nothing_was_said_after_the_end_of_a_meeting(council):
    meeting = council.meeting()
    later = council.now + timedelta(hours=1)
    council.does(services.close_meeting, meeting, conclusion="Thống nhất.")

    with pytest.raises(MeetingNotOpen):
        council.does(services.write_note, meeting, "Ý kiến", at=council.now + MINUTE, now=later)
    council.does(services.write_note, meeting, "Ý kiến", now=later)

    assert newest(meeting).at == meeting.closed_at


def test_nothing_is_added_to_minutes_that_are_signed(council):
    meeting = council.meeting()
    council.does(services.close_meeting, meeting, conclusion="Thống nhất.")
    council.does(services.move, meeting, Move.SIGN)

    with pytest.raises(MeetingSigned):
        council.does(services.write_note, meeting, "Ý kiến")


# Proposals -----------------------------------------------------------------------------------------------------------


def test_a_member_kept_from_the_work_is_present_and_has_no_hand(council):
    meeting = council.meeting()
    council.takes_up_a_work(meeting)
    proposal = council.does(services.propose, meeting, "Đề nghị chấm lại.")

    with pytest.raises(TooManyHands):
        council.does(services.decide_proposal, meeting, Hands(5, 0, 0))
    council.does(services.decide_proposal, meeting, Hands(3, 1, 0))

    assert proposal.carried
    facts = newest(meeting).facts
    assert (facts["present"], facts["entitled"], facts["of"], facts["needed"]) == (5, 4, 5, 3)


def test_a_chair_who_is_kept_from_the_work_gives_no_casting_vote(council, browser):
    with transaction():
        judging.declare_conflict(council.chair, council.works[0], note="học trò", by=council.chair, now=council.now)
    meeting = council.meeting(absent=[council.members[3]])
    council.takes_up_a_work(meeting)
    proposal = council.does(services.propose, meeting, "Đề nghị chấm lại.")
    page = browser(council.secretary).get(council.path(meeting, "/bieu-quyet-gio-tay", office=True))

    council.does(services.decide_proposal, meeting, Hands(2, 0, 0, chair_for=True))

    facts = newest(meeting).facts
    assert (facts["of"], facts["yes"], facts["casting"], proposal.carried) == (4, 2, False, False)
    assert "chair_for" not in page.text


def test_without_a_quorum_nothing_is_decided(council):
    meeting = council.meeting(absent=council.members[2:])
    council.does(services.propose, meeting, "Đề nghị nghỉ sớm.")

    with pytest.raises(NoQuorum):
        council.does(services.decide_proposal, meeting, Hands(2, 0, 0))
    council.does(services.withdraw_proposal, meeting)
    with pytest.raises(NoQuorum):
        council.does(services.open_vote, meeting, ["A"])


def test_one_proposal_is_open_at_a_time_and_nothing_else_begins_meanwhile(council):
    meeting = council.meeting()
    council.does(services.propose, meeting, "Một")

    for act, words in ((services.propose, ["Hai"]), (services.take_up, ["Ba"]), (services.open_vote, [["A"]])):
        with pytest.raises(ProposalOpen):
            council.does(act, meeting, *words)
    with pytest.raises(ProposalOpen):
        council.does(services.close_meeting, meeting, conclusion="Hết.")
    council.does(services.withdraw_proposal, meeting)
    assert newest(meeting).step is Step.WITHDRAWN


SPECIAL = """[[special_prizes]]
code = "DB"
name = "Giải Đặc biệt"
from_tiers = ["A"]
by = "vote"
vote = {kind = "approval", most = 1, quorum = "1"}
money = 20_000_000

[certificate]
"""


@pytest.mark.parametrize("council", [(("[certificate]\n", SPECIAL),)], indirect=True)
def test_a_prize_that_asks_for_more_members_than_the_round_is_not_voted_on_without_them(council):
    meeting = council.meeting(absent=[council.members[3]])

    assert queries.house_of(meeting).quorum == 4
    assert queries.house_of(meeting, questions=["A", "DB", "KHONG_CO"]).quorum == 5
    with pytest.raises(NoQuorum):
        council.does(services.open_vote, meeting, ["DB"])
    council.does(services.open_vote, meeting, ["A"])
    assert newest(meeting).facts["quorum"] == 4


# Ballots -------------------------------------------------------------------------------------------------------------


def test_a_ballot_is_of_those_whom_the_roll_has_and_its_count_is_minuted(council):
    meeting = council.meeting(absent=[council.members[3]])
    council.does(services.open_vote, meeting, ["A"])
    sitting = meeting.item.sitting
    assert sitting.present == sorted(member.subject for member in council.members if member is not council.members[3])
    council.votes(meeting, council.members[:3])
    council.votes(meeting, [council.kept_away], "no")

    council.does(services.close_vote, meeting)

    line = newest(meeting)
    (question,) = line.facts["questions"]
    rows = {row["entry"]: (row["yes"], row["no"], row["carried"]) for row in question["rows"]}
    assert rows == {
        council.works[0].id: (3, 0, "yes"),
        council.works[1].id: (3, 1, "yes"),
        council.works[2].id: (3, 1, "yes"),
    }
    assert question["held"] == [{"members": 5, "present": 4, "cast": 4, "spoiled": 0, "counts": True}]


def test_somebody_who_comes_while_a_ballot_is_open_can_vote_and_a_voter_cannot_be_marked_absent(council):
    meeting = council.meeting(absent=[council.members[1]])
    council.does(services.open_vote, meeting, ["A"])
    council.roll(meeting)
    council.votes(meeting, [council.members[1]])

    with pytest.raises(VoterAbsent):
        council.roll(meeting, absent=[council.members[1]])


def test_an_open_ballot_holds_the_meeting(council):
    meeting = council.meeting()
    council.does(services.open_vote, meeting, ["A"])

    for act, words in ((services.take_up, ["Hai"]), (services.move, [Move.ADJOURN])):
        with pytest.raises(BallotOpen):
            council.does(act, meeting, *words)


def test_papers_are_marked_so_and_a_ballot_is_counted_again_when_they_come_later(council):
    meeting = council.meeting()
    council.does(services.open_vote, meeting, ["A"])
    council.votes(meeting, council.members[:2])
    council.does(services.close_vote, meeting)
    choice = {str(council.works[1].code): "yes"}
    with transaction():
        judging.record_paper_ballot(
            council.round,
            ballot=1,
            question="A",
            voter=council.members[2],
            choice=choice,
            by=council.secretary,
            now=council.now,
        )

    council.does(services.take_up, meeting, "Việc khác")

    assert steps(meeting)[-3:] == [Step.BALLOT_CLOSED, Step.PAPER_ADDED, Step.TAKEN_UP]
    (line,) = [line for line in queries.lines_of(meeting) if line.step is Step.PAPER_ADDED]
    assert line.facts["questions"][0]["paper"] == 1


def test_a_ballot_that_was_closed_on_another_page_is_minuted_with_the_next_step(council):
    meeting = council.meeting()
    council.does(services.open_vote, meeting, ["A"])
    council.votes(meeting, council.members[:3])
    with transaction():
        judging.close_ballot(meeting.item.sitting, by=council.secretary, now=council.now)

    council.does(services.take_up, meeting, "Việc khác")

    assert steps(meeting)[-2:] == [Step.BALLOT_CLOSED, Step.TAKEN_UP]


def test_a_ballot_that_was_held_on_another_page_during_the_meeting_stands_in_its_minutes(council):
    meeting = council.meeting()
    council.does(services.take_up, meeting, "Xét giải A")
    table, present = meeting.item, council.members[:4]
    with transaction():
        sitting = judging.open_ballot(
            council.round, questions=["A"], present=present, by=council.secretary, now=council.now
        )
    with pytest.raises(BallotOpen):
        council.does(services.close_meeting, meeting, conclusion="Hết.")
    for voter in present:
        with transaction():
            judging.cast_ballot(sitting, {"A": {str(council.works[1].code): "yes"}}, by=voter, now=council.now)
    with transaction():
        judging.close_ballot(sitting, by=council.secretary, now=council.now)

    council.does(services.write_note, meeting, "Đã bỏ phiếu.")

    assert steps(meeting)[-3:] == [Step.BALLOT_OPENED, Step.BALLOT_CLOSED, Step.NOTED]
    opened, closed, _noted = queries.lines_of(meeting)[-3:]
    assert (opened.facts["present"], opened.facts["quorum"]) == (4, 4)
    assert closed.facts["questions"][0]["held"][0]["cast"] == 4
    assert meeting.item == table


# Acts and the log ----------------------------------------------------------------------------------------------------


def flag(council):
    """Flag the second work, on another page than that of the meeting."""
    with transaction():
        return record_act(
            ActKind.FLAGGED,
            council.contest,
            round_=council.round,
            subject="panel:hoi_dong",
            choice={"entries": [str(council.works[1].code)]},
            reason="Xứng đáng.",
            by=council.chair,
            now=council.now,
        )


def test_an_act_recorded_during_the_meeting_stands_in_its_minutes(council):
    meeting = council.meeting()
    act = flag(council)

    council.does(services.close_meeting, meeting, conclusion="Hết.")

    line = next(line for line in queries.lines_of(meeting) if line.step is Step.ACT)
    assert (line.facts["act"], line.entries) == (act.id, [council.works[1].id])


def test_what_is_decided_while_a_meeting_is_adjourned_is_not_of_its_minutes(council):
    meeting = council.meeting()
    council.does(services.move, meeting, Move.ADJOURN)
    flag(council)

    council.does(services.write_note, meeting, "Nghỉ giải lao.")
    council.does(services.move, meeting, Move.RESUME)
    council.does(services.take_up, meeting, "Việc khác")

    assert Step.ACT not in steps(meeting)


def test_the_log_carries_every_step_and_no_word_that_somebody_typed(council):
    meeting = council.meeting(absent=[council.members[1]])
    council.takes_up_a_work(meeting)
    council.does(services.write_note, meeting, "Chữ viết riêng của người thư ký")
    council.does(services.propose, meeting, "Chữ viết riêng của đề nghị")

    lines = db.session.scalars(
        select(AuditLine).where(AuditLine.action.startswith("meeting.")).order_by(AuditLine.id)
    ).all()
    written = "".join(str(line.details) for line in lines)

    assert len(lines) == meeting.version + 1
    assert "Chữ viết" not in written
    assert "Ủy viên" not in written
    assert [line.audit_hash for line in queries.lines_of(meeting)] == [line.hash for line in lines[1:]]
    assert audit.verify(council.contest.id) is None


def test_what_is_typed_lies_in_rows_of_its_own(council):
    meeting = council.meeting()
    note = council.does(services.write_note, meeting, "Ý kiến của bà Lam")

    assert db.session.scalars(select(Note.text)).all() == ["Ý kiến của bà Lam"]
    assert newest(meeting).facts == {"note": note.id}


def test_the_pulse_changes_with_every_step_vote_and_act(council):
    meeting = council.meeting()
    seen = [queries.pulse(meeting)]
    council.does(services.open_vote, meeting, ["A"])
    seen.append(queries.pulse(meeting))
    council.votes(meeting, council.members[:1])
    seen.append(queries.pulse(meeting))
    council.does(services.close_vote, meeting)
    seen.append(queries.pulse(meeting))

    assert len(set(seen)) == 4
    assert judged.open_sitting(council.round) is None
