"""What somebody has said of themselves."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from contest.accounts.models import User
from contest.database import db
from contest.interests.kinds import State
from contest.interests.models import Declaration, Interest, Tie
from contest.regulations.models import Contest
from contest.regulations.scoring import RoundRule


def has_declared(contest_id: int, user_id: int, round_code: str) -> bool:
    """Say whether somebody has thought of their interests before a round."""
    asked = select(Declaration.id).filter_by(contest_id=contest_id, user_id=user_id, round=round_code)
    return db.session.scalar(asked) is not None


def round_to_declare(contest: Contest, user: User, code: str | None = None) -> RoundRule | None:
    """The round of this code, if somebody has not declared before it yet."""
    rule = next((rule for rule in contest.regulation.rounds if rule.code == code), None)
    return rule if rule is not None and not has_declared(contest.id, user.id, rule.code) else None


def ties_of(contest: Contest, user: User) -> Sequence[Tie]:
    """The newsrooms and people somebody has told of, in the order in which they did."""
    asked = select(Tie).filter_by(contest_id=contest.id, user_id=user.id, ended_at=None)
    return db.session.scalars(asked.options(joinedload(Tie.outlet)).order_by(Tie.id)).all()


def tie_of(contest: Contest, user: User, tie_id: int) -> Tie | None:
    """One of those, if it is theirs."""
    asked = select(Tie).filter_by(id=tie_id, contest_id=contest.id, user_id=user.id, ended_at=None)
    return db.session.scalar(asked)


def works_declared(contest: Contest, user: User) -> Sequence[Interest]:
    """What somebody declared of single works, in the order in which they did. The works themselves are not shown."""
    asked = select(Interest).filter_by(
        contest_id=contest.id, user_id=user.id, state=State.declared, tie_id=None, ended_at=None
    )
    return db.session.scalars(asked.order_by(Interest.id)).all()
