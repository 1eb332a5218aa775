"""What a revision keeps: the canonical content of a work as it was sent, and its fingerprint.

Names and contact data are not in it (they live in the rows of bylines, which can be erased): each byline stands there
as the random id of the person and a salted digest. Whoever holds the salt and the name can prove that this was the
name; nobody can read a name out of it, and without the salt nobody can guess one.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

PRINTED = ("name", "pen_names", "role", "unit", "phone", "email")
KEPT = ("title", "category", "genre", "topic", "summary", "instalments", "exemplars", "prior_awards", "statements")


def canonical(value: Any) -> bytes:
    """Write a value so that equal content gives equal bytes: keys sorted, NFC, no spaces, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return unicodedata.normalize("NFC", text).encode()


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical content, in hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()


def salt() -> str:
    """Draw 128 random bits for one byline."""
    return secrets.token_hex(16)


def digest(byline: Mapping[str, Any], salted_with: str) -> str:
    """SHA-256 of salt and byline, in hexadecimal."""
    printed = {key: byline.get(key) or "" for key in PRINTED}
    return hashlib.sha256(salted_with.encode() + canonical(printed)).hexdigest()


class Sent(Protocol):
    """A revision as it is read back: its content, and the bylines in which the names live."""

    @property
    def content(self) -> Mapping[str, Any]: ...

    @property
    def bylines(self) -> Sequence[Any]: ...


def draft_as_sent(sent: Sent) -> dict[str, Any]:
    """Give a revision the shape of a draft again, with the names from its bylines."""
    draft = {key: sent.content[key] for key in KEPT}
    draft["bylines"] = [{key: getattr(byline, key) for key in (*PRINTED, "lead")} for byline in sent.bylines]
    return draft


def content(
    draft: Mapping[str, Any],
    bylines: Sequence[tuple[str, str]],
    attachments: Iterable[Mapping[str, Any]],
) -> dict[str, Any]:
    """Take the content of a revision from a draft.

    :param bylines: subject and digest of each byline, in the order of the draft
    :param attachments: id, slot, name, sha256, size and media type of each file
    """
    kept: dict[str, Any] = {key: draft[key] for key in KEPT}
    kept["bylines"] = [
        {"position": position, "lead": bool(byline["lead"]), "subject": subject, "digest": printed}
        for position, (byline, (subject, printed)) in enumerate(zip(draft["bylines"], bylines, strict=True), start=1)
    ]
    kept["attachments"] = [dict(file) for file in attachments]
    return kept
