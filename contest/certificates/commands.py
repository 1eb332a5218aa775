"""The shell door: issuing all certificates of a contest, and checking one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import click
import pypdfium2
from flask import current_app
from flask.cli import AppGroup
from flask_babel import gettext as _
from flask_babel import ngettext
from tqdm import tqdm

from contest import clock, storage
from contest.certificates import codes, queries, refusals, seal, services
from contest.certificates.background import draw_decision
from contest.certificates.codes import CodeUnreadable
from contest.certificates.models import Certificate, CertificateState
from contest.database import transaction
from contest.jobs.services import Progress
from contest.regulations import queries as contests
from contest.regulations.models import NoSuchContest

cli = AppGroup("certificates", help="Certificates of a contest.")


@cli.command("issue")
@click.option(
    "--out", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the files."
)
@click.option("--contest", "slug", help="Address of the contest; the current one when left out.")
def issue(folder: Path, slug: str | None) -> None:
    """Number, draw and write out every certificate of the decision, with the archive and the file for the printer."""
    contest = contests.contest_by_slug(slug) if slug else contests.current_contest()
    if contest is None:
        raise NoSuchContest
    with transaction():
        key = seal.signing_key(Path(current_app.instance_path))
        decision = services.decision_of(contest)
        services.prepare(contest, key=key, by=decision.by, now=clock.now())
        decision_id, drawn = decision.id, queries.set_of(decision) is not None
    if not drawn:
        with shown_progress() as progress:
            draw_decision(decision_id, by_id=None, progress=progress)
    decision = services.decision_of(contest)
    kept = queries.set_of(decision)
    if kept is None:
        raise refusals.NotDrawn
    folder.mkdir(parents=True, exist_ok=True)
    certificates = queries.certificates_of(decision)
    for certificate in certificates:
        if certificate.sha256 is None:
            raise refusals.NotDrawn
        (folder / certificate.filename).write_bytes(storage.path(certificate.sha256).read_bytes())
    (folder / "giay-chung-nhan.zip").write_bytes(storage.path(kept.archive_sha256).read_bytes())
    (folder / "giay-chung-nhan-ban-in.pdf").write_bytes(storage.path(kept.print_sha256).read_bytes())
    click.echo(
        ngettext(
            "%(num)s certificate is in %(folder)s.",
            "%(num)s certificates are in %(folder)s.",
            len(certificates),
            folder=folder,
        )
    )


@cli.command("verify")
@click.argument("what", metavar="FILE.pdf|CODE")
def verify(what: str) -> None:
    """Say whether a file or a code is a certificate in force: exit status 0 if it is, 1 if not."""
    path = Path(what)
    certificate = certificate_of_file(path.read_bytes()) if path.is_file() else certificate_of_code(what)
    if certificate.state != CertificateState.PREPARED:
        raise refusals.Ended(code=certificate.shown_code)
    printed = certificate.printed
    click.echo(_("Genuine: certificate %(number)s.", number=printed["register_number"]))
    facts = printed["facts"]
    prize = ", ".join(part for part in (facts["award"], facts["category"]) if part)
    click.echo(f"{certificate.people}: {prize}")
    if printed["work"]:
        click.echo(printed["work"])


def certificate_of_code(typed: str) -> Certificate:
    """Find a published certificate by its code."""
    certificate = queries.public_certificate(codes.read(typed))
    if certificate is None:
        raise refusals.NotGenuine
    return certificate


def certificate_of_file(content: bytes) -> Certificate:
    """Find the published certificate that a file is, byte for byte."""
    certificate = queries.by_fingerprint(sha256(content).hexdigest())
    if certificate is not None:
        return certificate
    for word in words_of(content):
        try:
            code = codes.read(word)
        except CodeUnreadable:
            continue
        if queries.public_certificate(code) is not None:
            raise refusals.FileAltered(code=codes.shown(code))
    raise refusals.FileUnknown


def words_of(content: bytes) -> list[str]:
    """Read the words of the first page of a file; none if it is not a PDF."""
    try:
        with pypdfium2.PdfDocument(content) as document:
            text: str = document[0].get_textpage().get_text_bounded()
            return text.split()
    except pypdfium2.PdfiumError:
        return []


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """Show a progress bar on a terminal, and none in a pipe."""
    hidden = not sys.stderr.isatty()
    with tqdm(desc=_("Drawing"), unit="", disable=hidden, file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield progress
