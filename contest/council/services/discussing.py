"""Taking something up, writing down what was said, and deciding on what was proposed."""

from __future__ import annotations

from datetime import datetime

from contest.accounts.models import User
from contest.council import counting, queries
from contest.council.counting import Hands
from contest.council.models import AgendaItem, Meeting, Note, Proposal
from contest.council.refusals import NoProposal, NoQuorum, NothingTakenUp, NotSealedYet, NotThisWork, TooManyHands
from contest.council.services.holding import check_nothing_open
from contest.council.services.minuting import begin_entry, begin_step, new_item, write
from contest.council.stages import Step, Topic
from contest.database import db
from contest.interests.queries import barred
from contest.results import queries as results


def take_up_work(meeting: Meeting, entry_id: int, *, by: User, now: datetime) -> AgendaItem:
    """Take up a work of the round.

    :raise NotThisWork: if it is not in the round, or whoever names it takes no part in it
    """
    begin_step(meeting, by=by, now=now)
    check_nothing_open(meeting)
    work = queries.work_in(meeting, entry_id)
    if work is None or entry_id in barred(meeting.round.contest, by):
        raise NotThisWork
    item = add_item(meeting, Topic.WORK, entries=[entry_id], now=now)
    write(meeting, Step.TAKEN_UP, by=by, now=now, item=item, topic=str(Topic.WORK), entry=str(work.entry.code))
    return item


def take_up_standings(meeting: Meeting, group: str, *, by: User, now: datetime) -> AgendaItem:
    """Take up the order of a group, once the round is sealed.

    :raise NotSealedYet: before
    :raise NotThisWork: if there is no such group, or whoever names it takes no part in one of its works
    """
    begin_step(meeting, by=by, now=now)
    check_nothing_open(meeting)
    if meeting.round.sealed_at is None:
        raise NotSealedYet
    away = barred(meeting.round.contest, by)
    if group not in {each.code for each in queries.groups_to_take_up(meeting, away)}:
        raise NotThisWork
    works = queries.works_of_group(meeting, group)
    item = add_item(meeting, Topic.STANDINGS, group_code=group, entries=works, now=now)
    write(
        meeting,
        Step.TAKEN_UP,
        by=by,
        now=now,
        item=item,
        topic=str(Topic.STANDINGS),
        group=group,
        result=results.result_hash(meeting.round),
    )
    return item


def take_up(meeting: Meeting, title: str, *, by: User, now: datetime) -> AgendaItem:
    """Take up something else, in the words of whoever runs the meeting.

    :raise NothingTakenUp: without words
    """
    begin_step(meeting, by=by, now=now)
    check_nothing_open(meeting)
    if not title:
        raise NothingTakenUp
    item = add_item(meeting, Topic.FREE, title=title, now=now)
    write(meeting, Step.TAKEN_UP, by=by, now=now, item=item, topic=str(Topic.FREE))
    return item


def add_item(meeting: Meeting, topic: Topic, *, now: datetime, **about: object) -> AgendaItem:
    """Put something on the table, in the place of what lay there."""
    meeting.item = item = new_item(meeting, topic, now=now, **about)
    db.session.flush()
    return item


def write_note(
    meeting: Meeting,
    text: str,
    *,
    item: AgendaItem | None = None,
    at: datetime | None = None,
    by: User,
    now: datetime,
) -> Note:
    """Write down what was said; also afterwards, with its own hour, until the minutes are signed.

    :param item: what it was said about; what is taken up now when left out
    :raise MeetingRefused, HourRefused: see `begin_entry`
    """
    hour = begin_entry(meeting, at, by=by, now=now)
    item = item or meeting.item
    note = Note(meeting_id=meeting.id, item_id=item.id if item else None, text=text, by_id=by.id, at=hour)
    db.session.add(note)
    db.session.flush()
    write(meeting, Step.NOTED, by=by, now=now, at=hour, item=item, note=note.id)
    return note


def propose(meeting: Meeting, text: str, *, by: User, now: datetime) -> Proposal:
    """Put a proposal before the council, about what is taken up.

    :raise MeetingNotOpen: if the meeting is not in session
    :raise ItemRefused: while another one, or a ballot, is open
    """
    begin_step(meeting, by=by, now=now)
    check_nothing_open(meeting)
    item = meeting.item
    proposal = Proposal(meeting_id=meeting.id, item_id=item.id if item else None, text=text, at=now)
    db.session.add(proposal)
    db.session.flush()
    write(meeting, Step.PROPOSED, by=by, now=now, item=item, proposal=proposal.id)
    return proposal


def decide_proposal(meeting: Meeting, hands: Hands, *, by: User, now: datetime) -> Proposal:
    """Record the show of hands on the open proposal.

    Members who take no part in the work that it is about are present and have no vote.

    :raise NoProposal: if none is open
    :raise NoQuorum: if too few members are present
    :raise TooManyHands: if more hands were counted than could be raised
    """
    begin_step(meeting, by=by, now=now)
    proposal = queries.open_proposal(meeting)
    if proposal is None:
        raise NoProposal
    house = queries.house_of(meeting, proposal.about)
    if not house.has_quorum:
        raise NoQuorum(present=house.present, needed=house.quorum)
    if not counting.fits(house, hands):
        raise TooManyHands(hands=hands.yes + hands.no + hands.abstained, entitled=house.entitled)
    rule = counting.rule_of(meeting.round.rule)
    verdict = counting.count_hands(rule, house, hands)
    proposal.settled_at, proposal.carried = now, verdict.carried
    write(
        meeting,
        Step.DECIDED,
        by=by,
        now=now,
        item=proposal.item,
        proposal=proposal.id,
        members=house.members,
        present=house.present,
        entitled=house.entitled,
        quorum=house.quorum,
        yes=hands.yes,
        no=hands.no,
        abstained=hands.abstained,
        of=verdict.of,
        needed=verdict.needed,
        casting=verdict.casting,
        carried=verdict.carried,
    )
    return proposal


def withdraw_proposal(meeting: Meeting, *, by: User, now: datetime) -> Proposal:
    """Note that the open proposal was withdrawn.

    :raise NoProposal: if none is open
    """
    begin_step(meeting, by=by, now=now)
    proposal = queries.open_proposal(meeting)
    if proposal is None:
        raise NoProposal
    proposal.settled_at = now
    write(meeting, Step.WITHDRAWN, by=by, now=now, item=proposal.item, proposal=proposal.id)
    return proposal
