"""What is remembered of people, their roles and their ways in."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from enum import StrEnum

from flask_login import UserMixin
from sqlalchemy import BigInteger, Enum, ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from contest.accounts.attempts import AttemptKind
from contest.accounts.outlets import OutletKind
from contest.accounts.roles import Role
from contest.database import Short, db


def new_subject() -> str:
    """Make a random id of 22 characters, the only name of a person that hashed rows may hold."""
    return secrets.token_urlsafe(16)


def _words(kind: type[StrEnum]) -> Enum:
    """Keep the values of an enumeration as words of 20 characters at most."""
    return Enum(kind, native_enum=False, length=20, values_callable=lambda members: [str(member) for member in members])


class Person(db.Model):
    """A data subject, with or without an account: the one table of names and contacts, so that they can be erased."""

    __tablename__ = "person"
    __table_args__ = (Index(None, "email"), Index(None, "phone"))

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(22), unique=True, default=new_subject)
    name: Mapped[str] = mapped_column(Short, default="")
    pen_names: Mapped[str] = mapped_column(Short, default="")  # as the person writes them, separated by commas
    phone: Mapped[str] = mapped_column(String(20), default="")  # E.164
    email: Mapped[str] = mapped_column(Short, default="")  # normalised; may belong to nobody's account
    unit: Mapped[str] = mapped_column(Short, default="")
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


class User(UserMixin, db.Model):
    """Somebody who signs in."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(22), unique=True, default=new_subject)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    email: Mapped[str] = mapped_column(Short, unique=True)  # normalised, in small letters
    new_email: Mapped[str] = mapped_column(Short, default="")  # asked for, not confirmed yet
    password_hash: Mapped[str | None]
    email_confirmed_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    locale: Mapped[str] = mapped_column(String(5), default="vi")
    may_create_contests: Mapped[bool] = mapped_column(default=False)
    is_demo: Mapped[bool] = mapped_column(default=False)
    demo_note: Mapped[str] = mapped_column(Short, default="")  # what there is to see with this account
    created_at: Mapped[datetime]
    second_factor_since: Mapped[datetime | None]  # since when there is a device beside the password; None: none now
    seen_on: Mapped[date | None]  # the last day of any use, for those who wait for work; no hour and no earlier day

    name: Mapped[str] = column_property(select(Person.name).where(Person.id == person_id).scalar_subquery())

    person: Mapped[Person] = relationship()
    memberships: Mapped[list[Membership]] = relationship(
        back_populates="user", foreign_keys="Membership.user_id", order_by="Membership.id"
    )

    @property
    def is_active(self) -> bool:
        """Whether this account may sign in: the address is confirmed and nobody has disabled it."""
        return self.email_confirmed_at is not None and self.disabled_at is None


class Outlet(db.Model):
    """A newsroom, for as long as it bore this name."""

    __tablename__ = "outlet"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Short)
    kind: Mapped[OutletKind] = mapped_column(_words(OutletKind))
    valid_from: Mapped[date | None]  # None: since before anybody asked
    valid_until: Mapped[date | None]  # the last day of the name
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("outlet.id"))

    successor: Mapped[Outlet | None] = relationship(remote_side=[id])

    def is_valid_on(self, day: date) -> bool:
        """Say whether the outlet bore this name on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


class Membership(db.Model):
    """One role of one user in one contest. Removing a role removes the row; the audit log keeps both acts."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("contest_id", "user_id", "role"), Index(None, "user_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    role: Mapped[Role] = mapped_column(_words(Role))
    outlet_id: Mapped[int | None] = mapped_column(ForeignKey("outlet.id"))
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    user: Mapped[User] = relationship(back_populates="memberships", foreign_keys=[user_id])
    outlet: Mapped[Outlet | None] = relationship()


