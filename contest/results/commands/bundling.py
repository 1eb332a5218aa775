"""The shell door that writes a bundle."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _
from sqlalchemy import select

from contest import audit, clock
from contest.audit.models import AuditLine
from contest.database import db, transaction
from contest.errors import N_, ContestError
from contest.judging.models import Round
from contest.regulations import queries as contests
from contest.regulations.models import Contest, NoSuchContest
from contest.results import queries
from contest.results.recount import layout, logged, packing, writing


class NothingSealed(ContestError):
    """A bundle holds what is sealed."""

    message = N_("No round of this contest is sealed yet, so there is nothing to compute again.")


class CannotWrite(ContestError):
    """The machine does not let a file be written there."""

    message = N_("The file cannot be written: %(path)s")


@click.command("bundle")
@click.argument("out", metavar="OUT.zip", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--contest", "slug", help="Address of the contest; the current one when left out.")
@with_appcontext
def bundle(out: Path, slug: str | None) -> None:
    """Write the sealed rounds of a contest into a ZIP from which anybody can compute the result again."""
    contest = contests.contest_by_slug(slug) if slug else contests.current_contest()
    if contest is None:
        raise NoSuchContest
    with transaction():
        contents = queries.contents_of(contest)
        if contents is None:
            raise NothingSealed
        files = writing.files(replace(contents, log=_log_of(contest)))
        packed = packing.pack(files)
        sealed = sha256(files[layout.HASHES]).hexdigest()
        _write(out, packed)
        audit.record(
            "results.bundled",
            contest_id=contest.id,
            by=None,
            about="results",
            now=clock.now(),
            details={"hashes": sealed, "rounds": [each.material.code for each in contents.rounds]},
        )
    click.echo(_("The bundle is written: %(path)s", path=out))
    click.echo(_("SHA-256 of its hashes.txt: %(sha256)s", sha256=sealed))


def _log_of(contest: Contest) -> bytes | None:
    """Write the log of a contest; None while a round is open: the hash of a sheet would let its marks be guessed."""
    unsealed = select(Round.id).filter_by(contest_id=contest.id, sealed_at=None).where(Round.opened_at.is_not(None))
    if db.session.scalar(unsealed.limit(1)) is not None:
        return None
    lines = select(AuditLine.__table__).filter_by(chain=contest.id).order_by(AuditLine.number)
    return logged.written(map(dict, db.session.execute(lines).mappings()))


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".bundle-", delete=False) as stream:
            stream.write(content)
        Path(stream.name).replace(path)
    except OSError as error:
        raise CannotWrite(path=path) from error
