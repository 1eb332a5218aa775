"""Who votes in a round, and on how much."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select

from contest.accounts.models import User
from contest.database import db
from contest.judging.models import Ballot, Panel, PanelMember, Round, Sitting


class MemberLine(NamedTuple):
    """A juror on a panel, as the tally of votes knows them."""

    juror_id: int
    subject: str
    panel: str
    chair: bool


def members_of(round_: Round) -> list[MemberLine]:
    """Everybody on the panels of a round, by panel; a juror on two panels comes twice."""
    rows = db.session.execute(
        select(User.id, User.subject, Panel.code, PanelMember.chair)
        .join(PanelMember, PanelMember.user_id == User.id)
        .join(PanelMember.panel)
        .where(Panel.round_id == round_.id)
        .order_by(Panel.id, PanelMember.id)
    )
    return [MemberLine(*row) for row in rows]


def panels_with(juror: User, round_: Round) -> frozenset[str]:
    """The panels of a round on which a juror sits, by code."""
    return frozenset(
        db.session.scalars(
            select(Panel.code).join(Panel.members).where(Panel.round_id == round_.id, PanelMember.user_id == juror.id)
        )
    )


def may_vote(juror: User, round_: Round) -> bool:
    """Say whether a juror sits on a panel of a round."""
    return bool(panels_with(juror, round_))


def has_voted_in(round_: Round, juror_ids: Collection[int]) -> bool:
    """Say whether one of these members has cast a ballot in a round."""
    return (
        db.session.scalar(
            select(Ballot.id)
            .join(Ballot.sitting)
            .where(Sitting.round_id == round_.id, Ballot.voter_id.in_(juror_ids))
            .limit(1)
        )
        is not None
    )
