"""Shell commands about the store of files."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from contest.storage import moving
from contest.storage.files import place_at, without_secret

cli = AppGroup("storage", help="The store of files.")


@cli.command("move")
@click.argument("address")
def move(address: str) -> None:
    """Copy every file to another store, compare what arrived, and name what is lost or altered.

    ADDRESS is what CONTEST_STORAGE_URL will be. Nothing is removed, and files that are there already are only compared:
    run it while people work, then once more after stopping the server, and change the setting.
    """
    moved = moving.copy_all(place_at(address))
    for sha256 in moved.damaged:
        click.echo(_("The file %(sha256)s is lost or altered and was not copied.", sha256=sha256), err=True)
    told = {"copied": moved.copied, "there": moved.there, "address": without_secret(address)}
    click.echo(_("%(copied)s files were copied to %(address)s, %(there)s were there already.", **told))
    if moved.damaged:
        sys.exit(1)
