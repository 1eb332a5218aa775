"""What people change about their own account."""

from __future__ import annotations

from datetime import datetime

from contest.accounts import emails, identity, links, passwords, queries
from contest.accounts.links import Purpose
from contest.accounts.models import User
from contest.accounts.passwords import PasswordHash
from contest.accounts.refusals import WeakPassword, WrongPassword
from contest.accounts.services.account_state import (
    CONFIRMATION_LIFE,
    RESET_LIFE,
    record_about,
    signing_key,
    state_mark,
    user_of_link,
)
from contest.accounts.services.signing_in import end_sessions
from contest.regulations import queries as contests


def choose_password(password: str, *, email: str, name: str) -> PasswordHash:
    """Check a new password and hash it, which takes long enough to be done before a transaction begins.

    :raise WeakPassword: if it is easily guessed, with the reason
    """
    contest = contests.current_contest()
    named = (contest.name, contest.short_name) if contest else ()
    weakness = passwords.weakness(password, (email, name, *named))
    if weakness is not None:
        message, parameters = weakness
        raise WeakPassword(message, **parameters)
    return passwords.hashed(password)


def check_owner(user: User, password: str, *, field: str | None = None) -> None:
    """Ask for the present password before something is changed that a thief at an open screen would change.

    :param field: of the form, where it is not called "current"
    :raise WrongPassword: if it is not right
    """
    if not passwords.matches(password, user.password_hash):
        raise WrongPassword(field=field) if field else WrongPassword


def request_reset(email: str, *, now: datetime) -> None:
    """Write to an address how to choose a new password, or that there is no account, and tell the asker neither."""
    email = identity.email_address(email)
    user = queries.user_by_email(email)
    if user is None or user.disabled_at is not None:
        emails.no_account(email, now=now)
        return
    expires_at = now + RESET_LIFE
    token = links.sign(signing_key(), Purpose.RESET, user.subject, state_mark(user), expires_at)
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
    record_about(user, "user.password_reset", now)
    return user


def change_password(user: User, password_hash: PasswordHash, *, keep: int, now: datetime) -> None:
    """Set a new password, and end every session but the one in which it was done.

    :param keep: id of that session
    """
    user.password_hash = password_hash
    emails.password_changed(user, now=now)
    end_sessions(user, keep=keep)
    record_about(user, "user.password_changed", now)


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
    token = links.sign(signing_key(), Purpose.CONFIRM, user.subject, state_mark(user), expires_at)
    emails.new_email(user, token, expires_at=expires_at, now=now)
