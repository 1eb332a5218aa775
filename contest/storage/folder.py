"""Files in a folder of this machine."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from contest.storage.errors import StorageFull, StoreUnreachable
from contest.storage.places import CHUNK, Kept, Received, holds, key_of

NAME = 64  # letters of a hash


class Folder:
    """A folder with two levels of folders in it, so that none holds too many names."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def keep(self, source: Path, received: Received) -> None:
        """Rename into place and make the names durable."""
        target = self.at_hand(received.sha256)
        try:
            if source.stat().st_size != received.size:
                raise StoreUnreachable
            if target.exists() and holds(self, received.sha256):
                os.utime(target)  # a sweep that is running does not take a file somebody has just sent once more
                source.unlink()
                return
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._move(source, target)
            for folder in (target.parent, target.parent.parent, self.root):
                _make_durable(folder)
        except OSError as error:
            raise_as_refusal(error)

    def _move(self, source: Path, target: Path) -> None:
        """Rename a file, by way of this disk if it comes from another one."""
        try:
            source.replace(target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            here = target.with_name(f".{secrets.token_hex(8)}")
            try:
                with source.open("rb") as given, here.open("xb") as taken:
                    shutil.copyfileobj(given, taken, CHUNK)
                    taken.flush()
                    os.fsync(taken.fileno())
                here.replace(target)
            finally:
                here.unlink(missing_ok=True)
            source.unlink()

    def look(self, sha256: str) -> Kept | None:
        """Find a file."""
        try:
            found = self.at_hand(sha256).stat()
        except FileNotFoundError:
            return None
        return Kept(sha256, found.st_size, found.st_mtime)

    def read(self, sha256: str, start: int = 0) -> Iterator[bytes]:
        """Give the bytes from an offset on."""
        with self.at_hand(sha256).open("rb") as file:
            file.seek(start)
            while chunk := file.read(CHUNK):
                yield chunk

    def at_hand(self, sha256: str) -> Path:
        """Say where a file is, or would be."""
        return self.root / key_of(sha256)

    def kept(self) -> Iterator[Kept]:
        """List every file."""
        for file in self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
            if len(file.name) == NAME and file.is_file():
                found = file.stat()
                yield Kept(file.name, found.st_size, found.st_mtime)

    def remove(self, sha256: str) -> None:
        """Let go of a file."""
        self.at_hand(sha256).unlink(missing_ok=True)

    def check(self) -> None:
        """Write, read and remove a small file."""
        tried = self.root / f".tried-{os.getpid()}"
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            tried.write_bytes(b"tried")
            tried.read_bytes()
            tried.unlink()
        except OSError as error:
            raise_as_refusal(error)


def raise_as_refusal(error: OSError) -> None:
    """Say what a disk would not do in words for whoever sent the file.

    :raise StorageFull: if there is no room
    :raise StoreUnreachable: if the disk cannot be read or written
    :raise OSError: if it is something else
    """
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        raise StorageFull from error
    if error.errno in (errno.EROFS, errno.EIO, errno.ESTALE, errno.ENXIO, errno.ENODEV):
        raise StoreUnreachable from error
    raise error


def fingerprint(file: Path) -> str:
    """Give the SHA-256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _make_durable(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
