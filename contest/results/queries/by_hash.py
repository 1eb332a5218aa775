"""What is frozen, by its hash: read and made at most once a process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

KEPT = 64
_frozen: OrderedDict[str, Any] = OrderedDict()
Made = TypeVar("Made")


def frozen(key: str, make: Callable[[], Made]) -> Made:
    """Give what is read or made from a frozen document, at most once a process: what never changes may be kept.

    :param key: begins with the hash of the document
    """
    known: Made | None = _frozen.get(key)
    if known is None:
        known = _frozen[key] = make()
        while len(_frozen) > KEPT:
            _frozen.popitem(last=False)
    return known
