"""The shell doors of backups."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import gettext as _
from tqdm import tqdm

from contest import audit, clock, config, migrations
from contest.database import db, transaction
from contest.privacy import cleaning
from contest.upkeep import making, restoring
from contest.upkeep.archive import Manifest
from contest.upkeep.making import Made
from contest.upkeep.memory import give_back
from contest.upkeep.refusals import AlreadyThere, FilesMoved, NoRoom
from contest.upkeep.tables import take_away
from contest.web.formats import as_bytes, as_datetime, as_duration, as_number

TIMES = 3


@click.command("backup")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--with-keys", is_flag=True, help="Take the keys of the instance along; only into an encrypted backup.")
@with_appcontext
def backup(out: Path, with_keys: bool) -> None:
    """Back up all rows and files into OUT while everybody works.

    It is encrypted under CONTEST_BACKUP_PASSPHRASE. Settings are not in it, and keys only when asked for.
    """
    with shown(_("Backing up")) as progress:
        made = into(out, with_keys=with_keys, progress=progress)
    about = {"rows": as_number(made.rows), "files": as_number(made.files), "size": as_bytes(made.size), "out": out}
    click.echo(_("%(rows)s rows and %(files)s files (%(size)s) were backed up into %(out)s.", **about))
    if not made.encrypted:
        click.echo(
            _("The backup is NOT encrypted: whoever has the file has everything. Set CONTEST_BACKUP_PASSPHRASE."),
            err=True,
        )
    if made.absent:
        click.echo(
            _(
                "%(count)s files were missing or damaged and are not in the backup. Type: contest invariants",
                count=made.absent,
            ),
            err=True,
        )
        sys.exit(1)


def into(out: Path, *, with_keys: bool, progress: Callable[[int, int], None]) -> Made:
    """Write a backup whole into a new file, or none; the act stands in the log.

    :raise AlreadyThere: if there is a file of that name
    :raise NoRoom: if the disk is full
    """
    if out.exists():
        raise AlreadyThere(file=out)
    settings: config.Settings = current_app.config["SETTINGS"]
    draft = out.with_name(f".{out.name}.part")
    try:
        for time in range(1, TIMES + 1):
            try:
                with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                    made = making.make(
                        file,
                        passphrase=settings.backup_passphrase.get_secret_value() or None,
                        with_keys=with_keys,
                        progress=progress,
                    )
                    file.flush()
                    os.fsync(file.fileno())
                break
            except FilesMoved:
                if time == TIMES:
                    raise
        os.link(draft, out)
    except FileExistsError as error:
        raise AlreadyThere(file=out) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoRoom(file=out) from error
        raise
    finally:
        draft.unlink(missing_ok=True)
    if migrations.is_current():
        with transaction():
            facts = {"rows": made.rows, "files": made.files, "encrypted": made.encrypted, "keys": with_keys}
            audit.record("backup.made", now=clock.now(), details=facts)
    return made


@click.command("restore")
@click.argument("source", metavar="IN", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="Throw away everything that is in this instance.")
@click.option("--with-faults", is_flag=True, help="Keep what came back although something does not hold.")
@with_appcontext
def restore(source: Path, replace: bool, with_faults: bool) -> None:
    """Bring rows and files back from the backup IN, and prove that they are what they were.

    Stop the server first. Nothing is touched before all of the backup was read and compared with its hashes.
    """
    settings: config.Settings = current_app.config["SETTINGS"]
    passphrase = settings.backup_passphrase.get_secret_value() or None
    whole = source.stat().st_size
    with shown(_("Reading the backup")) as progress:
        found = restoring.verified(source, passphrase, _adding(progress, whole))
    restoring.check_may_be_restored(found, with_faults=with_faults, replace=replace)
    db.session.remove()
    take_away(db.engine)
    migrations.upgrade(found.head.step)
    give_back()
    with shown(_("Restoring the backup")) as progress, transaction():
        restoring.bring_in(source, passphrase, found, _adding(progress, found.size))
    migrations.upgrade()
    with transaction():
        audit.bind_older_rows(clock.now())
        again = restoring.erase_again(source, clock.now())
        audit.record(
            "backup.restored", now=clock.now(), details={"made_at": found.head.made_at, "step": found.head.step}
        )
    if again is not None:
        cleaning.remove_bytes(again)
        cleaning.clean_rows()
    give_back()
    wrong = restoring.proofs()
    for sentence in wrong:
        click.echo(sentence, err=True)
    if wrong and not with_faults:
        db.session.remove()
        take_away(db.engine)
        click.echo(_("What came back does not hold together, so it was taken away again."), err=True)
        sys.exit(1)
    _tell(found)
    sys.exit(1 if wrong else 0)


@click.command("clock")
@click.option("--trust", is_flag=True, help="The clock of the machine is right, and was wrong before.")
@with_appcontext
def tell_time(trust: bool) -> None:
    """Tell the time of the contest, and whether the clock of the machine was set back."""
    of_instance = clock.of_instance()
    if trust:
        behind = of_instance.set_back()
        of_instance.trust_machine()
        with transaction():
            audit.record("clock.trusted", now=clock.now(), details={"seconds": round(behind.total_seconds())})
    click.echo(as_datetime(clock.now()))
    behind = of_instance.set_back()
    if behind:
        click.echo(
            _("The clock of the machine is %(time)s behind.", time=as_duration(behind.total_seconds())), err=True
        )
        sys.exit(1)


def _tell(found: Manifest) -> None:
    about = {"rows": as_number(found.rows), "files": as_number(len(found.files)), "at": found.head.made_at}
    click.echo(_("%(rows)s rows and %(files)s files of %(at)s are back, and everything that must hold holds.", **about))
    if not found.head.keys:
        click.echo(_("Keys were not in the backup: put the *.key and *.p12 files back into the instance folder."))


def _adding(progress: Callable[[int, int], None], whole: int) -> Callable[[int], None]:
    done = 0

    def add(size: int) -> None:
        nonlocal done
        done += size
        progress(done, whole)

    return add


@contextmanager
def shown(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show how far long work is: a bar on a terminal, nothing in a pipe."""
    with tqdm(desc=label, unit="B", unit_scale=True, disable=None, leave=False, file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield progress


commands = [backup, restore, tell_time]
