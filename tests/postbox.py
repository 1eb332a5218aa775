"""A real mail server on this machine, with one box for everybody."""

from __future__ import annotations

import email
import socket
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Postbox(Message):
    """What a mail server does: takes letters in, refuses addresses it is told to refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[EmailMessage] = []
        self.refuse: set[str] = set()
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())

    @property
    def url(self) -> str:
        """Address of the server, as the settings take it."""
        return f"smtp://127.0.0.1:{self._controller.port}"

    def __enter__(self) -> Postbox:
        self._controller.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._controller.stop()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """Take or refuse an address."""
        if address in self.refuse:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def handle_message(self, message: Any) -> None:
        """Keep a letter, parsed as a mail program would."""
        letter = email.message_from_bytes(message.as_bytes(), policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)

    def to(self, address: str) -> list[EmailMessage]:
        """List the letters to somebody, oldest first."""
        return [letter for letter in self.letters if letter["To"] == address]
