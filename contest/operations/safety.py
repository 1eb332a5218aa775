"""Whether an instance may be opened to the public, looked at from all sides before it is."""

from __future__ import annotations

import errno
import socket
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext as _

from contest import clock, config, jobs, migrations, printing
from contest.accounts import services as accounts
from contest.accounts.provider import Provider
from contest.accounts.second_factor import KEY_FILE as SECOND_FACTOR_KEY
from contest.certificates import signing
from contest.errors import N_, ContestError
from contest.storage import files, services
from contest.web.formats import as_datetime
from contest.web.refusals import words
from contest.winners import queries as winners
from contest.winners.vault import KEY_FILE

HOME = ("localhost", "127.0.0.1", "::1")


class DemoInPublic(ContestError):
    """Everybody can sign in to a demo, and its clock was moved."""

    message = N_(
        "This instance is a demo, where everybody can sign in as anybody; it is not served at %(address)s. Use another "
        "instance folder for a real contest, or set CONTEST_BASE_URL to an address of this machine."
    )


class DebugInPublic(ContestError):
    """A page of the debugger shows the inside to whoever makes an error."""

    message = N_("Debugging is on, and %(address)s is a public address. Remove FLASK_DEBUG from the environment.")


class PortTaken(ContestError):
    """Several of our processes share one port on purpose, so the system would let a second server in unnoticed."""

    message = N_("Another program already answers at %(host)s, port %(port)s. Stop it, or choose another port.")


