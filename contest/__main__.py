"""The shell door: ``contest`` and ``python -m contest``."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import ScriptInfo, with_appcontext
from flask_babel import force_locale
from pydantic import ValidationError

from contest import create_app
from contest.config import instance_folder
from contest.database import SqliteTooOld
from contest.errors import ContestError
from contest.translations import vietnamese
from contest.web.refusals import words

ALONE = {"backup": "upkeep", "restore": "upkeep"}
"""Commands that are run with nothing but their room: they are to stay small, whatever else is served beside them."""
LISTED = {
    "audit": "The log of every act.",
    "backup": "Back up all rows and files into OUT while everybody works.",
    "ballots": "Ballots that were filled in on paper.",
    "bundle": "Write the sealed rounds of a contest into a ZIP from which anybody can compute the result again.",
    "certificates": "Certificates of a contest.",
    "clock": "Tell the time of the contest, and whether the clock of the machine was set back.",
    "demo": "Load a believable contest of invented people, in any phase.",
    "doctor": "Check that this instance is safe to be opened to the public, and say what to do where it is not.",
    "invariants": "Check what must always hold: rows, files, sheets, results, certificates and the log.",
    "mail": "Letters in the outbox.",
    "migrate": "Bring the rows to the newest shape.",
    "payments": "Bank details of those who are paid.",
    "recount": (
        "Compute a bundle (ZIP or folder) again and say where it differs; without a result.json, print the result."
    ),
    "regulation": "The regulation of a contest.",
    "restore": "Bring rows and files back from the backup IN, and prove that they are what they were.",
    "serve": "Serve the web pages, with a worker beside.",
    "storage": "The store of files.",
    "tally": "Print the standings of a sealed round, best first.",
    "user": "Accounts of people.",
    "worker": "Do background work and deliver letters.",
}
"""What each command says of itself: the list of them is shown without loading the rooms, which takes a second."""
ABOUT = "The press contest system."


def main() -> None:
    """Run one command. A refusal is a sentence on standard error and exit status 1."""
    if sys.argv[1:] == ["--help"]:
        listed = {name: click.Command(name, help=said) for name, said in LISTED.items()}
        click.Group("contest", commands=listed, help=ABOUT).main()
    if sys.argv[1:2] == ["recount"]:
        _recount()
    if sys.argv[1:2] == ["serve"]:
        _count_together(instance_folder() / "metrics")
    try:
        with _nothing_thrown_away():
            app = create_app(shell_of=ALONE.get("".join(sys.argv[1:2]), ""))
    except SqliteTooOld as refusal:
        click.echo(_before_there_is_an_application(refusal), err=True)
        sys.exit(1)
    except ValidationError as error:
        for wrong in error.errors():
            click.echo(f"CONTEST_{'.'.join(map(str, wrong['loc'])).upper()}: {wrong['msg']}", err=True)
        sys.exit(1)
    group = click.Group("contest", commands=dict(app.cli.commands), help=ABOUT)
    try:
        status = group.main(obj=ScriptInfo(create_app=lambda: app), standalone_mode=False)
    except click.exceptions.Exit as end:
        status = end.exit_code
    except click.Abort:
        status = 130
    except click.UsageError as error:
        error.show()
        status = 2
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except ContestError as refusal:
        with app.app_context(), force_locale("vi"):
            click.echo(words(refusal), err=True)
        status = 1
    sys.exit(status if isinstance(status, int) else 0)


def _recount() -> None:
    """Compute results again from a file alone: this makes no instance and opens no database."""
    with _nothing_thrown_away():
        from contest.results.commands import recount  # it brings half of the rooms, which others load as they need them

    recount.main(prog_name="contest recount", args=sys.argv[2:])


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Make what lives as long as the process.

    The collector would look through half a million objects again and again for what hardly one of them is, which takes
    a quarter of the start, and later at every full round.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _count_together(folder: Path) -> None:
    """Let the web processes count into one folder, from zero: the library of figures asks for it at its import."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.glob("*.db"):
        left.unlink(missing_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def _before_there_is_an_application(refusal: ContestError) -> str:
    return vietnamese()(refusal.message) % refusal.parameters


__all__ = ["main", "with_appcontext"]

if __name__ == "__main__":
    main()
