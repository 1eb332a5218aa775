"""Panels, and who may sit on them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from contest.accounts.models import Membership, Role, User
from contest.database import db
from contest.judging.models import Panel, PanelMember, Round
from contest.regulations.models import Contest
from contest.web.text import fold


def panels_of(round_: Round) -> dict[str, Panel]:
    """The panels of a round with their members and the names of these, by category."""
    found = db.session.scalars(
        select(Panel)
        .where(Panel.round_id == round_.id)
        .options(selectinload(Panel.members).joinedload(PanelMember.user))
    )
    return {panel.category: panel for panel in found}


def jurors_of(contest: Contest) -> list[User]:
    """Everybody with a juror's role in a contest, by name."""
    jurors = db.session.scalars(
        select(User)
        .where(
            User.id.in_(
                select(Membership.user_id).where(
                    Membership.contest_id == contest.id, Membership.role.in_((Role.JUROR, Role.CHAIR))
                )
            )
        )
        .options(joinedload(User.person))
    )
    return sorted(jurors, key=lambda juror: (fold(juror.name).rsplit(" ", 1)[-1], fold(juror.name), juror.id))
