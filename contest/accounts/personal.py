"""What accounts keep about somebody, and how it goes."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete, or_, select

from contest.accounts.identity import spoken_phone
from contest.accounts.models import (
    Authenticator,
    Consent,
    Invitation,
    Membership,
    Passkey,
    Person,
    ProviderAccount,
    RecoveryCode,
    User,
    UserSession,
)
from contest.database import db
from contest.errors import N_
from contest.subjects import NO_ADDRESS, Section, Subject, section


def export(subject: Subject) -> list[Section]:
    """Name and contacts, roles, sessions, invitations and consents."""
    return [
        *section(
            "account", N_("Name and contacts"), N_("To know whose work it is and to write to you"), _known(subject)
        ),
        *section("signing_in", N_("Signing in"), N_("To keep your account safe"), _ways_in(subject)),
        *section("second_factor", N_("Second factor"), N_("To keep your account safe"), _devices(subject)),
        *section("office_accounts", N_("Office accounts linked"), N_("To let you sign in with them"), _linked(subject)),
        *section("roles", N_("Roles in contests"), N_("To let you do your part in a contest"), _roles(subject)),
        *section("sessions", N_("Browsers signed in"), N_("To keep your account safe"), _sessions(subject)),
        *section("consents", N_("What you agreed to"), N_("To prove that you were asked"), _consents(subject)),
    ]


def _known(subject: Subject) -> Iterator[dict[str, object]]:
    for person in db.session.scalars(select(Person).where(Person.id.in_(subject.person_ids)).order_by(Person.id)):
        yield {
            N_("Name"): person.name,
            N_("Pen names"): person.pen_names,
            N_("E-mail"): person.email,
            N_("Telephone"): spoken_phone(person.phone),
            N_("Unit"): person.unit,
            N_("Kept since"): person.created_at,
        }


def _ways_in(subject: Subject) -> Iterator[dict[str, object]]:
    for user in db.session.scalars(select(User).where(User.id.in_(subject.user_ids)).order_by(User.id)):
        yield {
            N_("E-mail to sign in with"): user.email,
            N_("New e-mail, not confirmed"): user.new_email,
            N_("Last seen on"): user.seen_on,
        }


def _devices(subject: Subject) -> Iterator[dict[str, object]]:
    apps = select(Authenticator).where(Authenticator.user_id.in_(subject.user_ids)).order_by(Authenticator.id)
    keys = select(Passkey).where(Passkey.user_id.in_(subject.user_ids)).order_by(Passkey.id)
    for one in [*db.session.scalars(apps), *db.session.scalars(keys)]:
        yield {N_("Name of the device"): one.name, N_("Since"): one.created_at, N_("Last used"): one.used_at}


def _linked(subject: Subject) -> Iterator[dict[str, object]]:
    rows = select(ProviderAccount).where(ProviderAccount.user_id.in_(subject.user_ids)).order_by(ProviderAccount.id)
    for one in db.session.scalars(rows):
        yield {
            N_("Office account"): one.name,
            N_("Provider"): one.issuer,
            N_("Number there"): one.sub,
            N_("Since"): one.created_at,
            N_("Last used"): one.used_at,
        }


def _roles(subject: Subject) -> Iterator[dict[str, object]]:
    rows = select(Membership).where(Membership.user_id.in_(subject.user_ids)).order_by(Membership.id)
    for one in db.session.scalars(rows):
        yield {
            N_("Role"): one.role.label,
            N_("Newsroom"): one.outlet.name if one.outlet else "",
            N_("Since"): one.granted_at,
        }


def _sessions(subject: Subject) -> Iterator[dict[str, object]]:
    rows = select(UserSession).where(UserSession.user_id.in_(subject.user_ids)).order_by(UserSession.id)
    for one in db.session.scalars(rows):
        yield {N_("Browser"): one.device, N_("Network address"): one.address, N_("Last used"): one.last_seen_at}


def _consents(subject: Subject) -> Iterator[dict[str, object]]:
    rows = select(Consent).where(Consent.person_id.in_(subject.person_ids)).order_by(Consent.given_at, Consent.id)
    for one in db.session.scalars(rows):
        yield {
            N_("Text"): one.text,
            N_("Version"): one.version,
            N_("Given"): one.given_at,
            N_("Withdrawn at"): one.withdrawn_at,
        }


def erase(subject: Subject, now: datetime) -> None:
    """Put the pseudonym in place of the person, close the account, and delete sessions, devices, links and invitations.

    The rows stay, because works and acts point at them; so do the texts that were agreed to, which name nobody.
    """
    for person in db.session.scalars(select(Person).where(Person.id.in_(subject.person_ids))):
        person.name, person.pen_names = subject.pseudonym, ""
        person.phone = person.email = person.unit = ""
        person.erased_at = person.erased_at or now
    for user in db.session.scalars(select(User).where(User.id.in_(subject.user_ids))):
        user.email, user.new_email = f"{secrets.token_hex(8)}.{NO_ADDRESS}", ""
        user.password_hash, user.demo_note, user.seen_on = None, "", None
        user.disabled_at, user.second_factor_since = user.disabled_at or now, None
    for kind in (UserSession, ProviderAccount, Authenticator, Passkey, RecoveryCode):
        db.session.execute(delete(kind).where(kind.__table__.c.user_id.in_(subject.user_ids)))
    mine = or_(Invitation.email.in_(subject.emails), Invitation.accepted_by_id.in_(subject.user_ids))
    db.session.execute(delete(Invitation).where(mine))
    db.session.flush()
