"""The shell door: check a document, describe the language, adopt a document."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from contest import clock
from contest.database import transaction
from contest.regulations import checking, document, json_schema, presets, queries, services
from contest.regulations.models import NoSuchContest
from contest.regulations.problems import Problem, RegulationInvalid

cli = AppGroup("regulation", help="The regulation of a contest.")

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@cli.command("check")
@click.argument("file", type=FILE)
def check(file: Path) -> None:
    """Check a document: every problem with its place, and exit status 1 when there is one."""
    try:
        problems = checking.checked(_text_of(file)).problems
    except RegulationInvalid as refusal:
        problems = tuple(refusal.problems)
    if problems:
        _fail(problems)
    click.echo(_("The document is a regulation without contradictions."))


@cli.command("preset")
@click.argument("name", required=False)
def show_preset(name: str | None) -> None:
    """Print a ready document to begin with; without NAME, list what there is."""
    if name is None:
        for known in presets.NAMES:
            click.echo(f"{known:<20}{presets.title(known)}")
        return
    if name not in presets.NAMES:
        raise click.BadParameter(", ".join(presets.NAMES), param_hint="NAME")
    click.echo(presets.text(name), nl=False)


@cli.command("schema")
def show_schema() -> None:
    """Print the JSON Schema of the document, for editors."""
    click.echo(json.dumps(json_schema.described(), ensure_ascii=False, indent=2))


@cli.command("adopt")
@click.argument("file", type=FILE)
@click.option("--contest", "slug", help="Address of the contest; the current one when left out.")
@click.option("--number", required=True, help="Number of the decision.")
@click.option("--date", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Date of the decision.")
@click.option("--signer", required=True, help="Who signed the decision.")
def adopt(file: Path, slug: str | None, number: str, day: datetime, signer: str) -> None:
    """Put a document into force as the next version of a contest's regulation."""
    try:
        text = _text_of(file)
        with transaction():
            contest = queries.contest_by_slug(slug) if slug else queries.current_contest()
            if contest is None:
                raise NoSuchContest
            now = clock.now()
            services.save_draft_text(contest, text, draft_version=contest.draft_version, by=None, now=now)
            version = services.adopt(
                contest,
                decision_number=number,
                decision_date=day.date(),
                signer=signer,
                by=None,
                now=now,
            )
            adopted = version.number
    except RegulationInvalid as refusal:
        _fail(refusal.problems)
    click.echo(_("Version %(number)s of the regulation is in force.", number=adopted))


def _text_of(file: Path) -> str:
    with file.open("rb") as stream:
        return document.decode(stream.read(document.LARGEST + 1))


def _fail(problems: Sequence[Problem]) -> NoReturn:
    for problem in problems:
        click.echo(f"{problem.place(_)}: {problem.sentence(_)}", err=True)
    sys.exit(1)
