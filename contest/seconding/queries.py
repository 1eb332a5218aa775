"""Finding acts that wait for a second person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select

from contest.accounts.models import Membership, User
from contest.accounts.roles import Role
from contest.database import db
from contest.regulations.models import Contest
from contest.seconding.models import SecondedAct


def acts_of(contest: Contest) -> Select[SecondedAct]:
    """Select everything that was asked for in a contest, the latest first."""
    return select(SecondedAct).filter_by(contest_id=contest.id).order_by(SecondedAct.id.desc())


def act_in(contest: Contest, number: int) -> SecondedAct | None:
    """Find one of them."""
    return db.session.scalar(select(SecondedAct).filter_by(contest_id=contest.id, id=number))


def waiting(contest: Contest, now: datetime) -> Sequence[SecondedAct]:
    """List what waits for an answer."""
    open_ = SecondedAct.outcome.is_(None), SecondedAct.expires_at > now
    return db.session.scalars(acts_of(contest).where(*open_)).all()


def organizers(contest: Contest) -> int:
    """Count those who can ask and confirm: organizers whose account is open."""
    found = select(func.count(Membership.user_id.distinct())).join(User, User.id == Membership.user_id)
    mine = found.where(
        Membership.contest_id == contest.id, Membership.role == Role.ORGANIZER, User.disabled_at.is_(None)
    )
    return db.session.scalar(mine) or 0
