"""Beginning an account, and proving its address."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from contest.accounts import emails, identity, links, queries
from contest.accounts.consents import ACCOUNT_NOTICE, Notice
from contest.accounts.links import Purpose
from contest.accounts.models import Consent, Person, User
from contest.accounts.passwords import PasswordHash
from contest.accounts.refusals import AccountExists, DeadLink
from contest.accounts.services.account_state import (
    CONFIRMATION_LIFE,
    record_about,
    signing_key,
    state_mark,
    user_of_link,
)
from contest.database import db


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
    user = user or begin_account(email, name, now)
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
    record_about(user, "user.email_changed" if moved else "user.confirmed", now)
    return user


def agree(user: User, text: str, *, now: datetime, notice: Notice = ACCOUNT_NOTICE) -> Consent:
    """Keep that somebody agreed to a notice, in the words they saw; what was withdrawn is agreed to anew."""
    consent = consent_of(user, notice)
    if consent is None:
        consent = Consent(person_id=user.person_id, code=notice.code, version=notice.version, text=text, given_at=now)
        db.session.add(consent)
    elif consent.withdrawn_at is not None:
        consent.text, consent.given_at, consent.withdrawn_at = text, now, None
    db.session.flush()
    return consent


def withdraw_consent(user: User, notice: Notice, *, now: datetime) -> None:
    """Keep that somebody does not agree any more."""
    consent = consent_of(user, notice)
    if consent is not None and consent.withdrawn_at is None:
        consent.withdrawn_at = now


def consent_of(user: User, notice: Notice) -> Consent | None:
    """What somebody agreed to, whether or not they have withdrawn it since."""
    return db.session.scalar(
        select(Consent).filter_by(person_id=user.person_id, code=notice.code, version=notice.version)
    )


def create_user(*, name: str, email: str, password_hash: PasswordHash, founder: bool, now: datetime) -> User:
    """Make a confirmed account from the shell, where the address is known to be right.

    :param founder: whether this person may create contests
    :raise AccountExists: if the address is taken
    """
    email = identity.email_address(email)
    if queries.user_by_email(email) is not None:
        raise AccountExists
    user = begin_account(email, name, now)
    user.password_hash = password_hash
    user.email_confirmed_at, user.person.email, user.may_create_contests = now, email, founder
    db.session.flush()
    record_about(user, "user.created", now)
    return user


def begin_account(email: str, name: str, now: datetime) -> User:
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
    token = links.sign(signing_key(), Purpose.CONFIRM, user.subject, state_mark(user), expires_at)
    emails.confirmation(user, token, expires_at=expires_at, now=now)
