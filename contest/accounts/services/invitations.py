"""Offering a role by a letter, and taking it up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from contest import audit
from contest.accounts import emails, identity, links, queries
from contest.accounts.links import Purpose
from contest.accounts.models import Invitation, Membership, User
from contest.accounts.passwords import PasswordHash
from contest.accounts.refusals import AlreadyMember, DeadLink, InvitationOver, WrongAccount
from contest.accounts.roles import Role
from contest.accounts.services.account_state import record_about, signing_key
from contest.accounts.services.registering import agree, begin_account
from contest.accounts.services.roles import grant_role, outlet_for
from contest.database import db

INVITATION_LIFE = timedelta(days=14)


def invite(
    contest: Any, *, email: str, name: str, role: Role | str, by: User, now: datetime, outlet_id: int | None = None
) -> Invitation:
    """Offer a role to an address. An offer of the same role to the same address is sent again instead.

    :raise AlreadyMember: if the account of this address has the role
    :raise OutletNeeded: if a representative represents nobody
    """
    email, role = identity.email_address(email), Role(role)
    outlet_id = outlet_for(role, outlet_id)
    held = select(Membership.id).join(User, Membership.user_id == User.id)
    if db.session.scalar(held.where(User.email == email, Membership.contest_id == contest.id, Membership.role == role)):
        raise AlreadyMember
    same = {"contest_id": contest.id, "email": email, "role": role, "accepted_at": None, "withdrawn_at": None}
    invitation = db.session.scalar(select(Invitation).filter_by(**same))
    if invitation is None:
        invitation = Invitation(**same, serial=0, invited_by_id=by.id)
        db.session.add(invitation)
    invitation.name, invitation.outlet_id = name, outlet_id
    resend_invitation(invitation, contest=contest, by=by, now=now)
    return invitation


def resend_invitation(invitation: Invitation, *, contest: Any, by: User, now: datetime) -> None:
    """Send an invitation with a new link; links sent before are dead.

    :raise InvitationOver: if it was accepted or withdrawn
    """
    if invitation.accepted_at or invitation.withdrawn_at:
        raise InvitationOver
    invitation.serial += 1
    invitation.sent_at, invitation.expires_at = now, now + INVITATION_LIFE
    db.session.flush()
    token = links.sign(signing_key(), Purpose.INVITE, str(invitation.id), str(invitation.serial), invitation.expires_at)
    emails.invitation(invitation, token, contest=contest, now=now)
    _record_invitation(invitation, "invitation.sent", by=by, now=now)


def withdraw_invitation(invitation: Invitation, *, by: User, now: datetime) -> None:
    """Take an invitation back; its link is dead.

    :raise InvitationOver: if it was accepted or withdrawn
    """
    if invitation.accepted_at or invitation.withdrawn_at:
        raise InvitationOver
    invitation.withdrawn_at = now
    _record_invitation(invitation, "invitation.withdrawn", by=by, now=now)


def invitation_of_link(token: str, *, now: datetime) -> Invitation:
    """Find the invitation that a link opens.

    :raise DeadLink: if it is too old, accepted, withdrawn, or was sent again
    """
    number, serial = links.read(signing_key(), Purpose.INVITE, token, now)
    invitation = db.session.get(Invitation, int(number))
    if invitation is None or str(invitation.serial) != serial or not invitation.is_open(now):
        raise DeadLink
    return invitation


def accept_invitation(token: str, user: User, *, now: datetime) -> Invitation:
    """Take up a role with the account of the address that was invited.

    :raise DeadLink: if the link does not open this any more
    :raise WrongAccount: if the invitation was sent to somebody else
    """
    invitation = invitation_of_link(token, now=now)
    if user.email != invitation.email:
        raise WrongAccount
    if invitation.role not in queries.roles_of(user, invitation.contest_id):
        grant_role(
            invitation.contest_id,
            user,
            invitation.role,
            by=invitation.invited_by,
            now=now,
            outlet_id=invitation.outlet_id,
        )
    invitation.accepted_at, invitation.accepted_by_id = now, user.id
    _record_invitation(invitation, "invitation.accepted", by=user, now=now)
    return invitation


def accept_as_newcomer(token: str, *, name: str, password_hash: PasswordHash, consent: str, now: datetime) -> User:
    """Take up a role with a new account; the link has proved the address.

    An unconfirmed account of the same address was begun by who knows whom: it is taken over whole.

    :raise DeadLink: if the link does not open this any more
    :raise WrongAccount: if the address has an account, which must sign in
    """
    invitation = invitation_of_link(token, now=now)
    user = queries.user_by_email(invitation.email)
    if user is not None and (user.email_confirmed_at is not None or user.disabled_at is not None):
        raise WrongAccount
    user = user or begin_account(invitation.email, name, now)
    user.password_hash, user.person.name = password_hash, name
    user.email_confirmed_at, user.person.email = now, invitation.email
    agree(user, consent, now=now)
    db.session.flush()
    record_about(user, "user.confirmed", now)
    accept_invitation(token, user, now=now)
    return user


def _record_invitation(invitation: Invitation, action: str, *, by: User, now: datetime) -> None:
    audit.record(
        action,
        contest_id=invitation.contest_id,
        by=by,
        about=f"invitation:{invitation.id}",
        now=now,
        details={"role": invitation.role, "serial": invitation.serial},
    )
