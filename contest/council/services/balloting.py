"""Ballots of the regulation, opened and closed in a meeting; who is present is whom the roll has."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from contest.accounts.models import User
from contest.council import queries
from contest.council.models import AgendaItem, Meeting
from contest.council.refusals import NoQuorum, WrongMove
from contest.council.services.discussing import add_item
from contest.council.services.holding import check_nothing_open
from contest.council.services.minuting import begin_step, tell_ballot, tell_opening
from contest.council.stages import Step, Topic
from contest.database import db
from contest.judging import services as judging_services


def open_vote(meeting: Meeting, questions: Collection[str], *, by: User, now: datetime) -> AgendaItem:
    """Put questions of the regulation to the vote of the members who are present.

    Whoever takes no part in a work gets no vote on it and is present all the same.

    :param questions: codes among those that `judging.queries.agenda_of` gives
    :raise NoQuorum: if too few members are present
    :raise SittingRefused: if there is nothing of this to vote on, or a ballot is open
    """
    begin_step(meeting, by=by, now=now)
    check_nothing_open(meeting)
    seats = queries.seats_of(meeting)
    house = queries.house_of(meeting, seats=seats, questions=questions)
    if not house.has_quorum:
        raise NoQuorum(present=house.present, needed=house.quorum)
    present = [seat.user for seat in seats if seat.is_present]
    sitting = judging_services.open_ballot(meeting.round, questions=questions, present=present, by=by, now=now)
    item = add_item(meeting, Topic.BALLOT, sitting_id=sitting.id, now=now)
    tell_opening(meeting, item, sitting, by=by, now=now)
    return item


def close_vote(meeting: Meeting, *, by: User, now: datetime) -> None:
    """Close the ballot that is open in a meeting, count it, and write down what it came to.

    :raise WrongMove: if none is open
    """
    begin_step(meeting, by=by, now=now)
    item = meeting.item
    if item is None or item.sitting is None or not item.sitting.is_open:
        raise WrongMove
    judging_services.close_ballot(item.sitting, by=by, now=now)
    db.session.flush()
    tell_ballot(meeting, item, step=Step.BALLOT_CLOSED, by=by, now=now)
