"""What was voted, and by how many."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from contest.accounts.models import User
from contest.database import db
from contest.entries.models import Entry
from contest.interests.models import Interest
from contest.interests.queries import keeping_away
from contest.judging.models import Ballot, Round, RoundEntry, Sitting


class BallotInForce(NamedTuple):
    """The newest ballot of one member on one question at one sitting."""

    ballot: int
    question: str
    voter: str
    choice: dict[str, str]
    sitting: int
    voter_id: int
    revision: int
    cast_at: datetime
    typed_by_id: int | None
    sha256: str
    receipt: str


def ballots_of(round_: Round) -> list[BallotInForce]:
    """The ballots that count in a round, of sittings that are closed: by sitting, question and voter.

    What a member voted on a work before stepping back from it does not count. For those who may see votes: the tally,
    and after sealing the council where the vote is not secret.
    """
    newer = aliased(Ballot)
    rows = db.session.execute(
        select(
            Ballot.number,
            Ballot.question,
            User.subject,
            Ballot.choice,
            Sitting.number,
            Ballot.voter_id,
            Ballot.revision,
            Ballot.cast_at,
            Ballot.typed_by_id,
            Ballot.sha256,
            Ballot.receipt,
        )
        .join(Ballot.sitting)
        .join(Ballot.voter)
        .where(
            Sitting.round_id == round_.id,
            Sitting.closed_at.is_not(None),
            ~select(newer.id)
            .where(
                newer.sitting_id == Ballot.sitting_id,
                newer.question == Ballot.question,
                newer.voter_id == Ballot.voter_id,
                newer.revision > Ballot.revision,
            )
            .exists(),
        )
        .order_by(Sitting.number, Ballot.question, User.subject)
    )
    found = [BallotInForce(*row) for row in rows]
    gone = _stepped_back(round_)
    return [
        ballot._replace(
            choice={
                subject: value for subject, value in ballot.choice.items() if (ballot.voter_id, subject) not in gone
            }
        )
        for ballot in found
    ]


def _stepped_back(round_: Round) -> set[tuple[int, str]]:
    asked = (
        keeping_away(at=round_.sealed_at)
        .with_only_columns(Interest.user_id, Entry.code)
        .join(Entry, Entry.id == Interest.entry_id)
        .join(RoundEntry, RoundEntry.entry_id == Entry.id)
        .where(RoundEntry.round_id == round_.id)
    )
    return {(juror_id, str(code)) for juror_id, code in db.session.execute(asked)}


def own_ballots(juror: User, sitting: Sitting) -> dict[str, Ballot]:
    """What a member has cast at a sitting, by question: the newest of each."""
    rows = db.session.scalars(
        select(Ballot)
        .where(Ballot.sitting_id == sitting.id, Ballot.voter_id == juror.id)
        .order_by(Ballot.question, Ballot.revision)
    )
    return {ballot.question: ballot for ballot in rows}


def ballots_at(sitting: Sitting) -> dict[int, dict[str, Ballot]]:
    """What members have cast at a sitting, by user id and question: the newest of each. For whoever types in papers."""
    rows = db.session.scalars(select(Ballot).where(Ballot.sitting_id == sitting.id).order_by(Ballot.revision))
    found: dict[int, dict[str, Ballot]] = {}
    for ballot in rows:
        found.setdefault(ballot.voter_id, {})[ballot.question] = ballot
    return found


def voters_at(sitting: Sitting) -> set[int]:
    """The members who have cast a ballot at a sitting; never what stands on it."""
    return set(db.session.scalars(select(Ballot.voter_id).where(Ballot.sitting_id == sitting.id).distinct()))


def count_voters(sittings: Iterable[Sitting]) -> dict[int, int]:
    """How many members have cast a ballot, by sitting."""
    counted = db.session.execute(
        select(Ballot.sitting_id, func.count(Ballot.voter_id.distinct()))
        .where(Ballot.sitting_id.in_([sitting.id for sitting in sittings]))
        .group_by(Ballot.sitting_id)
    )
    return dict(counted.all())
