"""Panels, and who may sit on them."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from contest.accounts.models import Membership, Role, User
from contest.database import db
from contest.judging.models import Assignment, Panel, PanelMember, Round, RoundEntry
from contest.judging.queries.conditions import IN_CONTEST, same_work
from contest.regulations.models import Contest
from contest.web.text import fold


def panels_of(round_: Round) -> dict[str, Panel]:
    """The panels of a round with their members and the names of these, by code."""
    found = db.session.scalars(
        select(Panel)
        .where(Panel.round_id == round_.id)
        .options(selectinload(Panel.members).joinedload(PanelMember.user))
    )
    return {panel.code: panel for panel in found}


def works_by_panel(round_: Round) -> dict[str, int]:
    """How many works each panel of a round has, by its code."""
    counted = db.session.execute(
        select(RoundEntry.panel, func.count())
        .join(RoundEntry.entry)
        .where(RoundEntry.round_id == round_.id, IN_CONTEST)
        .group_by(RoundEntry.panel)
    )
    return dict(counted.all())


def works_with_strangers(round_: Round) -> int:
    """How many assignments are of jurors off the panel that judges the work; extra and advisory ones may be."""
    sits = (
        select(PanelMember.id)
        .join(PanelMember.panel)
        .where(
            Panel.round_id == RoundEntry.round_id,
            Panel.code == RoundEntry.panel,
            PanelMember.user_id == Assignment.juror_id,
        )
    )
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Assignment)
            .join(RoundEntry, same_work())
            .join(Assignment.entry)
            .where(
                Assignment.round_id == round_.id,
                Assignment.recused_at.is_(None),
                ~Assignment.third,
                ~Assignment.advisory,
                IN_CONTEST,
                ~sits.exists(),
            )
        )
        or 0
    )


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
