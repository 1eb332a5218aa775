"""Asking a virus scanner (clamd) by its INSTREAM protocol: the bytes are sent, it needs to see no file of ours."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable
from contextlib import closing
from urllib.parse import unquote, urlsplit

from contest.errors import N_, ContestError

SECONDS = 60  # for one answer of the scanner
LONGEST_ANSWER = 4096
PART = 1 << 18
FOUND, CLEAN, TOO_LARGE = b" FOUND", b": OK", b"size limit exceeded"


class NoSuchScanner(ContestError):
    """A setting that names no scanner."""

    message = N_(
        "%(address)s is no address of a virus scanner. Write unix:///run/clamav/clamd.ctl or tcp://host:3310, or leave "
        "CONTEST_CLAMAV_URL empty."
    )


class ScannerAway(Exception):
    """The scanner does not answer, or answers what it should not."""


class LargerThanScanned(Exception):
    """The scanner takes no stream of this length (its setting ``StreamMaxLength``)."""


class Scanner:
    """A running clamd."""

    def __init__(self, url: str) -> None:
        """Read its address; nothing is asked yet.

        :raise NoSuchScanner: if it names none
        """
        parts = urlsplit(url)
        self._address: str | tuple[str, int]
        if parts.scheme == "unix" and parts.path:
            self._address = unquote(parts.path)
        elif parts.scheme == "tcp" and parts.hostname and parts.port:
            self._address = parts.hostname, parts.port
        else:
            raise NoSuchScanner(address=url)

    def is_there(self) -> bool:
        """Say whether it answers."""
        try:
            with closing(self._open()) as line:
                line.sendall(b"zPING\0")
                return _answer(line) == b"PONG"
        except OSError:
            return False

    def scan(self, content: Iterable[bytes]) -> str | None:
        """Have it look at a file.

        :return: the name of what it found, or None
        :raise LargerThanScanned: if it does not look at files of this length
        :raise ScannerAway: if it says neither
        """
        try:
            with closing(self._open()) as line:
                line.sendall(b"zINSTREAM\0")
                try:
                    for chunk in content:
                        for start in range(0, len(chunk), PART):
                            part = chunk[start : start + PART]
                            line.sendall(struct.pack(">I", len(part)) + part)
                    line.sendall(struct.pack(">I", 0))
                except (BrokenPipeError, ConnectionResetError):
                    pass  # it has heard enough, and says why
                said = _answer(line)
        except OSError as error:
            raise ScannerAway(type(error).__name__) from error
        if TOO_LARGE in said:
            raise LargerThanScanned
        if said.endswith(FOUND):
            return said.removesuffix(FOUND).rpartition(b": ")[2].decode("utf-8", "replace")
        if said.endswith(CLEAN):
            return None
        raise ScannerAway(said.decode("utf-8", "replace")[:200])

    def _open(self) -> socket.socket:
        if isinstance(self._address, str):
            line = socket.socket(socket.AF_UNIX)
            line.settimeout(SECONDS)
            try:
                line.connect(self._address)
            except OSError:
                line.close()
                raise
            return line
        return socket.create_connection(self._address, timeout=SECONDS)


def _answer(line: socket.socket) -> bytes:
    said = b""
    while len(said) < LONGEST_ANSWER and (part := line.recv(LONGEST_ANSWER)):
        said += part
        if said.endswith(b"\0"):
            break
    return said.rstrip(b"\0\n")
