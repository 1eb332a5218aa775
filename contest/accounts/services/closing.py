"""Closing an account at once, and opening it again."""

from __future__ import annotations

from datetime import datetime

from contest.accounts import identity, queries
from contest.accounts.models import User
from contest.accounts.refusals import NoSuchAccount
from contest.accounts.services.account_state import record_about
from contest.accounts.services.signing_in import end_sessions


def disable(email: str, *, now: datetime) -> User:
    """Close an account: it is signed out everywhere at once and cannot sign in again.

    :raise NoSuchAccount: if nobody has the address
    """
    user = existing_user(email)
    user.disabled_at = user.disabled_at or now
    end_sessions(user)
    record_about(user, "user.disabled", now)
    return user


def enable(email: str, *, now: datetime) -> User:
    """Open a closed account again.

    :raise NoSuchAccount: if nobody has the address
    """
    user = existing_user(email)
    user.disabled_at = None
    record_about(user, "user.enabled", now)
    return user


def existing_user(email: str) -> User:
    """Find an account for the shell.

    :raise NoSuchAccount: if nobody has the address
    """
    user = queries.user_by_email(identity.email_address(email))
    if user is None:
        raise NoSuchAccount
    return user
