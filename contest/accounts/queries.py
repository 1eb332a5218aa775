"""Finding people, their sessions, roles and newsrooms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from hashlib import sha256

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from contest.accounts.attempts import AttemptKind
from contest.accounts.models import (
    Attempt,
    Authenticator,
    Invitation,
    Membership,
    Outlet,
    Passkey,
    ProviderAccount,
    RecoveryCode,
    User,
    UserSession,
)
from contest.accounts.roles import Role
from contest.database import db
from contest.web.text import fold


def user_by_email(email: str) -> User | None:
    """Find the account of a normalised address."""
    return db.session.scalar(select(User).filter_by(email=email))


def user_by_subject(subject: str) -> User | None:
    """Find the account of a random id."""
    return db.session.scalar(select(User).filter_by(subject=subject))


def hash_of(token: str) -> str:
    """Give the hash under which a session is kept."""
    return sha256(token.encode()).hexdigest()


def session_of(token: str) -> UserSession | None:
    """Find the session of a cookie, with its user and all their roles, in one query."""
    return db.session.scalars(_session(), {"hash": hash_of(token)}).unique().one_or_none()


@cache
def _session() -> Select[UserSession]:
    """Build once what every page of somebody signed in asks."""
    user = joinedload(UserSession.user, innerjoin=True)
    asked = select(UserSession).where(UserSession.token_hash == bindparam("hash"))
    return asked.options(user.joinedload(User.memberships))


def sessions_of(user: User) -> Sequence[UserSession]:
    """List the browsers in which somebody is signed in, the latest first."""
    return db.session.scalars(
        select(UserSession).filter_by(user_id=user.id).order_by(UserSession.last_seen_at.desc(), UserSession.id)
    ).all()


def roles_of(user: User, contest_id: int) -> frozenset[str]:
    """Give the roles of somebody in a contest."""
    return frozenset(str(membership.role) for membership in user.memberships if membership.contest_id == contest_id)


def members(contest_id: int, *roles: Role | str) -> list[Membership]:
    """List who has a role in a contest, in the order of the roles, then by name.

    :param roles: only these roles; all when none is named
    """
    found = select(Membership).filter_by(contest_id=contest_id)
    if roles:
        found = found.where(Membership.role.in_([Role(role) for role in roles]))
    rows = db.session.scalars(found.options(joinedload(Membership.user), joinedload(Membership.outlet)))
    order = {role: place for place, role in enumerate(Role)}
    return sorted(rows, key=lambda membership: (order[membership.role], fold(membership.user.name), membership.id))


def membership_in(contest_id: int, membership_id: int) -> Membership | None:
    """Find one membership among those of a contest."""
    return db.session.scalar(select(Membership).filter_by(contest_id=contest_id, id=membership_id))


def open_invitations(contest_id: int) -> Sequence[Invitation]:
    """List the invitations that were neither accepted nor withdrawn, also those that ran out, the newest first."""
    return db.session.scalars(
        select(Invitation)
        .filter_by(contest_id=contest_id, accepted_at=None, withdrawn_at=None)
        .options(joinedload(Invitation.outlet))
        .order_by(Invitation.sent_at.desc(), Invitation.id)
    ).all()


def invitation_in(contest_id: int, invitation_id: int) -> Invitation | None:
    """Find one invitation among those of a contest."""
    return db.session.scalar(select(Invitation).filter_by(contest_id=contest_id, id=invitation_id))


def outlets() -> list[Outlet]:
    """List all outlets by name."""
    rows = db.session.scalars(select(Outlet).options(joinedload(Outlet.successor)))
    return sorted(rows, key=lambda outlet: (fold(outlet.name), outlet.id))


def outlets_on(day: date) -> list[Outlet]:
    """List the outlets that bore their name on a day, by name."""
    named = select(Outlet).where(
        or_(Outlet.valid_from.is_(None), Outlet.valid_from <= day),
        or_(Outlet.valid_until.is_(None), Outlet.valid_until >= day),
    )
    return sorted(db.session.scalars(named), key=lambda outlet: (fold(outlet.name), outlet.id))


def demo_accounts(contest_id: int | None) -> list[tuple[Role | None, User]]:
    """List one demo account per role, the author (who needs none) first."""
    found = (
        select(User, Membership.role)
        .outerjoin(Membership, (Membership.user_id == User.id) & (Membership.contest_id == contest_id))
        .where(User.is_demo)
        .order_by(User.id)
    )
    first: dict[Role | None, User] = {}
    for user, role in db.session.execute(found):
        first.setdefault(role, user)
    return [(role, first[role]) for role in (None, *Role) if role in first]


def attempt_moments(kind: AttemptKind, since: datetime, **where: object) -> Sequence[datetime]:
    """List when a door was tried without success, by the columns given.

    Registering and asking for a new password count whatever comes of them: they are never marked as a success.
    """
    return db.session.scalars(
        select(Attempt.at).filter_by(kind=kind, succeeded=False, **where).where(Attempt.at > since)
    ).all()


def authenticators_of(user: User) -> Sequence[Authenticator]:
    """List the apps that show codes for somebody, the first added first."""
    return db.session.scalars(select(Authenticator).filter_by(user_id=user.id).order_by(Authenticator.id)).all()


def passkeys_of(user: User) -> Sequence[Passkey]:
    """List somebody's passkeys, the first added first."""
    return db.session.scalars(select(Passkey).filter_by(user_id=user.id).order_by(Passkey.id)).all()


def passkey(key_id: str) -> Passkey | None:
    """Find a passkey by the id that the device knows it by."""
    return db.session.scalar(select(Passkey).filter_by(key_id=key_id))


def provider_account(issuer: str, sub: str) -> ProviderAccount | None:
    """Find who is linked with an account of an office."""
    return db.session.scalar(select(ProviderAccount).filter_by(issuer=issuer, sub=sub))


def provider_accounts_of(user: User) -> Sequence[ProviderAccount]:
    """List the accounts of an office that somebody has linked, the first linked first."""
    return db.session.scalars(select(ProviderAccount).filter_by(user_id=user.id).order_by(ProviderAccount.id)).all()


def recovery_codes_left(user: User) -> int:
    """Count the recovery codes that open still."""
    left = select(func.count()).select_from(RecoveryCode).filter_by(user_id=user.id, used_at=None)
    return db.session.scalar(left) or 0


def open_recovery_hashes(user: User) -> frozenset[str]:
    """Give the hashes of the recovery codes that open still."""
    return frozenset(db.session.scalars(select(RecoveryCode.code_hash).filter_by(user_id=user.id, used_at=None)))
