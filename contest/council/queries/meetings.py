"""Meetings, found for whoever may be there."""

from __future__ import annotations

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from contest.accounts.models import User
from contest.council.models import Meeting
from contest.council.stages import RUNNING, Stage
from contest.database import db
from contest.judging import queries as judging
from contest.judging.models import Panel, PanelMember, Round
from contest.regulations.models import Contest
from contest.results.models import RecordedAct


def _in(contest: Contest) -> Select[Meeting]:
    return (
        select(Meeting)
        .join(Meeting.round)
        .where(Round.contest_id == contest.id)
        .options(contains_eager(Meeting.round).joinedload(Round.version))
    )


def meeting_in(contest: Contest, meeting_id: int) -> Meeting | None:
    """One meeting of a contest."""
    return db.session.scalar(_in(contest).where(Meeting.id == meeting_id).options(joinedload(Meeting.item)))


def meetings_of(contest: Contest, member: User | None = None) -> list[Meeting]:
    """The meetings of a contest, the newest first.

    :param member: only those of councils on which this juror sits
    """
    found = _in(contest).order_by(Meeting.convenes_at.desc(), Meeting.id.desc())
    return list(db.session.scalars(found if member is None else found.where(Meeting.round_id.in_(_sits_in(member)))))


def meeting_now(contest: Contest, member: User) -> Meeting | None:
    """The meeting under way in which somebody sits; of several the one that was opened last."""
    running = _in(contest).where(Meeting.stage.in_(RUNNING), Meeting.round_id.in_(_sits_in(member)))
    return db.session.scalar(running.order_by(Meeting.opened_at.desc(), Meeting.id.desc()).limit(1))


def _sits_in(member: User) -> Select[int]:
    return select(Panel.round_id).join(Panel.members).where(PanelMember.user_id == member.id)


def unfinished(round_: Round) -> Meeting | None:
    """The meeting of a round that is called or under way."""
    return db.session.scalar(
        select(Meeting).where(Meeting.round_id == round_.id, Meeting.stage.in_({Stage.CALLED, *RUNNING}))
    )


def next_number(round_: Round) -> int:
    """The number of the next meeting of a round."""
    return (db.session.scalar(select(func.max(Meeting.number)).where(Meeting.round_id == round_.id)) or 0) + 1


def rounds_that_meet(contest: Contest) -> list[Round]:
    """The rounds that are opened and whose council can be called together: no meeting of theirs is unfinished."""
    busy = set(
        db.session.scalars(
            select(Meeting.round_id)
            .join(Meeting.round)
            .where(Round.contest_id == contest.id, Meeting.stage.in_({Stage.CALLED, *RUNNING}))
        )
    )
    return [row for row in judging.rounds_of(contest) if row.opened_at is not None and row.id not in busy]


def newest_act(round_: Round) -> int:
    """The id of the newest recorded act of a round; 0 where there is none."""
    return db.session.scalar(select(func.max(RecordedAct.id)).where(RecordedAct.round_id == round_.id)) or 0


def pulse(meeting: Meeting) -> str:
    """A word that changes as soon as there is anything new to see in a meeting; three statements at most."""
    if meeting.stage not in RUNNING:
        return f"{meeting.version}.{meeting.stage}"
    sitting = meeting.item.sitting if meeting.item is not None else None
    voted = sum(judging.count_voters([sitting]).values()) if sitting is not None else 0
    is_open = sitting is not None and sitting.is_open
    return f"{meeting.version}.{meeting.stage}.{newest_act(meeting.round)}.{voted}.{is_open:d}"
