"""Invariants of the votes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import aliased

from contest.accounts.models import User
from contest.database import db
from contest.judging.ballots import fingerprint
from contest.judging.models import Ballot, Panel, PanelMember, Round, Sitting


def ballots_are_as_cast() -> Iterator[str]:
    """Choice, voter, sitting and moment of every ballot give the hash that its audit line names."""
    typist = aliased(User)
    for ballot, round_code, sitting, voter, typed_by in db.session.execute(
        select(Ballot, Round.code, Sitting.number, User.subject, typist.subject)
        .join(Ballot.sitting)
        .join(Sitting.round)
        .join(Ballot.voter)
        .outerjoin(typist, typist.id == Ballot.typed_by_id)
        .order_by(Ballot.id)
        .execution_options(yield_per=1000)
    ):
        if ballot.sha256 != fingerprint(
            ballot.choice,
            round_code=round_code,
            sitting=sitting,
            question=ballot.question,
            voter=voter,
            revision=ballot.revision,
            receipt=ballot.receipt,
            cast_at=ballot.cast_at,
            typed_by=typed_by,
        ):
            yield _(
                "Ballot %(number)s of round %(round)s is no longer what was cast.", number=ballot.id, round=round_code
            )


def ballots_are_of_members() -> Iterator[str]:
    """Nobody votes who does not sit on the council of the round."""
    sits = (
        select(PanelMember.id)
        .join(PanelMember.panel)
        .where(Panel.round_id == Sitting.round_id, PanelMember.user_id == Ballot.voter_id)
    )
    for number, round_code in db.session.execute(
        select(Ballot.id, Round.code).join(Ballot.sitting).join(Sitting.round).where(~sits.exists()).order_by(Ballot.id)
    ):
        yield _(
            "Ballot %(number)s of round %(round)s is of somebody who does not sit on its council.",
            number=number,
            round=round_code,
        )


def ballots_count_from_one() -> Iterator[str]:
    """The revisions of a ballot are numbered without a gap, so that exactly one of them is in force."""
    revisions = defaultdict(list)
    for sitting_id, question, voter_id, number in db.session.execute(
        select(Ballot.sitting_id, Ballot.question, Ballot.voter_id, Ballot.revision).order_by(Ballot.id)
    ):
        revisions[sitting_id, question, voter_id].append(number)
    for (sitting_id, _question, _voter_id), numbers in revisions.items():
        if numbers != list(range(1, len(numbers) + 1)):
            yield _("The ballots of sitting %(number)s are not numbered one by one.", number=sitting_id)
