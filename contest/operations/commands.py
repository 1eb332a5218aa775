"""Shell commands of whoever runs the machine."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, gettext

from contest import migrations
from contest.accounts.passwords import DEMO_PASSWORD
from contest.database import db
from contest.operations import queries


@click.command("migrate")
@with_appcontext
def migrate() -> None:
    """Bring the rows to the newest shape."""
    migrations.upgrade()


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

    if migrate_first:
        migrations.upgrade()
    if with_demo and queries.is_empty():
        click.get_current_context().invoke(current_app.cli.commands["demo"])
    _greet()
    db.session.remove()
    db.engine.dispose()
    serving.serve(host, port, workers=workers or current_app.config["SETTINGS"].workers, worker=worker)


def _greet() -> None:
    """Say where the pages are, and in a demo who can sign in."""
    click.echo(f"\n  {current_app.config['BASE_URL']}/\n")
    accounts = queries.accounts_to_try()
    with force_locale("vi"):
        for role, address in accounts:
            click.echo(f"  {gettext(role):<28} {address}")
        if accounts:
            click.echo(f"  {gettext('Password of all demo accounts'):<28} {DEMO_PASSWORD}\n")


@click.command("worker")
@click.option("--parent", type=int, hidden=True)
@click.option("--once", is_flag=True, help="Do what is due and end.")
@with_appcontext
def worker(parent: int | None, once: bool) -> None:
    """Do background work and deliver letters."""
    from contest.operations.work import work

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    work(app, parent=parent, once=once)


commands = [migrate, serve, worker]