class Invitation(db.Model):
    """An offer of a role to an address. The link names the serial, so that sending again makes the old link useless."""

    __tablename__ = "invitation"
    __table_args__ = (Index(None, "contest_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    email: Mapped[str] = mapped_column(Short)
    name: Mapped[str] = mapped_column(Short, default="")
    role: Mapped[Role] = mapped_column(_words(Role))
    outlet_id: Mapped[int | None] = mapped_column(ForeignKey("outlet.id"))
    serial: Mapped[int] = mapped_column(default=1)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    withdrawn_at: Mapped[datetime | None]

    outlet: Mapped[Outlet | None] = relationship()
    invited_by: Mapped[User] = relationship(foreign_keys=[invited_by_id])

    def is_open(self, now: datetime) -> bool:
        """Say whether the invitation can still be accepted."""
        return self.accepted_at is None and self.withdrawn_at is None and now < self.expires_at


class UserSession(db.Model):
    """One signed-in browser. The cookie holds the token, the row only its hash; ending the session deletes the row."""

    __tablename__ = "user_session"
    __table_args__ = (Index(None, "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(Short, default="")  # browser and system, as the owner would know them
    address: Mapped[str] = mapped_column(String(45), default="")
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    proved_at: Mapped[datetime | None]  # when password, passkey or code were given last; None: at the beginning

    user: Mapped[User] = relationship()


class Authenticator(db.Model):
    """An app that shows codes; what it shares with us is sealed by a key outside the database."""

    __tablename__ = "authenticator"
    __table_args__ = (Index(None, "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(Short)  # as the owner knows the device
    secret: Mapped[str]  # sealed for the owner
    last_step: Mapped[int]  # of the clock, half minutes since 1970; no code of it or of one before is taken again
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Passkey(db.Model):
    """A key on somebody's device, of which only the public half is here."""

    __tablename__ = "passkey"
    __table_args__ = (Index(None, "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(Short)  # as the owner knows the device
    key_id: Mapped[str] = mapped_column(String(1400), unique=True)  # by which the device knows it, base64url
    public_key: Mapped[str]  # base64url
    count: Mapped[int] = mapped_column(BigInteger)  # how often the key said it had signed; many always say 0
    synced: Mapped[bool]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class PasskeyChallenge(db.Model):
    """What a device was asked to sign and has not signed yet; the answer takes the row away, so it is taken once."""

    __tablename__ = "passkey_challenge"
    __table_args__ = (Index(None, "asked_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_hash: Mapped[str] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime]


class ProviderAccount(db.Model):
    """An account at the provider of an office that signs in to one account here; its owner has linked the two."""

    __tablename__ = "provider_account"
    __table_args__ = (UniqueConstraint("issuer", "sub"), UniqueConstraint("user_id", "issuer"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    issuer: Mapped[str] = mapped_column(Short)
    sub: Mapped[str] = mapped_column(Short)  # by which the provider knows the person, for ever
    name: Mapped[str] = mapped_column(Short)  # by which the owner knows it: the address it had when it was linked
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class ProviderQuestion(db.Model):
    """What a browser was sent to a provider with and has not come back with; coming back takes the row away."""

    __tablename__ = "provider_question"
    __table_args__ = (Index(None, "asked_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    state_hash: Mapped[str] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime]


class RecoveryCode(db.Model):
    """A code for the day on which the device is lost, as its hash; it opens once."""

    __tablename__ = "recovery_code"
    __table_args__ = (Index(None, "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Attempt(db.Model):
    """One try at a door that counts, by account and by network address; both are keyed hashes, not contact data."""

    __tablename__ = "attempt"
    __table_args__ = (Index(None, "kind", "account", "at"), Index(None, "kind", "address", "at"), Index(None, "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[AttemptKind] = mapped_column(_words(AttemptKind))
    account: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64))
    known_device: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    succeeded: Mapped[bool] = mapped_column(default=False)


class Consent(db.Model):
    """What a person agreed to, in the very words they saw."""

    __tablename__ = "consent"
    __table_args__ = (UniqueConstraint("person_id", "code", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    code: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    text: Mapped[str]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
