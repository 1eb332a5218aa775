"""Adding, using, losing and taking away what proves a person beside the password."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from flask import current_app
from sqlalchemy import delete, select, update

from contest import audit, clock
from contest.accounts import emails, passkeys, queries, second_factor
from contest.accounts.models import Authenticator, Passkey, PasskeyChallenge, RecoveryCode, User
from contest.accounts.passkeys import BadPasskey, Site
from contest.accounts.refusals import (
    LastFactor,
    NoSecondFactor,
    OwnReset,
    PasskeyKnown,
    PasskeyRefused,
    SetupOver,
    WrongSetupCode,
)
from contest.accounts.services.account_state import record_about
from contest.accounts.services.naming import check_names_nobody
from contest.accounts.services.signing_in import end_sessions
from contest.database import db
from contest.vault import Unreadable, Vault

CHALLENGE_LIFE = timedelta(minutes=5)
SETUP = "setup:"


class Setup(NamedTuple):
    """What an app is told when it is added: the secret, and the same sealed for the way there and back."""

    secret: str
    sealed: str


def begin_authenticator(user: User) -> Setup:
    """Make the secret of an app that is not added yet; nothing is kept of it here."""
    secret = second_factor.new_secret()
    return Setup(secret, _vault().seal(SETUP + user.subject, {"secret": secret}))


def resume_authenticator(user: User, sealed: str) -> Setup:
    """Read the secret of an app that is being added.

    :raise SetupOver: if it was made for somebody else
    """
    try:
        return Setup(_vault().open(SETUP + user.subject, sealed)["secret"], sealed)
    except Unreadable as error:
        raise SetupOver from error


def add_authenticator(user: User, setup: Setup, code: str, *, name: str, now: datetime) -> None:
    """Add an app, once it has shown a code that fits.

    :raise WrongSetupCode: if it has not
    """
    step = second_factor.step_of(setup.secret, code, now=_on_a_telephone(now), last_step=0)
    if step is None:
        raise WrongSetupCode
    sealed = _vault().seal(user.subject, {"secret": setup.secret})
    db.session.add(Authenticator(user_id=user.id, name=name, secret=sealed, last_step=step, created_at=now))
    _added(user, "app", now)


def ask_passkey(*, now: datetime) -> str:
    """Make what a device is to sign within the next minutes."""
    db.session.execute(delete(PasskeyChallenge).where(PasskeyChallenge.asked_at < now - CHALLENGE_LIFE))
    challenge = passkeys.new_challenge()
    db.session.add(PasskeyChallenge(challenge_hash=passkeys.challenge_hash(challenge), asked_at=now))
    return challenge


def add_passkey(user: User, answer: str, challenge: str, *, site: Site, name: str, now: datetime) -> None:
    """Add a key that a device has just made.

    :raise PasskeyRefused: if it was not made for us, or not now
    :raise PasskeyKnown: if somebody has it
    """
    _take_challenge(challenge, now)
    try:
        key = passkeys.made(site, answer, challenge)
    except BadPasskey as error:
        raise PasskeyRefused from error
    if len(key.key_id) > 1400 or queries.passkey(key.key_id) is not None:
        raise PasskeyKnown
    db.session.add(
        Passkey(
            user_id=user.id,
            name=name,
            key_id=key.key_id,
            public_key=key.public_key,
            count=key.count,
            synced=key.synced,
            created_at=now,
        )
    )
    _added(user, "passkey", now)


def use_passkey(answer: str, challenge: str, *, site: Site, of: User | None, now: datetime) -> User:
    """Take what a device signed as the proof of its owner.

    :param of: whose key it must be; None when the key itself says who signs in
    :raise PasskeyRefused: if it proves nothing
    """
    _take_challenge(challenge, now)
    try:
        key = queries.passkey(passkeys.key_named(answer))
        if key is None or not key.user.is_active or (of is not None and key.user_id != of.id):
            raise PasskeyRefused
        key.count = passkeys.signed(site, answer, challenge, public_key=key.public_key, count=key.count)
    except BadPasskey as error:
        raise PasskeyRefused from error
    key.used_at = now
    return key.user


def is_right_code(user: User, typed: str, *, now: datetime) -> bool:
    """Take a code of an app or a recovery code, each once.

    Two that come at the same moment with one code are told apart by the row: only one of them moves it on.
    """
    for app in queries.authenticators_of(user):
        step = second_factor.step_of(_secret(user, app), typed, now=_on_a_telephone(now), last_step=app.last_step)
        if step is not None and _moved_on(app, step, now):
            return True
    code = second_factor.recovery_code(typed)
    if code is None:
        return False
    used = db.session.execute(
        update(RecoveryCode)
        .filter_by(user_id=user.id, code_hash=second_factor.recovery_hash(user.subject, code), used_at=None)
        .values(used_at=now)
        .returning(RecoveryCode.id)
    ).scalar()
    if used is None:
        return False
    record_about(user, "second_factor.recovery_used", now)
    emails.recovery_code_used(user, left=queries.recovery_codes_left(user), now=now)
    return True


def renew_recovery_codes(user: User, *, now: datetime) -> list[str]:
    """Make new recovery codes; those before open nothing any more.

    :return: the codes, to be shown this once
    """
    db.session.execute(delete(RecoveryCode).filter_by(user_id=user.id))
    codes = second_factor.new_recovery_codes()
    db.session.add_all(
        RecoveryCode(user_id=user.id, code_hash=second_factor.recovery_hash(user.subject, code), created_at=now)
        for code in codes
    )
    record_about(user, "second_factor.recovery_renewed", now)
    return codes


def remove_factor(user: User, factor: Authenticator | Passkey, *, is_needed: bool, now: datetime) -> None:
    """Take one device away; every session ends.

    :param is_needed: whether the role asks for a second factor
    :raise LastFactor: if it would leave somebody without one who must have one
    """
    others = [one for one in _devices(user) if one is not factor]
    if is_needed and not others:
        raise LastFactor
    db.session.delete(factor)
    if not others:
        user.second_factor_since = None
        db.session.execute(delete(RecoveryCode).filter_by(user_id=user.id))
    kind = "passkey" if isinstance(factor, Passkey) else "app"
    audit.record("second_factor.removed", by=user, about=f"user:{user.subject}", now=now, details={"kind": kind})
    emails.second_factor_changed(user, now=now)
    end_sessions(user)


def reset_second_factor(
    user: User, *, by: User | None, contest_id: int | None = None, reason: str, now: datetime
) -> None:
    """Take all devices away from somebody who has lost theirs; they sign in by password and add one again.

    :param by: the organizer who knows the person; None when the shell does it
    :raise OwnReset: if somebody would do it to themselves
    :raise NoSecondFactor: if there is nothing to take away
    :raise NamesSomebody: if the reason does
    """
    if by is not None and by.id == user.id:
        raise OwnReset
    if user.second_factor_since is None:
        raise NoSecondFactor
    check_names_nobody(reason)
    forget_second_factor(user)
    end_sessions(user)
    audit.record(
        "second_factor.reset",
        contest_id=contest_id,
        by=by,
        about=f"user:{user.subject}",
        now=now,
        details={"reason": reason},
    )
    emails.second_factor_reset(user, reason=reason, now=now)


def unreadable_apps() -> int:
    """Count the apps of which no code is right any more, because the key of their secrets is missing."""
    keys = _vault()
    sealed = db.session.execute(select(User.subject, Authenticator.secret).join(User, User.id == Authenticator.user_id))
    closed = 0
    for subject, secret in sealed:
        try:
            keys.open(subject, secret)
        except Unreadable:
            closed += 1
    return closed


def forget_second_factor(user: User) -> None:
    """Delete every device and every recovery code of a person."""
    for kind in (Authenticator, Passkey, RecoveryCode):
        db.session.execute(delete(kind).filter_by(user_id=user.id))
    user.second_factor_since = None


def _added(user: User, kind: str, now: datetime) -> None:
    user.second_factor_since = user.second_factor_since or now
    audit.record("second_factor.added", by=user, about=f"user:{user.subject}", now=now, details={"kind": kind})
    emails.second_factor_changed(user, now=now)
    end_sessions(user)
    db.session.flush()


def _take_challenge(challenge: str, now: datetime) -> None:
    taken = db.session.execute(
        delete(PasskeyChallenge)
        .where(
            PasskeyChallenge.challenge_hash == passkeys.challenge_hash(challenge),
            PasskeyChallenge.asked_at > now - CHALLENGE_LIFE,
        )
        .returning(PasskeyChallenge.id)
    ).scalar()
    if taken is None:
        raise PasskeyRefused


def _on_a_telephone(now: datetime) -> datetime:
    """Tell what time an app shows codes for: a demo keeps a calendar of its own, a telephone does not."""
    return now - (clock.offset() or timedelta())


def _moved_on(app: Authenticator, step: int, now: datetime) -> bool:
    moved = db.session.execute(
        update(Authenticator)
        .where(Authenticator.id == app.id, Authenticator.last_step < step)
        .values(last_step=step, used_at=now)
        .returning(Authenticator.id)
    ).scalar()
    return moved is not None


def _secret(user: User, app: Authenticator) -> str:
    """Open what an app shares with us; without the key no code is right."""
    try:
        return _vault().open(user.subject, app.secret)["secret"]
    except Unreadable:
        current_app.logger.error("the key of second factors is missing or another one: no code of an app is right")
        return second_factor.new_secret()


def _devices(user: User) -> list[Authenticator | Passkey]:
    apps = db.session.scalars(select(Authenticator).filter_by(user_id=user.id).with_for_update())
    keys = db.session.scalars(select(Passkey).filter_by(user_id=user.id).with_for_update())
    return [*apps, *keys]


def _vault() -> Vault:
    return second_factor.vault(Path(current_app.instance_path))
