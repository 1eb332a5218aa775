"""An account as links and the log know it: by the mark of its state and by its random id."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app

from contest import audit
from contest.accounts import links, queries
from contest.accounts.links import Purpose
from contest.accounts.models import User
from contest.accounts.refusals import DeadLink

CONFIRMATION_LIFE = timedelta(days=3)
RESET_LIFE = timedelta(hours=1)


def user_of_link(purpose: Purpose, token: str, *, now: datetime) -> User:
    """Find whom a link was sent to.

    :raise DeadLink: if it is too old, used, or overtaken
    """
    subject, mark = links.read(signing_key(), purpose, token, now)
    user = queries.user_by_subject(subject)
    if user is None or user.disabled_at is not None or mark != state_mark(user):
        raise DeadLink
    return user


def state_mark(user: User) -> str:
    """Mark the state of an account that every link to it depends on: its addresses and its password."""
    return links.mark_of(user.email, user.new_email, user.password_hash, user.email_confirmed_at is not None)


def record_about(user: User, action: str, now: datetime) -> None:
    """Write into the log what somebody did with their account, or the shell with it."""
    audit.record(action, by=user, about=f"user:{user.subject}", now=now)


def signing_key() -> str:
    """Give the key that links are signed and tries are counted with."""
    secret: str = current_app.config["SECRET_KEY"]
    return secret
