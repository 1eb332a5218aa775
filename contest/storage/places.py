"""Where files may lie. Whatever the place, a file is known by its SHA-256 and never changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

CHUNK = 1 << 20


@dataclass(frozen=True)
class Received:
    """Bytes that are kept and durable; no row knows them yet."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Kept:
    """A file in the store.

    :ivar touched_at: seconds since 1970 when it came, the last time
    """

    sha256: str
    size: int
    touched_at: float


class Place(Protocol):
    """A store of files: a folder of this machine, or a bucket of a server.

    Anything that goes wrong on the way to it is a `StoreUnreachable`, a full one a `StorageFull`.
    """

    def keep(self, source: Path, received: Received) -> None:
        """Take over a finished file of the workspace. It returns when the bytes are durable and were found to be
        those; the same bytes again only renew their date, and replace what had been damaged."""

    def look(self, sha256: str) -> Kept | None:
        """Find a file, without reading it."""

    def read(self, sha256: str, start: int = 0) -> Iterator[bytes]:
        """Give the bytes from an offset on, some at a time. It may be called and read after the request has ended.

        :raise FileNotFoundError: if there is no such file
        """

    def at_hand(self, sha256: str) -> Path:
        """Give a file of this machine with these bytes, for a process that needs a path; it stays for some minutes.

        Whether there is such a file in a folder is for the reader to find; from a bucket it is fetched and compared.
        """

    def kept(self) -> Iterator[Kept]:
        """List every file, in no order."""

    def remove(self, sha256: str) -> None:
        """Let go of a file; one that is not there needs nothing."""

    def check(self) -> None:
        """Write, read and remove a small file.

        :raise StoreUnreachable, StorageFull: with why not
        """


def key_of(sha256: str) -> str:
    """Give the name of a file below the root of any place.

    :raise ValueError: if it is no SHA-256, so that a name that somebody typed never becomes a path
    """
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256 in lower-case hexadecimal")
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def holds(place: Place, sha256: str) -> bool:
    """Say whether a file is in a place and its bytes are still those it was named after; all of them are read."""
    digest = hashlib.sha256()
    try:
        for chunk in place.read(sha256):
            digest.update(chunk)
    except FileNotFoundError:
        return False
    return digest.hexdigest() == sha256
