"""What a meeting took up and what was said about it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from contest.council.models import AgendaItem, Meeting, MinuteLine, Note, Proposal
from contest.council.stages import Step
from contest.database import db
from contest.entries.models import Entry
from contest.judging import queries as judging
from contest.judging.models import RoundEntry, Sitting
from contest.results import queries as results
from contest.results import standings
from contest.results.models import BEFORE_SEALING, RecordedAct

HIDDEN = 0
"""Stands for a work that the reader cannot even find."""


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """What a meeting took up, in order, each with its work and its ballot."""
    return list(
        db.session.scalars(
            select(AgendaItem)
            .filter_by(meeting_id=meeting.id)
            .options(joinedload(AgendaItem.sitting))
            .order_by(AgendaItem.position)
        )
    )


def lines_of(meeting: Meeting) -> list[MinuteLine]:
    """The minutes in the order in which things happened."""
    found = select(MinuteLine).filter_by(meeting_id=meeting.id)
    return list(db.session.scalars(found.order_by(MinuteLine.at, MinuteLine.number)))


def notes_of(meeting: Meeting) -> dict[int, Note]:
    """The notes of a meeting by id."""
    return {note.id: note for note in db.session.scalars(select(Note).filter_by(meeting_id=meeting.id))}


def proposals_of(meeting: Meeting) -> dict[int, Proposal]:
    """The proposals of a meeting by id."""
    found = select(Proposal).filter_by(meeting_id=meeting.id).options(joinedload(Proposal.item))
    return {proposal.id: proposal for proposal in db.session.scalars(found.order_by(Proposal.id))}


def open_proposal(meeting: Meeting) -> Proposal | None:
    """The proposal that waits for a decision."""
    return db.session.scalar(select(Proposal).filter_by(meeting_id=meeting.id, settled_at=None))


def works_to_take_up(meeting: Meeting, barred: Collection[int]) -> list[RoundEntry]:
    """The works of the round that somebody may name; by alias where the order of codes would tell when one came in."""
    works = [work for work in judging.round_entries(meeting.round) if work.entry_id not in barred]
    return sorted(works, key=lambda work: work.alias) if meeting.round.rule.blind else works


def work_in(meeting: Meeting, entry_id: int) -> RoundEntry | None:
    """A work of the meeting's round, in the revision that is judged."""
    return db.session.scalar(
        select(RoundEntry)
        .join(RoundEntry.entry)
        .where(RoundEntry.round_id == meeting.round_id, RoundEntry.entry_id == entry_id, judging.IN_CONTEST)
        .options(joinedload(RoundEntry.entry).defer(Entry.draft), joinedload(RoundEntry.revision))
    )


def groups_to_take_up(meeting: Meeting, barred: Collection[int]) -> list[standings.Group]:
    """The groups of the sealed result in which somebody stays away from no work; none before sealing.

    An order of works names the missing place, so a group is shown as a whole or not at all.
    """
    result = results.result_of(meeting.round) if meeting.round.sealed_at is not None else None
    if result is None:
        return []
    groups = standings.groups_of(result)
    known = results.titles_of(meeting.round.contest, {line["entry"] for group in groups for line in group.lines})
    ids = {code: entry_id for code, (entry_id, _title) in known.items()}
    return [
        group
        for group in groups
        if group.lines and all(ids.get(line["entry"], HIDDEN) not in {HIDDEN, *barred} for line in group.lines)
    ]


def works_of_group(meeting: Meeting, code: str) -> list[int]:
    """The works of a group of the sealed result, by entry id."""
    group = next((each for each in groups_to_take_up(meeting, ()) if each.code == code), None)
    known = results.titles_of(meeting.round.contest, {line["entry"] for line in group.lines} if group else ())
    return sorted(entry_id for entry_id, _title in known.values())


def untold_acts(meeting: Meeting) -> list[RecordedAct]:
    """Acts that the result rests on, recorded in a meeting and not in its minutes yet."""
    return list(
        db.session.scalars(
            select(RecordedAct)
            .where(
                RecordedAct.round_id == meeting.round_id,
                RecordedAct.id > meeting.acts_seen,
                RecordedAct.kind.in_(BEFORE_SEALING),
            )
            .order_by(RecordedAct.id)
        )
    )


def acts_by_id(meeting: Meeting, ids: Collection[int]) -> dict[int, RecordedAct]:
    """Recorded acts of the meeting's round by id."""
    asked = select(RecordedAct).where(RecordedAct.round_id == meeting.round_id, RecordedAct.id.in_(ids))
    return {act.id: act for act in db.session.scalars(asked)}


def untold_sittings(meeting: Meeting) -> list[AgendaItem]:
    """Ballots opened in a meeting that somebody has closed since, and that its minutes do not tell of."""
    told = select(MinuteLine.item_id).where(
        MinuteLine.meeting_id == meeting.id, MinuteLine.step == Step.BALLOT_CLOSED, MinuteLine.item_id.is_not(None)
    )
    return list(
        db.session.scalars(
            select(AgendaItem)
            .join(AgendaItem.sitting)
            .where(AgendaItem.meeting_id == meeting.id, Sitting.closed_at.is_not(None), AgendaItem.id.not_in(told))
            .order_by(AgendaItem.position)
        )
    )


def sittings_elsewhere(meeting: Meeting) -> list[Sitting]:
    """Ballots that were opened on another page since a meeting is in session, and closed; no item is about them yet."""
    since = select(func.max(MinuteLine.at)).where(
        MinuteLine.meeting_id == meeting.id, MinuteLine.step.in_((Step.OPENED, Step.RESUMED))
    )
    known = select(AgendaItem.sitting_id).where(AgendaItem.sitting_id.is_not(None))
    return list(
        db.session.scalars(
            select(Sitting)
            .where(
                Sitting.round_id == meeting.round_id,
                Sitting.opened_at >= since.scalar_subquery(),
                Sitting.closed_at.is_not(None),
                Sitting.id.not_in(known),
            )
            .order_by(Sitting.number)
        )
    )


def told_ballots(meeting: Meeting) -> list[tuple[AgendaItem, MinuteLine]]:
    """The ballots that the minutes tell of, each with the newest line about it."""
    rows = db.session.execute(
        select(AgendaItem, MinuteLine)
        .join(MinuteLine, MinuteLine.item_id == AgendaItem.id)
        .where(
            AgendaItem.meeting_id == meeting.id,
            MinuteLine.step.in_((Step.BALLOT_CLOSED, Step.PAPER_ADDED)),
        )
        .options(joinedload(AgendaItem.sitting))
        .order_by(MinuteLine.number)
    )
    return list({item.id: (item, line) for item, line in rows}.values())
