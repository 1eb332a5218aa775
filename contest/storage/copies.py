"""Copies on this machine of files that lie elsewhere, for processes that need a path: some, and not for ever."""

from __future__ import annotations

import os
import secrets
import time
from contextlib import suppress
from pathlib import Path

IN_USE = 600.0  # seconds for which a copy stays whatever else comes


class Copies:
    """A folder of files under their SHA-256; those that nobody has asked for longest go first.

    :ivar limit: bytes; for as long as they are in use there may be more
    """

    def __init__(self, folder: Path, workspace: Path, *, limit: int) -> None:
        self.folder, self.workspace, self.limit = folder, workspace, limit

    def find(self, sha256: str) -> Path | None:
        """Give the copy if there is one, and remember that it was asked for."""
        path = self.folder / sha256
        try:
            os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))
        except FileNotFoundError:
            return None
        return path

    def new(self) -> Path:
        """Name a file to be written before it is taken."""
        self.workspace.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.workspace / secrets.token_hex(16)

    def take(self, source: Path, sha256: str) -> Path:
        """Take over a finished file, and make room."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / sha256
        source.replace(path)
        os.utime(path)
        self._make_room()
        return path

    def drop(self, sha256: str) -> None:
        """Let go of a copy."""
        (self.folder / sha256).unlink(missing_ok=True)

    def _make_room(self) -> None:
        found = []
        for file in self.folder.iterdir():
            with suppress(FileNotFoundError):  # another process made room as well
                seen = file.stat()
                found.append((seen.st_atime, seen.st_size, file))
        held = sum(size for _, size, _ in found)
        unused = time.time() - IN_USE
        for asked, size, file in sorted(found):
            if held <= self.limit or asked >= unused:
                return
            file.unlink(missing_ok=True)
            held -= size
