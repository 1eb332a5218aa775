"""Handing one letter to a mail server."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from urllib.parse import unquote, urlsplit

TIMEOUT = 20  # seconds


def message(*, key: str, to: str, subject: str, text: str, sender: str, written_at: datetime) -> EmailMessage:
    """Make the message of a letter. The same letter always has the same Message-ID, so that a server can drop a twin.

    :raise ValueError: if an address or the subject holds a line break
    """
    name, address = parseaddr(sender)
    if "\n" in subject or "\r" in subject:
        raise ValueError("a line break in the subject")
    letter = EmailMessage(policy=SMTP)
    letter["From"] = Address(name, addr_spec=address)
    letter["To"] = Address(addr_spec=to)
    letter["Subject"] = subject
    letter["Date"] = format_datetime(written_at)
    letter["Message-ID"] = f"<{sha256(key.encode()).hexdigest()[:32]}@{address.rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text, cte="quoted-printable")
    return letter


@contextmanager
def connection(url: str) -> Iterator[smtplib.SMTP]:
    """Open a mail server by its address: ``smtp://`` (STARTTLS where the server offers it) or ``smtps://``.

    :raise OSError: if the server cannot be reached or refuses
    """
    parts = urlsplit(url)
    host = parts.hostname or "localhost"
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT)
    with server:
        server.ehlo()
        if parts.scheme != "smtps" and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server
