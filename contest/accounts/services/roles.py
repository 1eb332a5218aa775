"""Giving, changing and taking away a role in a contest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from contest import audit
from contest.accounts.models import Membership, Outlet, User
from contest.accounts.refusals import AlreadyMember, LastOrganizer, OutletNeeded
from contest.accounts.roles import Role, leaves_no_organizer
from contest.accounts.services.signing_in import end_sessions
from contest.database import db


def grant_role(
    contest_id: int, user: User, role: Role | str, *, by: User | None, now: datetime, outlet_id: int | None = None
) -> Membership:
    """Give somebody a role in a contest.

    :param by: None when the shell does it
    :param outlet_id: whom a representative represents, or where a juror works
    :raise AlreadyMember: if they have it
    :raise OutletNeeded: if a representative represents nobody
    """
    role = Role(role)
    outlet_id = outlet_for(role, outlet_id)
    if db.session.scalar(select(Membership.id).filter_by(contest_id=contest_id, user_id=user.id, role=role)):
        raise AlreadyMember
    membership = Membership(
        contest_id=contest_id,
        user_id=user.id,
        role=role,
        outlet_id=outlet_id,
        granted_at=now,
        granted_by_id=by.id if by else None,
    )
    db.session.add(membership)
    db.session.flush()
    _record_role(membership, user, "role.granted", by=by, now=now)
    _begin_anew(user, by)
    return membership


def change_role(
    membership: Membership, role: Role | str, *, by: User, now: datetime, outlet_id: int | None = None
) -> None:
    """Give somebody another role instead of one they have, or another outlet to represent.

    :raise LastOrganizer: if nobody would be left to open the doors
    :raise AlreadyMember: if they have the other role as well
    """
    role = Role(role)
    outlet_id = outlet_for(role, outlet_id)
    others = _other_memberships(membership)
    if membership.role == Role.ORGANIZER and leaves_no_organizer([role, *(other.role for other in others)]):
        raise LastOrganizer
    if any(other.user_id == membership.user_id and other.role == role for other in others):
        raise AlreadyMember
    _record_role(membership, membership.user, "role.removed", by=by, now=now)
    membership.role, membership.outlet_id = role, outlet_id
    membership.granted_at, membership.granted_by_id = now, by.id
    _record_role(membership, membership.user, "role.granted", by=by, now=now)
    _begin_anew(membership.user, by)


def remove_role(membership: Membership, *, by: User, now: datetime) -> None:
    """Take a role away; the person's next page already knows.

    :raise LastOrganizer: if nobody would be left to open the doors
    """
    others = _other_memberships(membership)
    if membership.role == Role.ORGANIZER and leaves_no_organizer([other.role for other in others]):
        raise LastOrganizer
    _record_role(membership, membership.user, "role.removed", by=by, now=now)
    db.session.delete(membership)
    db.session.flush()


def outlet_for(role: Role, outlet_id: int | None) -> int | None:
    """Give the outlet that goes with a role: whom a representative represents, where a juror works.

    A representative needs one. A juror may have one, and is then kept from its works.
    """
    if role not in (Role.OUTLET, Role.JUROR, Role.CHAIR) or (outlet_id is None and role != Role.OUTLET):
        return None
    if outlet_id is None or db.session.get(Outlet, outlet_id) is None:
        raise OutletNeeded
    return outlet_id


def _other_memberships(membership: Membership) -> Sequence[Membership]:
    """Read the other memberships of a contest for deciding, so that two organizers cannot remove each other at once."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.contest_id == membership.contest_id, Membership.id != membership.id)
        .with_for_update()
    ).all()


def _begin_anew(user: User, by: User | None) -> None:
    """End the sessions of whoever was given more by somebody else: what was stolen before is worth no more after.

    Whoever takes an invitation up goes on under a new session at once.
    """
    if by is None or by.id != user.id:
        end_sessions(user)


def _record_role(membership: Membership, user: User, action: str, *, by: User | None, now: datetime) -> None:
    audit.record(
        action,
        contest_id=membership.contest_id,
        by=by,
        about=f"user:{user.subject}",
        now=now,
        details={"role": membership.role, "outlet": membership.outlet_id},
    )
