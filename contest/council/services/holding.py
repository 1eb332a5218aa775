"""Calling a meeting, opening it, breaking off, going on, closing it, and the signature under its minutes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from contest import audit
from contest.accounts.models import User
from contest.council import queries
from contest.council.models import Meeting
from contest.council.refusals import BallotOpen, HourBeforeLastStep, MeetingRunning, NotAMember, ProposalOpen, WrongMove
from contest.council.services.minuting import begin_step, catch_up, check_hour, write
from contest.council.stages import MOVES, Move, Stage, Step
from contest.database import db, lock
from contest.judging import queries as judging
from contest.judging.models import Round
from contest.judging.refusals import RoundNotOpened


def call_meeting(
    round_: Round,
    *,
    title: str,
    place: str,
    convenes_at: datetime,
    chair: User,
    secretary: User,
    by: User,
    now: datetime,
) -> Meeting:
    """Call the council of a round together. One meeting of a round is unfinished at a time.

    :raise RoundNotOpened: before the round is opened
    :raise MeetingRunning: while another meeting is not over
    :raise NotAMember: if somebody from outside is to preside
    """
    lock(round_)
    if round_.opened_at is None:
        raise RoundNotOpened(round=round_.name)
    before = queries.unfinished(round_)
    if before is not None:
        raise MeetingRunning(number=before.number)
    if not queries.is_member(chair, round_):
        raise NotAMember
    meeting = Meeting(
        round_id=round_.id,
        number=queries.next_number(round_),
        title=title,
        place=place,
        convenes_at=convenes_at,
        chair_id=chair.id,
        secretary_id=secretary.id,
        stage=Stage.CALLED,
        version=0,
        called_at=now,
    )
    db.session.add(meeting)
    try:
        db.session.flush()
    except IntegrityError as twin:
        raise MeetingRunning(number=meeting.number) from twin
    audit.record(
        "meeting.called",
        contest_id=round_.contest_id,
        by=by,
        about=f"meeting:{round_.code}/{meeting.number}",
        now=now,
        details={"chair": chair.subject, "secretary": secretary.subject, "convenes_at": convenes_at.isoformat()},
    )
    return meeting


def open_meeting(meeting: Meeting, *, at: datetime | None = None, by: User, now: datetime) -> None:
    """Open a meeting; from now on its minutes are kept.

    :param at: the hour at which it was opened, where that is typed in later
    :raise WrongMove: if it was opened before
    :raise HourToCome: at an hour that has not come
    """
    lock(meeting)
    if meeting.stage is not Stage.CALLED:
        raise WrongMove
    check_hour(at or now, now)
    meeting.stage, meeting.opened_at = Stage.OPEN, at or now
    meeting.acts_seen = queries.newest_act(meeting.round)
    members = len(queries.members_of(meeting.round))
    write(
        meeting,
        Step.OPENED,
        by=by,
        now=now,
        at=at,
        members=members,
        chair=meeting.chair.subject,
        secretary=meeting.secretary.subject,
    )


def move(meeting: Meeting, asked: Move, *, by: User, now: datetime) -> None:
    """Adjourn a meeting, resume it, or note that its minutes are signed.

    What is decided while it is adjourned is not of the meeting.

    :raise WrongMove: if it is not the turn of it
    """
    lock(meeting)
    if asked not in MOVES.get(meeting.stage, ()):
        raise WrongMove
    match asked:
        case Move.ADJOURN:
            begin_step(meeting, by=by, now=now)
            _check_at_rest(meeting)
            meeting.stage = Stage.ADJOURNED
            write(meeting, Step.ADJOURNED, by=by, now=now)
        case Move.RESUME:
            meeting.stage = Stage.OPEN
            meeting.acts_seen = queries.newest_act(meeting.round)
            write(meeting, Step.RESUMED, by=by, now=now)
        case Move.SIGN:
            catch_up(meeting, by=by, now=now)
            meeting.stage = Stage.SIGNED
            write(meeting, Step.SIGNED, by=by, now=now)


def close_meeting(
    meeting: Meeting, *, conclusion: str, reference: str = "", at: datetime | None = None, by: User, now: datetime
) -> None:
    """Close a meeting with what it concludes.

    :param reference: number of the minutes, as printed
    :param at: the hour at which it ended, where that is typed in later
    :raise MeetingNotOpen: if it is not in session
    :raise ItemRefused: while a proposal or a ballot is open
    :raise HourRefused: at an hour at which it cannot have ended
    """
    begin_step(meeting, by=by, now=now)
    _check_at_rest(meeting)
    check_hour(at or now, now, meeting.opened_at)
    _check_after_all_steps(meeting, at or now)
    meeting.stage, meeting.closed_at, meeting.item_id = Stage.CLOSED, at or now, None
    meeting.conclusion, meeting.reference = conclusion, reference
    house = queries.house_of(meeting)
    write(meeting, Step.CLOSED, by=by, now=now, at=at, members=house.members, present=house.present)


def _check_after_all_steps(meeting: Meeting, at: datetime) -> None:
    """Pass for an hour at which everything had been done that the minutes tell of; hours are typed without seconds."""
    last = queries.lines_of(meeting)[-1].at
    if at < last.replace(second=0, microsecond=0):
        raise HourBeforeLastStep(at=last)


def check_nothing_open(meeting: Meeting) -> None:
    """Pass when no proposal and no ballot of a meeting is open.

    :raise ProposalOpen, BallotOpen: otherwise
    """
    if queries.open_proposal(meeting) is not None:
        raise ProposalOpen
    item = meeting.item
    if item is not None and item.sitting is not None and item.sitting.is_open:
        raise BallotOpen


def _check_at_rest(meeting: Meeting) -> None:
    """Pass when nothing of a meeting is open, on other pages either: what comes after its end is not of the minutes."""
    check_nothing_open(meeting)
    if judging.open_sitting(meeting.round) is not None:
        raise BallotOpen
