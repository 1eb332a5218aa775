"""Tries at a door, and the sessions that begin behind it."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from contest import clock
from contest.accounts import attempts, passwords, queries
from contest.accounts.attempts import AttemptKind
from contest.accounts.models import Attempt, User, UserSession
from contest.accounts.refusals import TooManyAttempts
from contest.accounts.services.account_state import signing_key
from contest.database import db
from contest.web.formats import as_datetime


def begin_attempt(
    kind: AttemptKind, account: str, *, network: str, known_device: bool = False, now: datetime
) -> Attempt:
    """Count one try at a door before it is made, so that tries sent at once are counted one by one.

    A device that has signed in to this account before is counted apart: whoever guesses from elsewhere makes nobody
    else wait.

    :param account: what was typed as the address
    :raise TooManyAttempts: if the account or the network must rest
    """
    db.session.execute(delete(Attempt).where(Attempt.at < now - attempts.LONGEST_LIMIT))
    check_attempts(kind, account, network=network, known_device=known_device, now=now)
    mine, theirs = _fingerprints(account, network)
    attempt = Attempt(kind=kind, account=mine, address=theirs, known_device=known_device, at=now)
    db.session.add(attempt)
    db.session.flush()
    return attempt


def check_attempts(kind: AttemptKind, account: str, *, network: str, known_device: bool = False, now: datetime) -> None:
    """Pass whoever may try a door now; nothing is counted.

    What others of the network have tried does not keep out a device that has signed in to this account before.

    :raise TooManyAttempts: if the account or the network must rest
    """
    mine, theirs = _fingerprints(account, network)
    since = now - attempts.LONGEST_LIMIT
    by_account = queries.attempt_moments(kind, since, account=mine, known_device=known_device)
    by_network = [] if known_device else queries.attempt_moments(kind, since, address=theirs, known_device=False)
    until = max(
        attempts.open_from(attempts.BY_ACCOUNT[kind], by_account, now),
        attempts.open_from(attempts.BY_ADDRESS[kind], by_network, now),
    )
    if until > now:
        raise TooManyAttempts(until=until, at=as_datetime(until))


def _fingerprints(account: str, network: str) -> tuple[str, str]:
    secret = signing_key()
    return attempts.fingerprint(secret, account.lower()), attempts.fingerprint(secret, network)


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
            proved_at=now,
        )
    )
    user.seen_on = clock.local(now).date()
    db.session.flush()
    return token


def note_presence(session_id: int, *, now: datetime) -> None:
    """Remember that a session was used just now, and its owner on this day."""
    db.session.execute(update(UserSession).filter_by(id=session_id).values(last_seen_at=now))
    owner = select(UserSession.user_id).filter_by(id=session_id).scalar_subquery()
    today = clock.local(now).date()
    db.session.execute(
        update(User).where(User.id == owner, User.seen_on.is_distinct_from(today)).values(seen_on=today),
        execution_options={"synchronize_session": False},
    )


def note_proof(session_id: int, *, now: datetime) -> None:
    """Remember that whoever uses a session has just proved to be the owner of the account."""
    db.session.execute(update(UserSession).filter_by(id=session_id).values(proved_at=now))


def end_session(user: User, session_id: int) -> None:
    """Sign somebody out at one of their browsers."""
    db.session.execute(delete(UserSession).filter_by(user_id=user.id, id=session_id))


def end_sessions(user: User, *, keep: int | None = None) -> None:
    """Sign somebody out everywhere, or everywhere else."""
    ended = delete(UserSession).filter_by(user_id=user.id)
    db.session.execute(ended if keep is None else ended.where(UserSession.id != keep))
