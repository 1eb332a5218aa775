"""The shell door: the keys under which bank details are kept."""

from __future__ import annotations

import click
from flask.cli import AppGroup
from flask_babel import ngettext

from contest.database import transaction
from contest.winners import queries, services

cli = AppGroup("payments", help="Bank details of those who are paid.")


@cli.command("rotate-key")
def rotate_key() -> None:
    """Make a new key, seal all bank details with it, and forget the old ones."""
    vault = queries.vault()
    vault.add_key()
    with transaction():
        done = services.rotate_keys()
        needed = services.keys_in_use()
    vault.keep_only(needed)
    click.echo(
        ngettext(
            "The bank details of %(num)s person are sealed with a new key.",
            "The bank details of %(num)s people are sealed with a new key.",
            done,
        )
    )
