"""Answers kept in the process by what they were made from, so that a rush makes each of them once."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

BUDGET = 12 * 1024 * 1024
"""Bytes kept in one process, compressed."""


class Kept:
    """A store of compressed answers; those not asked for the longest go first.

    A key names everything an answer is made from, so that nothing kept is ever wrong; it only stops being asked for.
    While one thread makes an answer, the others that want one wait for it and do not make it as well.
    """

    def __init__(self, budget: int = BUDGET) -> None:
        self._budget = budget
        self._size = 0
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._making = Lock()

    def get(self, key: Hashable, make: Callable[[], str | bytes]) -> bytes:
        """Give an answer as gzip, making it if it is not kept."""
        found = self._found(key)
        if found is not None:
            return found
        with self._making:
            found = self._found(key)
            if found is None:
                made = make()
                found = gzip.compress(made.encode() if isinstance(made, str) else made, compresslevel=6, mtime=0)
                self._keep(key, found)
            return found

    def _found(self, key: Hashable) -> bytes | None:
        try:
            self._kept.move_to_end(key)
            return self._kept[key]
        except KeyError:
            return None

    def _keep(self, key: Hashable, content: bytes) -> None:
        self._kept[key] = content
        self._size += len(content)
        while self._size > self._budget and len(self._kept) > 1:
            _, gone = self._kept.popitem(last=False)
            self._size -= len(gone)
