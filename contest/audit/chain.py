"""How one line binds the line before it: canonical JSON and SHA-256."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

GENESIS = "0" * 64


def canonical(value: Any) -> bytes:
    """Write a value in the one form that is hashed: sorted keys, NFC, no spaces, UTF-8."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return unicodedata.normalize("NFC", text).encode()


def line_hash(
    *,
    chain: int,
    number: int,
    at: datetime,
    action: str,
    actor: str | None,
    about: str,
    details: Mapping[str, Any],
    previous: str,
    bound: Mapping[str, Any] | None = None,
    origin: Mapping[str, Any] | None = None,
) -> str:
    """Hash everything a line says, together with the hash of the line before.

    What a line does not say is left out, so that lines from before it could be said keep their hash.

    :return: 64 hexadecimal digits
    """
    content: dict[str, Any] = {
        "chain": chain,
        "number": number,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "action": action,
        "actor": actor,
        "about": about,
        "details": dict(details),
        "previous": previous,
    }
    content |= {name: dict(said) for name, said in (("bound", bound), ("origin", origin)) if said is not None}
    return sha256(canonical(content)).hexdigest()
