"""Texts at rest: encrypted with a key that lies outside the database, and bound to the row they belong to.

AES-256-GCM with a random nonce for each writing. The row is the associated data: what was written for one person opens
for nobody else, so that rows which somebody swapped are noticed instead of used. The key file holds one key a line, the
newest first; each sealed text names its key, so that keys can be changed while texts of the old one are still there.
"""

from __future__ import annotations

import json
import os
import tempfile
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from contest import config

NONCE = 12
BITS = 256


class Unreadable(Exception):
    """A sealed text that none of the keys here opens for this row."""


class Vault:
    """The keys of one purpose.

    :param file: of the keys
    :param purpose: what is sealed; it is part of what a text is bound to, and of the names of keys
    """

    def __init__(self, file: Path, purpose: str) -> None:
        self.file = file
        self._purpose = purpose

    def seal(self, row: str, content: dict[str, str]) -> str:
        """Encrypt the content of a row; the key is made on first need."""
        config.kept_secret(self.file, _new_key)
        name, key = next(iter(self._keys().items()))
        nonce = os.urandom(NONCE)
        text = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
        return f"{name}.{_encode(nonce + AESGCM(key).encrypt(nonce, text, self._bound(row)))}"

    def open(self, row: str, sealed: str) -> dict[str, str]:
        """Decrypt the content of a row.

        :raise Unreadable: if the key is not here, or the text was written for another row
        """
        name, _, text = sealed.partition(".")
        key = self._keys().get(name)
        try:
            coded = _decode(text)
            if key is None:
                raise Unreadable(name)
            opened = AESGCM(key).decrypt(coded[:NONCE], coded[NONCE:], self._bound(row))
        except (InvalidTag, ValueError) as error:
            raise Unreadable(name) from error
        content: dict[str, str] = json.loads(opened)
        return content

    def add_key(self) -> None:
        """Put a new key before the others; from now on everything is sealed with it."""
        self._write([_new_key().decode().strip(), *self._lines()])

    def keep_only(self, names: Iterable[str]) -> None:
        """Forget every key but the newest and these."""
        needed = set(names)
        first, *older = self._lines()
        self._write([first, *(line for line in older if self._name(_decode(line)) in needed)])

    def _keys(self) -> dict[str, bytes]:
        return {self._name(key): key for key in map(_decode, self._lines())}

    def _lines(self) -> list[str]:
        return self.file.read_text("ascii").split() if self.file.exists() else []

    def _write(self, lines: list[str]) -> None:
        """Put a whole new file in the place of the old one."""
        handle, draft = tempfile.mkstemp(prefix=f"{self.file.name}.", dir=self.file.parent)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write("".join(f"{line}\n" for line in lines))
            out.flush()
            os.fsync(out.fileno())
        Path(draft).replace(self.file)

    def _name(self, key: bytes) -> str:
        return sha256(self._purpose.encode() + b"\0" + key).hexdigest()[:8]

    def _bound(self, row: str) -> bytes:
        return f"{self._purpose.replace(' ', '_')}\0{row}".encode()


def key_of(sealed: str) -> str:
    """Name the key with which a text was sealed."""
    return sealed.partition(".")[0]


def _new_key() -> bytes:
    return f"{_encode(AESGCM.generate_key(BITS))}\n".encode()


def _encode(content: bytes) -> str:
    return urlsafe_b64encode(content).decode()


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text)
