"""What people can do: with their own account; as organizers with the people of a contest and the list of outlets."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from contest import audit
from contest.accounts import attempts, emails, identity, links, passwords, queries
from contest.accounts.attempts import AttemptKind
from contest.accounts.consents import ACCOUNT_NOTICE
from contest.accounts.links import Purpose
from contest.accounts.models import (
    Attempt,
    Consent,
    Invitation,
    Membership,
    Outlet,
    Person,
    User,
    UserSession,
)
from contest.accounts.outlets import BadLine, OutletKind, OutletLine, outlet_lines, overlap
from contest.accounts.passwords import PasswordHash
from contest.accounts.refusals import (
    AccountExists,
    AlreadyMember,
    DeadLink,
    InvitationOver,
    LastOrganizer,
    NoSuchAccount,
    OutletDatesReversed,
    OutletKnown,
    OutletListUnreadable,
    OutletNeeded,
    OutletSucceedsItself,
    SuccessorUnknown,
    TooManyAttempts,
    WeakPassword,
    WrongAccount,
    WrongPassword,
)
from contest.accounts.roles import Role, leaves_no_organizer
from contest.database import db
from contest.web.formats import as_datetime
from contest.web.text import fold

CONFIRMATION_LIFE = timedelta(days=3)
RESET_LIFE = timedelta(hours=1)
INVITATION_LIFE = timedelta(days=14)
INVITATION_KEPT = timedelta(days=90)  # after it ran out or was answered; what came of it stays in the log


class Forgotten(NamedTuple):
    """How many rows of each kind had served their purpose."""

    sessions: int
    attempts: int
    invitations: int


def begin_attempt(
    kind: AttemptKind, account: str, *, network: str, known_device: bool = False, now: datetime
) -> Attempt:
    """Count one try at a door before it is made, so that tries sent at once are counted one by one.

    A device that has signed in to this account before is counted apart: whoever guesses from elsewhere makes nobody
    else wait.

    :param account: what was typed as the address
    :raise TooManyAttempts: if the account or the network must rest
    """
    secret = _secret()
    mine, theirs = attempts.fingerprint(secret, account.lower()), attempts.fingerprint(secret, network)
    since = now - attempts.LONGEST_LIMIT
    db.session.execute(delete(Attempt).where(Attempt.at < since))
    by_account = queries.attempt_moments(kind, since, account=mine, known_device=known_device)
    by_network = queries.attempt_moments(kind, since, address=theirs)
    until = max(
        attempts.open_from(attempts.BY_ACCOUNT[kind], by_account, now),
        attempts.open_from(attempts.BY_ADDRESS[kind], by_network, now),
    )
    if until > now:
        raise TooManyAttempts(until=until, at=as_datetime(until))
    attempt = Attempt(kind=kind, account=mine, address=theirs, known_device=known_device, at=now)
    db.session.add(attempt)
    db.session.flush()
    return attempt


def tries_left(attempt_id: int, now: datetime) -> int:
    """Count how many more tries the account has at once, whether it exists or not."""
    attempt = db.session.get_one(Attempt, attempt_id)
    moments = queries.attempt_moments(
        attempt.kind, now - attempts.LONGEST_LIMIT, account=attempt.account, known_device=attempt.known_device
    )
    return attempts.tries_left(attempts.BY_ACCOUNT[attempt.kind], moments, now)


def forgive_attempt(attempt_id: int) -> None:
    """Note that a try was right, so that it does not count."""
    db.session.execute(update(Attempt).filter_by(id=attempt_id).values(succeeded=True))


def choose_password(password: str, *, email: str, name: str) -> PasswordHash:
    """Check a new password and hash it, which takes long enough to be done before a transaction begins.

    :raise WeakPassword: if it is easily guessed, with the reason
    """
    weakness = passwords.weakness(password, (email, name))
    if weakness is not None:
        message, parameters = weakness
        raise WeakPassword(message, **parameters)
    return passwords.hashed(password)


def check_owner(user: User, password: str) -> None:
    """Ask for the present password before something is changed that a thief at an open screen would change.

    :raise WrongPassword: if it is not right
    """
    if not passwords.matches(password, user.password_hash):
        raise WrongPassword


def register(*, name: str, email: str, password_hash: PasswordHash, consent: str, now: datetime) -> None:
    """Make an account that waits for its address to be confirmed, and write to the address.

    Whoever registers is told the same in any case. If the address has an account, its owner gets a letter that says
    so; an unconfirmed account is begun anew, and only the newest letter confirms it.

    :param consent: the notice in the words that were agreed to
    """
    email = identity.email_address(email)
    user = queries.user_by_email(email)
    if user is not None and user.email_confirmed_at is not None:
        emails.account_exists(user, now=now)
        return
    user = user or _new_user(email, name, now)
    user.password_hash, user.person.name = password_hash, name
    agree(user, consent, now=now)
    db.session.flush()
    _send_confirmation(user, now)


def confirm_email(token: str, *, now: datetime) -> User:
    """Confirm the address of a new account, or the new address of an old one, by the link sent there.

    :raise DeadLink: if the link does not open this any more
    """
    user = user_of_link(Purpose.CONFIRM, token, now=now)
    person, old, moved = user.person, user.email, user.new_email != ""
    person.email = user.email = user.new_email or user.email
    user.new_email, user.email_confirmed_at = "", now
    try:
        db.session.flush()
    except IntegrityError as error:  # somebody else confirmed the same address since the letter was sent
        raise DeadLink from error
    if moved:
        emails.email_changed(user, old, now=now)
    _record(user, "user.email_changed" if moved else "user.confirmed", now)
    return user


def user_of_link(purpose: Purpose, token: str, *, now: datetime) -> User:
    """Find whom a link was sent to.

    :raise DeadLink: if it is too old, used, or overtaken
    """
    subject, mark = links.read(_secret(), purpose, token, now)
    user = queries.user_by_subject(subject)
    if user is None or user.disabled_at is not None or mark != _mark(user):
        raise DeadLink
    return user


def request_reset(email: str, *, now: datetime) -> None:
    """Write to an address how to choose a new password, or that there is no account, and tell the asker neither."""
    email = identity.email_address(email)
    user = queries.user_by_email(email)
    if user is None or user.disabled_at is not None:
        emails.no_account(email, now=now)
        return
    expires_at = now + RESET_LIFE
    token = links.sign(_secret(), Purpose.RESET, user.subject, _mark(user), expires_at)
    emails.reset(user, token, expires_at=expires_at, now=now)


def reset_password(token: str, password_hash: PasswordHash, *, now: datetime) -> User:
    """Set a new password by the link, which also proves the address, and end every session.

    :raise DeadLink: if the link does not open this any more
    """
    user = user_of_link(Purpose.RESET, token, now=now)
    user.password_hash = password_hash
    emails.password_changed(user, now=now)
    if user.email_confirmed_at is None:
        user.email_confirmed_at, user.person.email = now, user.email
    end_sessions(user)
    _record(user, "user.password_reset", now)
    return user


def change_password(user: User, password_hash: PasswordHash, *, keep: int, now: datetime) -> None:
    """Set a new password, and end every session but the one in which it was done.

    :param keep: id of that session
    """
    user.password_hash = password_hash
    emails.password_changed(user, now=now)
    end_sessions(user, keep=keep)
    _record(user, "user.password_changed", now)


def change_details(user: User, *, name: str, pen_names: str, phone: str, unit: str) -> None:
    """Correct what is known of a person.

    :raise BadPhone: if the number cannot be dialled
    """
    person = user.person
    person.name, person.pen_names, person.unit = name, pen_names, unit
    person.phone = identity.phone_number(phone)


def ask_new_email(user: User, email: str, *, now: datetime) -> None:
    """Write to a new address; only its confirmation changes the account. A taken address is told to its owner alone."""
    email = identity.email_address(email)
    if email == user.email:
        user.new_email = ""
        return
    user.new_email = email
    owner = queries.user_by_email(email)
    if owner is not None:
        emails.email_taken(owner, now=now)
        return
    expires_at = now + CONFIRMATION_LIFE
    token = links.sign(_secret(), Purpose.CONFIRM, user.subject, _mark(user), expires_at)
    emails.new_email(user, token, expires_at=expires_at, now=now)


def verified_user(email: str, password: str) -> User | None:
    """Find who signs in, with the same work whether there is such an account or not.

    :return: None for an unknown address, a wrong password, an unconfirmed or a disabled account
    """
    user = queries.user_by_email(email)
    right = passwords.matches(password, user.password_hash if user else None)
    return user if user is not None and right and user.is_active else None


def open_session(user: User, *, device: str, address: str, now: datetime, oldest: timedelta) -> str:
    """Sign somebody in at one browser.

    :param oldest: how long a session may last; older ones of this user are cleared away
    :return: the token for the cookie; only its hash is kept
    """
    db.session.execute(delete(UserSession).where(UserSession.user_id == user.id, UserSession.created_at < now - oldest))
    token = secrets.token_urlsafe(32)
    db.session.add(
        UserSession(
            user_id=user.id,
            token_hash=queries.hash_of(token),
            device=device[:255],
            address=address[:45],
            created_at=now,
            last_seen_at=now,
        )
    )
    db.session.flush()
    return token


def note_presence(session_id: int, *, now: datetime) -> None:
    """Remember that a session was used just now."""
    db.session.execute(update(UserSession).filter_by(id=session_id).values(last_seen_at=now))


def end_session(user: User, session_id: int) -> None:
    """Sign somebody out at one of their browsers."""
    db.session.execute(delete(UserSession).filter_by(user_id=user.id, id=session_id))


def end_sessions(user: User, *, keep: int | None = None) -> None:
    """Sign somebody out everywhere, or everywhere else."""
    ended = delete(UserSession).filter_by(user_id=user.id)
    db.session.execute(ended if keep is None else ended.where(UserSession.id != keep))


def forget_past(*, idle: timedelta, absolute: timedelta, now: datetime) -> Forgotten:
    """Delete what has served its purpose: sessions that are over, tries that count no more, offers long past.

    :param idle: how long a session lives without a request
    :param absolute: how long a session lives in any case
    """
    over = now - INVITATION_KEPT
    return Forgotten(
        sessions=_deleted(
            UserSession, or_(UserSession.last_seen_at <= now - idle, UserSession.created_at <= now - absolute)
        ),
        attempts=_deleted(Attempt, Attempt.at < now - attempts.LONGEST_LIMIT),
        invitations=_deleted(
            Invitation,
            or_(Invitation.accepted_at < over, Invitation.withdrawn_at < over, Invitation.expires_at < over),
        ),
    )


def _deleted(kind: type[Any], where: ColumnElement[bool]) -> int:
    result: Any = db.session.execute(delete(kind).where(where))
    return int(result.rowcount)


def agree(user: User, text: str, *, now: datetime) -> None:
    """Keep that somebody agreed to the account notice, in the words they saw."""
    notice = ACCOUNT_NOTICE
    given = select(Consent.id).filter_by(person_id=user.person_id, code=notice.code, version=notice.version)
    if db.session.scalar(given) is None:
        db.session.add(
            Consent(person_id=user.person_id, code=notice.code, version=notice.version, text=text, given_at=now)
        )


def create_user(*, name: str, email: str, password_hash: PasswordHash, founder: bool, now: datetime) -> User:
    """Make a confirmed account from the shell, where the address is known to be right.

    :param founder: whether this person may create contests
    :raise AccountExists: if the address is taken
    """
    email = identity.email_address(email)
    if queries.user_by_email(email) is not None:
        raise AccountExists
    user = _new_user(email, name, now)
    user.password_hash = password_hash
    user.email_confirmed_at, user.person.email, user.may_create_contests = now, email, founder
    db.session.flush()
    _record(user, "user.created", now)
    return user


def disable(email: str, *, now: datetime) -> User:
    """Close an account: it is signed out everywhere at once and cannot sign in again.

    :raise NoSuchAccount: if nobody has the address
    """
    user = _existing(email)
    user.disabled_at = user.disabled_at or now
    end_sessions(user)
    _record(user, "user.disabled", now)
    return user


def enable(email: str, *, now: datetime) -> User:
    """Open a closed account again.

    :raise NoSuchAccount: if nobody has the address
    """
    user = _existing(email)
    user.disabled_at = None
    _record(user, "user.enabled", now)
    return user


def grant_role(
    contest_id: int, user: User, role: Role | str, *, by: User | None, now: datetime, outlet_id: int | None = None
) -> Membership:
    """Give somebody a role in a contest.

    :param by: None when the shell does it
    :param outlet_id: whom a representative represents
    :raise AlreadyMember: if they have it
    :raise OutletNeeded: if a representative represents nobody
    """
    role = Role(role)
    outlet_id = _outlet_for(role, outlet_id)
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
    return membership


def change_role(
    membership: Membership, role: Role | str, *, by: User, now: datetime, outlet_id: int | None = None
) -> None:
    """Give somebody another role instead of one they have, or another outlet to represent.

    :raise LastOrganizer: if nobody would be left to open the doors
    :raise AlreadyMember: if they have the other role as well
    """
    role = Role(role)
    outlet_id = _outlet_for(role, outlet_id)
    others = _other_memberships(membership)
    if membership.role == Role.ORGANIZER and leaves_no_organizer([role, *(other.role for other in others)]):
        raise LastOrganizer
    if any(other.user_id == membership.user_id and other.role == role for other in others):
        raise AlreadyMember
    _record_role(membership, membership.user, "role.removed", by=by, now=now)
    membership.role, membership.outlet_id = role, outlet_id
    membership.granted_at, membership.granted_by_id = now, by.id
    _record_role(membership, membership.user, "role.granted", by=by, now=now)


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


def invite(
    contest: Any, *, email: str, name: str, role: Role | str, by: User, now: datetime, outlet_id: int | None = None
) -> Invitation:
    """Offer a role to an address. An offer of the same role to the same address is sent again instead.

    :raise AlreadyMember: if the account of this address has the role
    :raise OutletNeeded: if a representative represents nobody
    """
    email, role = identity.email_address(email), Role(role)
    outlet_id = _outlet_for(role, outlet_id)
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
    token = links.sign(_secret(), Purpose.INVITE, str(invitation.id), str(invitation.serial), invitation.expires_at)
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
    number, serial = links.read(_secret(), Purpose.INVITE, token, now)
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
    user = user or _new_user(invitation.email, name, now)
    user.password_hash, user.person.name = password_hash, name
    user.email_confirmed_at, user.person.email = now, invitation.email
    agree(user, consent, now=now)
    db.session.flush()
    _record(user, "user.confirmed", now)
    accept_invitation(token, user, now=now)
    return user


def save_outlet(
    outlet: Outlet | None,
    *,
    name: str,
    kind: OutletKind,
    valid_from: date | None,
    valid_until: date | None,
    successor_id: int | None,
) -> Outlet:
    """Add an outlet to the list, or correct one.

    :param outlet: None for a new one
    :raise OutletDatesReversed: if it would end before it begins
    :raise OutletKnown: if two of one name would exist on the same day
    :raise OutletSucceedsItself: if following the successors would never end
    """
    if valid_from and valid_until and valid_until < valid_from:
        raise OutletDatesReversed
    known = {other.id: other for other in queries.outlets() if other is not outlet}
    for other in known.values():
        if fold(other.name) == fold(name) and overlap((valid_from, valid_until), (other.valid_from, other.valid_until)):
            raise OutletKnown
    if outlet is not None:
        follower = successor_id
        while follower is not None:
            if follower == outlet.id:
                raise OutletSucceedsItself
            follower = known[follower].successor_id
    outlet = outlet or Outlet()
    outlet.name, outlet.kind, outlet.successor_id = name, kind, successor_id
    outlet.valid_from, outlet.valid_until = valid_from, valid_until
    db.session.add(outlet)
    db.session.flush()
    return outlet


def import_outlets(text: str, kinds: Mapping[str, OutletKind]) -> tuple[int, int]:
    """Add a list of outlets in CSV; those already known are left as they are.

    :param kinds: what each kind is called, in small letters
    :return: how many were added, and how many were known
    :raise OutletListUnreadable: if a line does not say what it should
    :raise SuccessorUnknown: if a successor is neither known nor in the list
    """
    try:
        lines = outlet_lines(text, kinds)
    except BadLine as bad:
        raise OutletListUnreadable(bad.reason, line=bad.number) from bad
    added = [line for line in lines if _add_outlet(line)]
    by_name = {fold(outlet.name): outlet for outlet in queries.outlets()}
    for line in added:
        if line.successor:
            successor = by_name.get(fold(line.successor))
            if successor is None or fold(line.name) == fold(line.successor):
                raise SuccessorUnknown(line=line.number)
            by_name[fold(line.name)].successor_id = successor.id
    db.session.flush()
    return len(added), len(lines) - len(added)


def _add_outlet(line: OutletLine) -> bool:
    try:
        save_outlet(
            None,
            name=line.name,
            kind=line.kind,
            valid_from=line.valid_from,
            valid_until=line.valid_until,
            successor_id=None,
        )
    except OutletKnown:
        return False
    return True


def _outlet_for(role: Role, outlet_id: int | None) -> int | None:
    if role != Role.OUTLET:
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


def _record_role(membership: Membership, user: User, action: str, *, by: User | None, now: datetime) -> None:
    audit.record(
        action,
        contest_id=membership.contest_id,
        by=by,
        about=f"user:{user.subject}",
        now=now,
        details={"role": membership.role, "outlet": membership.outlet_id},
    )


def _record_invitation(invitation: Invitation, action: str, *, by: User, now: datetime) -> None:
    audit.record(
        action,
        contest_id=invitation.contest_id,
        by=by,
        about=f"invitation:{invitation.id}",
        now=now,
        details={"role": invitation.role, "serial": invitation.serial},
    )


def _existing(email: str) -> User:
    user = queries.user_by_email(identity.email_address(email))
    if user is None:
        raise NoSuchAccount
    return user


def _new_user(email: str, name: str, now: datetime) -> User:
    """Begin an account. Of two requests at once for the same address, the later one continues the earlier one's."""
    person = Person(name=name, created_at=now)
    user = User(email=email, person=person, created_at=now)
    try:
        with db.session.begin_nested():
            db.session.add_all([person, user])
    except IntegrityError:
        return db.session.scalars(select(User).filter_by(email=email)).one()
    return user


def _send_confirmation(user: User, now: datetime) -> None:
    expires_at = now + CONFIRMATION_LIFE
    token = links.sign(_secret(), Purpose.CONFIRM, user.subject, _mark(user), expires_at)
    emails.confirmation(user, token, expires_at=expires_at, now=now)


def _mark(user: User) -> str:
    """Mark the state of an account that every link to it depends on: its addresses and its password."""
    return links.mark_of(user.email, user.new_email, user.password_hash, user.email_confirmed_at is not None)


def _record(user: User, action: str, now: datetime) -> None:
    audit.record(action, by=user, about=f"user:{user.subject}", now=now)


def _secret() -> str:
    secret: str = current_app.config["SECRET_KEY"]
    return secret