def check_port(host: str, port: int) -> None:
    """Pass when nobody listens at a port yet.

    :raise PortTaken: if somebody does
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortTaken(host=host, port=port) from error
            raise


def check_may_serve() -> None:
    """Pass when pages may be served at the base address at all.

    :raise DemoInPublic, DebugInPublic: what must never be reached by others
    """
    address = current_app.config["BASE_URL"]
    if _is_at_home(address):
        return
    if clock.is_demo():
        raise DemoInPublic(address=address)
    if current_app.debug:
        raise DebugInPublic(address=address)


def dangers() -> list[str]:
    """List what makes this instance unsafe for a real contest, a sentence each with what to do."""
    try:
        check_may_serve()
        found = []
    except ContestError as refusal:
        found = [words(refusal)]
    return [
        *found,
        *_of_the_address(),
        *_of_the_mail(),
        *_of_the_second_factor(),
        *_of_the_folder(),
        *_of_the_rows(),
        *_of_the_signature(),
        *_of_the_backups(),
        *_of_the_servers_beside(),
        *printing.check(),
    ]


def _of_the_backups() -> Iterator[str]:
    settings: config.Settings = current_app.config["SETTINGS"]
    if not settings.backup_folder:
        yield _("No backups are made by themselves. Set CONTEST_BACKUP_FOLDER to a folder on another machine.")
    elif not settings.backup_passphrase.get_secret_value():
        yield _("Backups are not encrypted: whoever has one has everything. Set CONTEST_BACKUP_PASSPHRASE.")


def _is_at_home(address: str) -> bool:
    return urlsplit(address).hostname in HOME


def _of_the_address() -> Iterator[str]:
    address = current_app.config["BASE_URL"]
    settings: config.Settings = current_app.config["SETTINGS"]
    if _is_at_home(address):
        yield _(
            "The base address %(address)s is this machine alone. Set CONTEST_BASE_URL to the address that people type.",
            address=address,
        )
    elif not address.startswith("https://"):
        yield _(
            "The base address %(address)s is not encrypted. Put a proxy with a certificate in front and let "
            "CONTEST_BASE_URL begin with https://.",
            address=address,
        )
    elif not settings.proxies:
        yield _(
            "Behind a proxy everybody seems to come from the same address. Set CONTEST_PROXIES to the number of "
            "proxies in front, so that one guesser does not make all others wait."
        )


def _of_the_mail() -> Iterator[str]:
    settings: config.Settings = current_app.config["SETTINGS"]
    if not settings.smtp_url:
        yield _("No mail server is set, so nobody can confirm an address. Set CONTEST_SMTP_URL.")
    if settings.mail_from == config.Settings.model_fields["mail_from"].default:
        yield _("Letters have no sender that one could answer. Set CONTEST_MAIL_FROM.")


def _of_the_second_factor() -> Iterator[str]:
    settings: config.Settings = current_app.config["SETTINGS"]
    if settings.second_factor == "off":
        yield _(
            "A password alone opens the offices of this instance. Set CONTEST_SECOND_FACTOR to staff-and-jurors, or "
            "leave it empty."
        )


def _of_the_folder() -> Iterator[str]:
    folder = Path(current_app.instance_path)
    if folder.stat().st_mode & (stat.S_IROTH | stat.S_IXOTH | stat.S_IWOTH):
        yield _(
            "Other users of this machine can look into the instance folder. Type: chmod o= %(folder)s", folder=folder
        )
    for file in sorted([*folder.glob("*.key"), *folder.glob("*.p12")]):
        if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield _("Others can read the key in %(file)s. Type: chmod 600 %(file)s", file=file)


def _of_the_rows() -> Iterator[str]:
    if not migrations.is_current():
        yield _("The tables do not have the newest shape. Type: contest migrate")
        return
    closed = winners.unreadable()
    if closed:
        yield _(
            "The bank details of %(count)s people cannot be read: the file %(file)s is missing or another one. Put it "
            "back from where you keep the keys of this instance.",
            count=closed,
            file=Path(current_app.instance_path) / KEY_FILE,
        )
    apps = accounts.unreadable_apps()
    if apps:
        yield _(
            "The secrets of %(count)s authenticator apps cannot be read: the file %(file)s is missing or another one. "
            "Put it back from where you keep the keys of this instance.",
            count=apps,
            file=Path(current_app.instance_path) / SECOND_FACTOR_KEY,
        )


SOON = timedelta(days=60)


def _of_the_signature() -> Iterator[str]:
    try:
        credentials = signing.of_settings(current_app.config["SETTINGS"])
    except ContestError as refusal:
        yield words(refusal)
        return
    if credentials is None:
        yield _("No key signs certificates. Set CONTEST_SIGNATURE, or type: contest certificates key --self-signed")
    elif credentials.is_self_signed:
        yield _("Certificates are signed by a self-signed certificate. Set CONTEST_SIGNATURE to the organization's.")
    elif credentials.valid_until < clock.now() + SOON:
        yield _(
            "The certificate that signs files ends at %(until)s. Ask the certification authority for the next one.",
            until=as_datetime(credentials.valid_until),
        )


def _of_the_servers_beside() -> Iterator[str]:
    """Say which of the store, the scanner and the queue does not answer, or is reached over an open line."""
    settings: config.Settings = current_app.config["SETTINGS"]
    shown = files.without_secret(settings.storage_url)
    if settings.storage_url.startswith("s3+http://") and urlsplit(settings.storage_url).hostname not in HOME:
        yield _("The line to the store of files %(address)s is not encrypted. Write s3:// instead.", address=shown)
    try:
        files.place().check()
    except files.NoSuchStore as refusal:
        yield words(refusal)
    except ContestError:
        yield _(
            "The store of files %(address)s cannot be written and read. Look at CONTEST_STORAGE_URL, its key and "
            "whether the server runs.",
            address=shown or files.home(),
        )
    try:
        scanner = services.scanner()
    except ContestError as refusal:
        yield words(refusal)
    else:
        if scanner is not None and not scanner.is_there():
            yield _(
                "The virus scanner %(address)s does not answer, and until it does nobody is given what was sent. Start "
                "it, or empty CONTEST_CLAMAV_URL.",
                address=settings.clamav_url,
            )
    if not jobs.bell().is_there():
        yield _("Redis does not answer at CONTEST_QUEUE_URL. Work is done all the same, up to a second later.")
    if settings.oidc_issuer and not Provider(settings).is_there():
        yield _(
            "The provider of office accounts %(address)s does not answer, or not so that it could be used. Until it "
            "does people sign in by their passwords. Look at CONTEST_OIDC_ISSUER: it is written as the provider names "
            "itself.",
            address=settings.oidc_issuer,
        )
