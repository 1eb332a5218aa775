"""Writing the minutes: one line for every step, and nothing that happened left out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from contest import audit
from contest.accounts.models import User
from contest.council import queries
from contest.council.models import AgendaItem, Meeting, MinuteLine
from contest.council.refusals import HourBeforeOpening, HourToCome, MeetingNotOpen, MeetingSigned
from contest.council.stages import ADDED_TO, Stage, Step, Topic
from contest.database import db, lock
from contest.entries.models import Entry
from contest.judging import queries as judging
from contest.judging.models import Sitting
from contest.results.models import RecordedAct


def write(
    meeting: Meeting,
    step: Step,
    *,
    by: User,
    now: datetime,
    at: datetime | None = None,
    item: AgendaItem | None = None,
    entries: Collection[int] = (),
    **facts: Any,
) -> MinuteLine:
    """Add a line to the minutes, and its line to the contest's log.

    :param at: when it happened, where that is not now
    :param entries: works that it is about, besides that of the item
    :param facts: codes, figures and random subject ids; no name, and nothing that somebody typed
    """
    meeting.version += 1
    about = sorted({*entries, *(item.about if item is not None else ())})
    logged = audit.record(
        f"meeting.{step}",
        contest_id=meeting.round.contest_id,
        by=by,
        about=f"meeting:{meeting.round.code}/{meeting.number}",
        now=now,
        details={
            "line": meeting.version,
            "at": (at or now).isoformat(),
            "item": item.position if item is not None else None,
            **facts,
        },
    )
    line = MinuteLine(
        meeting_id=meeting.id,
        number=meeting.version,
        step=step,
        at=at or now,
        recorded_at=now,
        item_id=item.id if item is not None else None,
        entries=about,
        facts=facts,
        audit_number=logged.number,
        audit_hash=logged.hash,
    )
    db.session.add(line)
    db.session.flush()
    return line


def begin_step(meeting: Meeting, *, by: User, now: datetime) -> None:
    """Pass in a meeting that is in session, and first tell what was done elsewhere since the last step.

    :raise MeetingNotOpen: if it is not
    """
    lock(meeting)
    if meeting.stage is not Stage.OPEN:
        raise MeetingNotOpen
    catch_up(meeting, by=by, now=now)


def begin_entry(meeting: Meeting, at: datetime | None, *, by: User, now: datetime) -> datetime:
    """Pass where something may still be written down, also after the meeting, until the minutes are signed.

    :param at: the hour at which it happened; now when left out, and of a meeting that is over its end
    :return: that hour
    :raise MeetingNotOpen: before the meeting is opened, or at an hour after its end
    :raise MeetingSigned: once the minutes are signed
    :raise HourRefused: at an hour at which it cannot have happened
    """
    lock(meeting)
    if meeting.stage is Stage.SIGNED:
        raise MeetingSigned
    if meeting.stage not in ADDED_TO or meeting.opened_at is None:
        raise MeetingNotOpen
    hour = at or meeting.closed_at or now
    check_hour(hour, now, meeting.opened_at)
    if meeting.closed_at is not None and hour > meeting.closed_at:
        raise MeetingNotOpen(field="hour")
    catch_up(meeting, by=by, now=now)
    return hour


def check_hour(at: datetime, now: datetime, opened_at: datetime | None = None) -> None:
    """Pass for an hour at which something can have happened.

    :raise HourToCome: after now
    :raise HourBeforeOpening: before the meeting was opened
    """
    if at > now:
        raise HourToCome
    if opened_at is not None and at < opened_at.replace(second=0, microsecond=0):
        raise HourBeforeOpening(at=opened_at)


def catch_up(meeting: Meeting, *, by: User, now: datetime) -> None:
    """Tell of the acts that were recorded, and of ballots that were held or typed in, on other pages meanwhile."""
    if meeting.stage is Stage.OPEN:
        for act in queries.untold_acts(meeting):
            _tell_act(meeting, act, by=by, now=now)
            meeting.acts_seen = act.id
        for sitting in queries.sittings_elsewhere(meeting):
            _tell_opening(meeting, sitting, by=by, now=now)
    for item in queries.untold_sittings(meeting):
        if item.sitting is not None:
            tell_ballot(meeting, item, step=Step.BALLOT_CLOSED, by=by, now=now, at=item.sitting.closed_at)
    for item, line in queries.told_ballots(meeting):
        if item.sitting is None:
            continue
        told = {each["question"]: each["paper"] for each in line.facts["questions"] if each["paper"]}
        if queries.papers_in(item.sitting) != told:
            tell_ballot(meeting, item, step=Step.PAPER_ADDED, by=by, now=now)


def new_item(meeting: Meeting, topic: Topic, *, now: datetime, **about: object) -> AgendaItem:
    """Give something that a meeting takes up its number."""
    newest = db.session.scalar(select(func.max(AgendaItem.position)).filter_by(meeting_id=meeting.id)) or 0
    item = AgendaItem(meeting_id=meeting.id, position=newest + 1, topic=topic, taken_up_at=now, **about)
    db.session.add(item)
    db.session.flush()
    return item


def tell_opening(
    meeting: Meeting, item: AgendaItem, sitting: Sitting, *, by: User, now: datetime, at: datetime | None = None
) -> None:
    """Write down what is put to the vote, and how many are there."""
    topics = judging.topics_of(sitting)
    house = queries.house_of(meeting, questions=[topic.question for topic in topics])
    write(
        meeting,
        Step.BALLOT_OPENED,
        by=by,
        now=now,
        at=at,
        item=item,
        sitting=sitting.number,
        questions=[[topic.question, topic.ballot] for topic in topics],
        members=house.members,
        present=len(sitting.present),
        quorum=house.quorum,
    )


def tell_ballot(
    meeting: Meeting, item: AgendaItem, *, step: Step, by: User, now: datetime, at: datetime | None = None
) -> None:
    """Write down what a closed ballot came to."""
    if item.sitting is not None:
        write(meeting, step, by=by, now=now, at=at, item=item, **queries.figures_of(item.sitting))


def _tell_opening(meeting: Meeting, sitting: Sitting, *, by: User, now: datetime) -> None:
    item = new_item(meeting, Topic.BALLOT, sitting_id=sitting.id, now=sitting.opened_at)
    tell_opening(meeting, item, sitting, by=by, now=now, at=sitting.opened_at)


def _tell_act(meeting: Meeting, act: RecordedAct, *, by: User, now: datetime) -> None:
    named = {"entry", "entries", "order", "subjects"}
    codes = [code for key in named & act.choice.keys() for code in _texts(act.choice[key])]
    rows = db.session.scalars(
        select(Entry.id).where(Entry.contest_id == meeting.round.contest_id, Entry.code.in_(codes))
    )
    write(meeting, Step.ACT, by=by, now=now, at=act.at, entries=list(rows), act=act.id, kind=str(act.kind))


def _texts(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [each for each in value if isinstance(each, str)]
