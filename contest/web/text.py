"""Text as it is kept and as it is searched."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
_INVISIBLE = r"\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_HALVES = r"\ud800-\udfff"  # of a letter that JSON tore apart; no database keeps one
_FORBIDDEN = re.compile(f"[{_CONTROLS}{_INVISIBLE}{_HALVES}]")


def clean(text: str) -> str:
    """Bring a text to the form it is kept in: NFC, LF, without control characters and invisible reorderings."""
    return _FORBIDDEN.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))


def tidy(text: str) -> str:
    """Clean a text of one line: no space at its ends, single spaces inside."""
    return " ".join(clean(text).split())


def fold(text: str) -> str:
    """Bring a text to the form it is searched in: small letters without marks, single spaces ("Đỗ Đức" → "do duc")."""
    return " ".join(anyascii(unicodedata.normalize("NFC", text)).lower().split())
