"""Memory that long work leaves behind."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress

from contest.database import db


def give_back() -> None:
    """Let go of connections with their pages, and of what the C library keeps of large values.

    Otherwise what the next step needs would come on top of what the last one has needed.
    """
    db.session.remove()
    db.engine.dispose()
    gc.collect()
    with suppress(AttributeError):  # not every C library keeps memory, or can be asked for it
        ctypes.CDLL(None).malloc_trim(0)
