"""Letters to people about their account and their roles."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from contest import mail
from contest.accounts.links import mark_of
from contest.accounts.models import Invitation, User
from contest.web.addresses import absolute_url, site_contest
from contest.web.formats import as_datetime


@mail.in_vietnamese
def confirmation(user: User, token: str, *, expires_at: datetime, now: datetime) -> None:
    """Ask somebody who registered to confirm that the address is theirs."""
    link = absolute_url("accounts.confirm", token=token)
    _post("confirmation", user.email, _("Confirm your address"), now, user=user, link=link, expires_at=expires_at)


@mail.in_vietnamese
def account_exists(user: User, *, now: datetime) -> None:
    """Tell the owner of an account that somebody registered with their address once more."""
    links = {"sign_in": absolute_url("accounts.sign_in"), "forgot": absolute_url("accounts.forgot")}
    _post("account_exists", user.email, _("You already have an account"), now, user=user, **links)


@mail.in_vietnamese
def reset(user: User, token: str, *, expires_at: datetime, now: datetime) -> None:
    """Send the link for a new password."""
    link = absolute_url("accounts.reset", token=token)
    _post("reset", user.email, _("Choose a new password"), now, user=user, link=link, expires_at=expires_at)


@mail.in_vietnamese
def no_account(email: str, *, now: datetime) -> None:
    """Tell whoever reads an address that it has no account, so that the page itself need not tell anybody."""
    _post("no_account", email, _("There is no account with this address"), now, link=absolute_url("accounts.register"))


@mail.in_vietnamese
def new_email(user: User, token: str, *, expires_at: datetime, now: datetime) -> None:
    """Ask whoever reads the new address to confirm it."""
    link = absolute_url("accounts.confirm", token=token)
    _post("new_email", user.new_email, _("Confirm your new address"), now, user=user, link=link, expires_at=expires_at)


@mail.in_vietnamese
def email_taken(owner: User, *, now: datetime) -> None:
    """Tell the owner of an address that another account wanted it."""
    _post("email_taken", owner.email, _("Your address was entered for another account"), now, user=owner)


@mail.in_vietnamese
def email_changed(user: User, old: str, *, now: datetime) -> None:
    """Tell the old address that the account has moved, in case its owner did not do it."""
    _post("email_changed", old, _("The address of your account was changed"), now, user=user)


@mail.in_vietnamese
def password_changed(user: User, *, now: datetime) -> None:
    """Tell somebody that their password was changed, in case it was not they who did it."""
    link = absolute_url("accounts.forgot")
    _post("password_changed", user.email, _("Your password was changed"), now, user=user, link=link)


@mail.in_vietnamese
def second_factor_changed(user: User, *, now: datetime) -> None:
    """Tell somebody that a device was added or taken away, in case it was not they who did it."""
    link = absolute_url("accounts.forgot")
    _post(
        "second_factor_changed",
        user.email,
        _("The second factor of your account was changed"),
        now,
        user=user,
        link=link,
    )


@mail.in_vietnamese
def office_account_changed(user: User, *, now: datetime) -> None:
    """Tell somebody that an account of an office was linked or taken away, in case it was not they who did it."""
    link, subject = absolute_url("accounts.security"), _("The office account linked with your account was changed")
    _post("office_account_changed", user.email, subject, now, user=user, link=link)


@mail.in_vietnamese
def second_factor_reset(user: User, *, reason: str, now: datetime) -> None:
    """Tell somebody that an organizer took their second factor away, and why."""
    link, subject = absolute_url("accounts.sign_in"), _("Your second factor was taken away")
    _post("second_factor_reset", user.email, subject, now, user=user, link=link, reason=reason)


@mail.in_vietnamese
def recovery_code_used(user: User, *, left: int, now: datetime) -> None:
    """Tell somebody that a recovery code of theirs was used."""
    link = absolute_url("accounts.forgot")
    _post(
        "recovery_code_used", user.email, _("A recovery code of yours was used"), now, user=user, link=link, left=left
    )


@mail.in_vietnamese
def invitation(invitation: Invitation, token: str, *, contest: Any, now: datetime) -> None:
    """Invite somebody to a role in a contest."""
    text = mail.render(
        "mail/accounts_invitation.txt",
        invitation=invitation,
        contest=contest,
        link=absolute_url("accounts.invitation", token=token),
    )
    mail.post(
        key=f"accounts:invitation:{invitation.id}:{invitation.serial}",
        to=invitation.email,
        subject=_("Invitation: %(role)s, %(contest)s", role=_(invitation.role.label), contest=contest.short_name),
        text=text,
        contest_id=invitation.contest_id,
        now=now,
        about=f"invitation:{invitation.id}",
    )


def _post(letter: str, to: str, subject: str, now: datetime, *, user: User | None = None, **context: Any) -> None:
    """Post a letter that concerns an account and no contest; its links open accounts, so the staff do not see it."""
    contest = site_contest()
    text = mail.render(f"mail/accounts_{letter}.txt", user=user, contest=contest, at=as_datetime(now), **context)
    mail.post(
        key=f"accounts:{letter}:{mark_of(to)}:{now.isoformat()}",
        to=to,
        subject=f"{subject} – {contest.short_name}" if contest else subject,
        text=text,
        now=now,
        about=f"user:{user.subject}" if user else "",
    )
