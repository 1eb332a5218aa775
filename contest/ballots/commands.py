"""The shell door for paper ballots."""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from contest import clock
from contest.accounts import queries as accounts
from contest.accounts.models import Role, User
from contest.ballots import queries, services
from contest.ballots.checking import Checked, check
from contest.ballots.heads import LABELS
from contest.ballots.outcomes import Outcome, Problem
from contest.ballots.refusals import BallotsWrong, NobodyToRecord
from contest.database import transaction
from contest.regulations import queries as contests
from contest.regulations.models import Contest, NoSuchContest
from contest.web import reading_tables

cli = AppGroup("ballots", help="Ballots that were filled in on paper.")


@cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--contest", "slug", help="Address of the contest; the current one when left out.")
@click.option("--by", "email", help="Address of who typed the ballots; the organizer when there is only one.")
@click.option("--dry-run", is_flag=True, help="Check the file and say what would be recorded; record nothing.")
def import_ballots(file: Path, slug: str | None, email: str | None, dry_run: bool) -> None:
    """Record score sheets and votes from a CSV or XLSX file: all of them, or none and why."""
    with file.open("rb") as stream:
        content = stream.read(reading_tables.LARGEST_MEGABYTES * reading_tables.MEGABYTE + 1)
    tables = reading_tables.read(file.name, content)
    columns = {field: _(label) for field, label in LABELS.items()}
    contest = _contest(slug)
    if dry_run:
        checked = check(tables, queries.rounds_taking_paper(contest), columns)
        _refuse(checked.problems)
        _tell(checked)
        click.echo(_("Nothing was recorded: this was only a look."))
        return
    try:
        with transaction():
            contest = _contest(slug)
            done = services.record_ballots(
                contest,
                tables,
                columns=columns,
                file_sha256=sha256(content).hexdigest(),
                by=_typist(contest, email),
                now=clock.now(),
            )
            _tell(done)
    except BallotsWrong as wrong:
        _refuse(wrong.problems)


def _contest(slug: str | None) -> Contest:
    contest = contests.contest_by_slug(slug) if slug else contests.current_contest()
    if contest is None:
        raise NoSuchContest
    return contest


def _typist(contest: Contest, email: str | None) -> User:
    """Find who typed the ballots: the one named, or the only organizer."""
    roles = (Role.ORGANIZER, Role.SECRETARY) if email else (Role.ORGANIZER,)
    staff = [membership.user for membership in accounts.members(contest.id, *roles)]
    if email:
        staff = [user for user in staff if user.email == email.strip().lower()]
    if len({user.id for user in staff}) != 1:
        raise NobodyToRecord
    return staff[0]


def _refuse(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        click.echo(f"{problem.table} {problem.cell}: {problem.sentence(_)}", err=True)
    if problems:
        click.echo(_("Nothing was recorded. Places to correct: %(count)s.", count=len(problems)), err=True)
        sys.exit(1)


def _tell(checked: Checked) -> None:
    click.echo(
        _(
            "New: %(new)s. Corrections of what is recorded: %(corrected)s. Recorded already: %(unchanged)s. "
            "Left empty: %(empty)s.",
            new=checked.count(Outcome.NEW),
            corrected=checked.count(Outcome.CORRECTION),
            unchanged=checked.count(Outcome.UNCHANGED),
            empty=checked.empty,
        )
    )
