"""A kept file as something that a server can send: read from any offset, some at a time, compared on the way."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator

from contest.storage.errors import FileUnreadable
from contest.storage.places import Place


class Content(io.RawIOBase):
    """The bytes of a file, from wherever it lies.

    Read from its beginning it is compared with its name, and its last bytes are held back until it fits: a download
    that breaks off is one that nobody takes for whole.
    """

    def __init__(self, place: Place, sha256: str, size: int) -> None:
        super().__init__()
        self._place, self._sha256, self._size = place, sha256, size
        self._position = 0
        self._parts: Iterator[bytes] | None = None
        self._left = b""
        self._seen = hashlib.sha256()
        self._is_compared = False

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be begun anywhere."""
        return True

    def tell(self) -> int:
        """Give the offset of the next byte."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Begin elsewhere."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position, self._parts, self._left = start + offset, None, b""
        return self._position

    def read(self, size: int | None = -1) -> bytes:
        """Give the next bytes, at most as many as asked for.

        :raise FileUnreadable: if the file is shorter than it was, or was read whole and is another
        """
        if self._position >= self._size:
            return b""
        if self._parts is None:
            self._parts = self._place.read(self._sha256, self._position)
            self._seen, self._is_compared = hashlib.sha256(), self._position == 0
        if not self._left:
            self._left = self._next()
        given = self._left if size is None or size < 0 else self._left[:size]
        self._left = self._left[len(given) :]
        self._position += len(given)
        return given

    def _next(self) -> bytes:
        try:
            part = next(self._parts or iter(()), b"")
        except FileNotFoundError as error:
            raise FileUnreadable from error
        reached = self._position + len(part)
        if not part or reached > self._size:
            raise FileUnreadable
        if self._is_compared:
            self._seen.update(part)
            if reached == self._size and self._seen.hexdigest() != self._sha256:
                raise FileUnreadable
        return part
