"""The shell door: issuing all certificates of a contest, and checking one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import gettext as _
from flask_babel import ngettext
from tqdm import tqdm

from contest import clock, storage
from contest.certificates import codes, queries, refusals, seal, services, signing
from contest.certificates.background import draw_decision
from contest.certificates.comparing import Verdict
from contest.certificates.models import Certificate, CertificateState, SealKind
from contest.database import transaction
from contest.jobs.services import Progress
from contest.regulations import queries as contests
from contest.regulations.models import NoSuchContest
from contest.web.formats import as_datetime

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
    certificates = queries.in_force(contest)
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
    certificate = certificate_of_file(path) if path.is_file() else certificate_of_code(what)
    if certificate.state != CertificateState.PREPARED:
        raise refusals.Ended(code=certificate.shown_code)
    printed = certificate.printed
    click.echo(_("Genuine: certificate %(number)s.", number=printed["register_number"]))
    facts = printed["facts"]
    prize = ", ".join(part for part in (facts["award"], facts["category"]) if part)
    click.echo(f"{certificate.people}: {prize}")
    if printed["work"]:
        click.echo(printed["work"])
    tell_signature(certificate)


def certificate_of_code(typed: str) -> Certificate:
    """Find a published certificate by its code."""
    certificate = queries.public_certificate(codes.read(typed))
    if certificate is None:
        raise refusals.NotGenuine
    return certificate


def certificate_of_file(path: Path) -> Certificate:
    """Find the published certificate that a file is, byte for byte, whatever became of it."""
    examined = services.examine(path)
    if examined.certificate is None:
        raise refusals.FileUnknown
    if examined.verdict == Verdict.ALTERED:
        raise refusals.FileAltered(code=examined.certificate.shown_code)
    return examined.certificate


def tell_signature(certificate: Certificate) -> None:
    """Say who signed the file of a certificate."""
    key = certificate.signed_by
    if key is None:
        click.echo(_("The file carries no signature."))
        return
    words = {"name": key.name, "at": as_datetime(certificate.signed_at), "sha256": key.key_id}
    if key.self_signed:
        click.echo(_("Signed at %(at)s by %(name)s, self-signed, certificate %(sha256)s.", **words))
    else:
        click.echo(_("Signed at %(at)s by %(name)s, certificate %(sha256)s.", **words))


@cli.command("key")
@click.option("--self-signed", is_flag=True, help="Make a key that signs itself, until the organization has one.")
@click.option("--name", default="", help="Whose it is; the organiser of the current contest when left out.")
@click.option("--withdraw", metavar="KEY", help="Say that somebody else may have got hold of a key, by its id.")
@click.option("--why", default="", help="The reason, which is published.")
def key(self_signed: bool, name: str, withdraw: str | None, why: str) -> None:
    """Publish the keys that sign files and square codes, and say whose they are and until when."""
    if withdraw:
        with transaction():
            found = queries.seal_key(SealKind.FILE, withdraw) or queries.seal_key(SealKind.CODE, withdraw)
            if found is None:
                raise refusals.NoSuchKey
            services.withdraw_key(found, why=why, by=None, now=clock.now())
        click.echo(_("The key is withdrawn. Put another in its place before anything else is signed."))
        return
    settings = current_app.config["SETTINGS"]
    if self_signed:
        contest = contests.current_contest()
        signing.make_self_signed(settings.instance, name or (contest.name if contest else "Ban Tổ chức"), clock.now())
    credentials = signing.of_settings(settings)
    if credentials is None:
        raise refusals.NoKey
    credentials.check(clock.now())
    with transaction():
        services.know_certificate(credentials, now=clock.now())
        services.know_code_key(seal.signing_key(settings.instance).public_key(), now=clock.now())
    about = {
        "name": credentials.name,
        "until": as_datetime(credentials.valid_until),
        "sha256": credentials.fingerprint,
    }
    click.echo(_("Files are signed by %(name)s until %(until)s, certificate %(sha256)s.", **about))
    if credentials.is_self_signed:
        click.echo(_("The certificate is self-signed: every page with a verdict says so."))


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """Show a progress bar on a terminal, and none in a pipe."""
    hidden = not sys.stderr.isatty()
    with tqdm(desc=_("Drawing"), unit="", disable=hidden, file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield progress
