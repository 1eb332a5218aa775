"""Shell commands of whoever runs the machine."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from flask_babel import force_locale, gettext
from flask_babel import gettext as _

from contest import audit, clock, mail, migrations
from contest.accounts.passwords import DEMO_PASSWORD
from contest.audit import protection
from contest.database import db, transaction
from contest.mail import Letter
from contest.operations import invariants, queries, safety
from contest.operations.invariants.log import told
from contest.operations.refusals import NoLetter, NoMailServer
from contest.regulations.models import NoSuchContest
from contest.regulations.queries import contest_by_slug
from contest.web.formats import as_datetime


@click.command("migrate")
@with_appcontext
def migrate() -> None:
    """Bring the rows to the newest shape."""
    _upgrade()


def _upgrade() -> None:
    """Bring the rows to the newest shape, and bind those written once from before they were bound."""
    migrations.upgrade()
    with transaction():
        audit.bind_older_rows(clock.now())


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", type=click.IntRange(1, 64), help="Web processes; CONTEST_WORKERS when not given.")
@click.option("--worker/--no-worker", default=True, help="Run a background worker beside the web processes.")
@click.option("--migrate", "migrate_first", is_flag=True, help="Bring the rows to the newest shape first.")
@click.option("--demo", "with_demo", is_flag=True, help="Load the demo contest when there is no contest yet.")
@with_appcontext
def serve(host: str, port: int, workers: int | None, worker: bool, migrate_first: bool, with_demo: bool) -> None:
    """Serve the web pages, with a worker beside."""
    from contest.operations import serving

    safety.check_may_serve()
    safety.check_port(host, port)
    if migrate_first:
        _upgrade()
    if with_demo and queries.is_empty():
        db.session.rollback()  # else this process goes on reading the moment before the demo
        serving.load_demo()
    _greet()
    db.session.remove()
    db.engine.dispose()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    serving.serve(app, host, port, workers=workers or app.config["SETTINGS"].workers, worker=worker)


def _greet() -> None:
    """Say where the pages are, and in a demo who can sign in."""
    click.echo(f"\n  {current_app.config['BASE_URL']}/\n")
    accounts = queries.accounts_to_try()
    with force_locale("vi"):
        for role, address in accounts:
            click.echo(f"  {gettext(role):<28} {address}")
        if accounts:
            password = _("Password of all of them")
            click.echo(f"  {password:<28} {DEMO_PASSWORD}\n")


@click.command("worker")
@click.option("--parent", type=int, hidden=True)
@click.option("--once", is_flag=True, help="Do what is due and end.")
@with_appcontext
def worker(parent: int | None, once: bool) -> None:
    """Do background work and deliver letters."""
    from contest.operations.work import work

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    work(app, parent=parent, once=once)


log = AppGroup("audit", help="The log of every act.")


@log.command("verify")
@click.option("--contest", "slug", help="Address of the contest; every log of the instance when left out.")
@click.option("--paper", "papers", multiple=True, help="SHA-256 of a line that a signed paper bears; may be repeated.")
def verify(slug: str | None, papers: tuple[str, ...]) -> None:
    """Check that no line was altered, removed, moved or invented, nor any row that is written once; name what was.

    A log that was cut at its end or written anew as a whole fits in itself: what convicts it is the line on a paper.
    """
    contest = contest_by_slug(slug) if slug else None
    if slug and contest is None:
        raise NoSuchContest
    wrong = []
    for chain in queries.chains(contest.id if contest else None):
        line = audit.verify(chain.contest_id)
        about = {"contest": chain.slug or _("accounts"), "count": chain.lines, "hash": chain.head}
        if line is None:
            click.echo(_("The log of %(contest)s fits: %(count)s lines, the last is %(hash)s.", **about))
            continue
        about |= {"number": line.number, "action": line.action}
        if line.action:
            wrong.append(_("Line %(number)s (%(action)s) of the log of %(contest)s does not fit.", **about))
        else:
            wrong.append(_("Line %(number)s of the log of %(contest)s is missing or cannot be read.", **about))
    for paper in papers:
        known = queries.line_on_paper(paper, contest.id if contest else None)
        about = {"hash": paper} if known is None else {"number": known.number, "contest": known.slug or _("accounts")}
        if known is None:
            wrong.append(
                _(
                    "No line has the SHA-256 %(hash)s that the paper bears: lines were removed, or the log was written "
                    "anew.",
                    **about,
                )
            )
        else:
            click.echo(_("The paper bears line %(number)s of the log of %(contest)s.", **about))
    wrong += [told(flaw) for flaw in audit.flaws(contest.id if contest else None)]
    wrong += [
        _("Somebody has taken away what keeps rows of %(table)s from being changed.", table=table)
        for table in protection.unprotected(db.session.connection())
    ]
    _refuse(wrong)


letters = AppGroup("mail", help="Letters in the outbox.")


@letters.command("send")
def send() -> None:
    """Deliver the letters that are due now."""
    if not current_app.config["SMTP_URL"]:
        raise NoMailServer(count=queries.count_waiting())
    sent = 0
    while delivered := mail.deliver_due():
        sent += delivered
    click.echo(_("%(count)s letters were sent.", count=sent))
    refused = queries.count_waiting(Letter.error != "")
    if refused:
        _refuse([_("%(count)s letters could not be delivered; they are tried again by themselves.", count=refused)])


@letters.command("show")
@click.argument("address")
def show(address: str) -> None:
    """Print the newest letter to an address, for an instance without a mail server."""
    letter = queries.newest_letter(address)
    if letter is None:
        raise NoLetter(address=address)
    click.echo(f"{as_datetime(letter.created_at)}\n{letter.subject}\n\n{letter.text}")


@click.command("invariants")
@with_appcontext
def check_invariants() -> None:
    """Check what must always hold: rows, files, sheets, results, certificates and the log."""
    _refuse(invariants.broken())
    click.echo(_("Everything that must hold holds."))


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Check that this instance is safe to be opened to the public, and say what to do where it is not."""
    _refuse(safety.dangers())
    click.echo(_("This instance can be opened to the public."))


def _refuse(sentences: Sequence[str]) -> None:
    """Write what is wrong on standard error and end with status 1; nothing wrong, nothing done."""
    for sentence in sentences:
        click.echo(sentence, err=True)
    if sentences:
        sys.exit(1)


commands = [migrate, serve, worker, log, letters, check_invariants, doctor]
