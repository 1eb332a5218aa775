"""The shell door: the first organizer, and closing an account at once."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from contest import clock
from contest.accounts import identity, services
from contest.accounts.refusals import ContestNeeded
from contest.accounts.roles import Role
from contest.database import transaction
from contest.regulations import queries as contests
from contest.regulations.models import NoSuchContest
from contest.web.addresses import absolute_url

cli = AppGroup("user", help="Accounts of people.")


@cli.command("create")
@click.option("--email", required=True, help="Address to sign in with.")
@click.option("--name", required=True, help="Full name.")
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), default=Role.ORGANIZER.value, show_default=True
)
@click.option("--contest", "slug", help="Contest in which the role is given; the current one when left out.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
def create(email: str, name: str, role: str, slug: str | None, password_stdin: bool) -> None:
    """Make a confirmed account with a role. Before the first contest: the organizer who may create it."""
    contest = contests.contest_by_slug(slug) if slug else contests.current_contest()
    if slug and contest is None:
        raise NoSuchContest
    if contest is None and role != Role.ORGANIZER:
        raise ContestNeeded
    email, name = identity.email_address(email), " ".join(name.split())[:120]
    password = _password(password_stdin)
    password_hash = services.choose_password(password, email=email, name=name)
    now = clock.now()
    with transaction():
        user = services.create_user(
            name=name, email=email, password_hash=password_hash, founder=role == Role.ORGANIZER, now=now
        )
        if contest is not None:
            services.grant_role(contest.id, user, role, by=None, now=now)
    click.echo(_("The account of %(name)s is ready.", name=name))
    click.echo(_("Next: sign in at %(url)s", url=absolute_url("accounts.sign_in")))
    if contest is None:
        click.echo(_("There is no contest yet: after signing in, choose a ready regulation and begin one."))


@cli.command("disable")
@click.option("--email", required=True, help="Address of the account.")
def disable(email: str) -> None:
    """Close an account: signed out everywhere at once, no way in."""
    with transaction():
        services.disable(email, now=clock.now())
    click.echo(_("The account is closed and signed out everywhere."))


@cli.command("enable")
@click.option("--email", required=True, help="Address of the account.")
def enable(email: str) -> None:
    """Open a closed account again."""
    with transaction():
        services.enable(email, now=clock.now())
    click.echo(_("The account is open again."))


@cli.command("reset-second-factor")
@click.option("--email", required=True, help="Address of the account.")
@click.option("--reason", required=True, help="Why; stands in the log and in the letter to the person.")
def reset_second_factor(email: str, reason: str) -> None:
    """Take app, passkeys and recovery codes away from somebody who has lost theirs."""
    with transaction():
        user = services.existing_user(email)
        services.reset_second_factor(user, by=None, reason=reason, now=clock.now())
    click.echo(_("The second factor is taken away; the person signs in by password and adds a device again."))


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return click.prompt(_("Password"), hide_input=True, confirmation_prompt=True)
