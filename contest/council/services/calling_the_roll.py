"""Who is there: the roll, and who comes and goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from contest.accounts.models import User
from contest.council import queries
from contest.council.models import Meeting, Presence
from contest.council.queries import Seat
from contest.council.refusals import NobodyThere, NotAMember, VoterAbsent
from contest.council.services.minuting import begin_entry, write
from contest.council.stages import How, Stage, Step
from contest.database import db
from contest.judging import queries as judging
from contest.judging import services as judging_services


@dataclass(frozen=True)
class Answer:
    """What is written beside a member's name on the roll."""

    how: How
    reason: str = ""


def call_the_roll(
    meeting: Meeting, roll: Mapping[int, Answer], *, at: datetime | None = None, by: User, now: datetime
) -> None:
    """Write down who is there. The first time it is the roll; later, whoever came or went since is told one by one.

    While a ballot is open those who are there can vote in it.

    :param roll: by user id, every member of the council
    :raise MeetingRefused, HourRefused: see `begin_entry`
    :raise NobodyThere: without anybody
    :raise VoterAbsent: if somebody who has voted in the open ballot is to be absent
    """
    hour = begin_entry(meeting, at, by=by, now=now)
    seats = queries.seats_of(meeting)
    if set(roll) != {seat.user.id for seat in seats}:
        raise NotAMember(field="hour")
    if not any(answer.how.is_present for answer in roll.values()):
        raise NobodyThere
    first = all(seat.how is None for seat in seats)
    _check_voters(meeting, roll)
    changed = [seat for seat in seats if _keep(meeting, seat, roll[seat.user.id], hour)]
    if first:
        called = {str(how): [seat.user.subject for seat in seats if roll[seat.user.id].how is how] for how in How}
        write(meeting, Step.ROLL, by=by, now=now, at=hour, roll=called)
    else:
        for seat in changed:
            how = roll[seat.user.id].how
            step = Step.ARRIVED if how.is_present else Step.LEFT
            write(meeting, step, by=by, now=now, at=hour, member=seat.user.subject, how=str(how))
    _tell_the_ballot(meeting, [seat.user for seat in seats if roll[seat.user.id].how.is_present], by=by, now=now)


def _keep(meeting: Meeting, seat: Seat, answer: Answer, hour: datetime) -> bool:
    """Keep what a member answers; give whether they came, went or changed their way since."""
    row = db.session.scalar(select(Presence).filter_by(meeting_id=meeting.id, user_id=seat.user.id))
    if row is None:
        row = Presence(meeting_id=meeting.id, user_id=seat.user.id, how=answer.how)
        db.session.add(row)
    changed = seat.how is not answer.how
    row.how, row.reason = answer.how, "" if answer.how.is_present else answer.reason
    if answer.how.is_present and not seat.is_present:
        row.arrived_at, row.left_at = row.arrived_at or hour, None
    elif seat.is_present and not answer.how.is_present:
        row.left_at = hour
    db.session.flush()
    return changed


def _check_voters(meeting: Meeting, roll: Mapping[int, Answer]) -> None:
    sitting = meeting.item.sitting if meeting.item is not None else None
    if sitting is None or not sitting.is_open:
        return
    gone = [voter for voter in judging.voters_at(sitting) if voter in roll and not roll[voter].how.is_present]
    if gone:
        raise VoterAbsent(count=len(gone))


def _tell_the_ballot(meeting: Meeting, present: list[User], *, by: User, now: datetime) -> None:
    sitting = meeting.item.sitting if meeting.item is not None else None
    if meeting.stage is Stage.OPEN and sitting is not None and sitting.is_open:
        judging_services.record_presence(sitting, present, by=by, now=now)
