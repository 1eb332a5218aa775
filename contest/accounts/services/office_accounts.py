"""Signing in with an account of an office: the way there and back, and which account here it belongs to."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete

from contest.accounts import emails, queries
from contest.accounts.models import ProviderAccount, ProviderQuestion, User
from contest.accounts.openid import Identity
from contest.accounts.refusals import (
    ProviderAccountTaken,
    ProviderAccountUnknown,
    ProviderOther,
    ProviderQuestionOver,
)
from contest.accounts.services.account_state import record_about
from contest.accounts.services.signing_in import end_sessions
from contest.database import db

QUESTION_LIFE = timedelta(minutes=15)


def note_question(state: str, *, now: datetime) -> None:
    """Remember with what a browser is sent to the provider, so that its answer is taken once."""
    db.session.execute(delete(ProviderQuestion).where(ProviderQuestion.asked_at < now - QUESTION_LIFE))
    db.session.add(ProviderQuestion(state_hash=_hash(state), asked_at=now))


def take_question(state: str, *, now: datetime) -> None:
    """Take a question away whose answer has come.

    :raise ProviderQuestionOver: if it was answered already, or too long ago
    """
    taken = db.session.execute(
        delete(ProviderQuestion)
        .where(ProviderQuestion.state_hash == _hash(state), ProviderQuestion.asked_at > now - QUESTION_LIFE)
        .returning(ProviderQuestion.id)
    ).scalar()
    if taken is None:
        raise ProviderQuestionOver


def _hash(state: str) -> str:
    return sha256(state.encode()).hexdigest()


def use_office_account(identity: Identity, *, of: User | None = None, now: datetime) -> User:
    """Find whom an account of the office signs in.

    :param of: whose it must be; None when it says itself who signs in
    :raise ProviderAccountUnknown: if it is linked with nobody who may sign in
    :raise ProviderOther: if it is another one's
    """
    account = queries.provider_account(identity.issuer, identity.sub)
    if of is not None and (account is None or account.user_id != of.id):
        raise ProviderOther
    if account is None or not account.user.is_active:
        raise ProviderAccountUnknown
    account.used_at = now
    return account.user


def link_office_account(user: User, *, issuer: str, sub: str, name: str, now: datetime) -> None:
    """Let an account of the office sign in to an account here, in place of the one of that office before.

    Every session ends, as after every change of what opens an account.

    :raise ProviderAccountTaken: if it belongs to another account here
    """
    known = queries.provider_account(issuer, sub)
    if known is not None and known.user_id != user.id:
        raise ProviderAccountTaken
    db.session.execute(delete(ProviderAccount).filter_by(user_id=user.id, issuer=issuer))
    db.session.add(ProviderAccount(user_id=user.id, issuer=issuer, sub=sub, name=name[:255], created_at=now))
    record_about(user, "office_account.linked", now)
    emails.office_account_changed(user, now=now)
    end_sessions(user)
    db.session.flush()


def unlink_office_account(user: User, account: ProviderAccount, *, now: datetime) -> None:
    """Let an account of the office sign in no more; every session ends."""
    db.session.delete(account)
    record_about(user, "office_account.removed", now)
    emails.office_account_changed(user, now=now)
    end_sessions(user)
