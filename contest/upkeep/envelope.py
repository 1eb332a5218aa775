"""A backup under a passphrase: written and read in one go, whatever its size.

The bytes go through libsodium's secret stream (XChaCha20-Poly1305), piece by piece under a key that Argon2id makes of
the passphrase. No piece can be altered, left out or moved, and the last one is marked, so that a file that was cut off
is known. The first line says how the key is made; it is bound into every piece.
"""

from __future__ import annotations

import json
import os
from typing import IO

from nacl import bindings as sodium
from nacl import exceptions, pwhash

from contest.upkeep.refusals import BackupIncomplete, NoBackup, PassphraseTooShort, PassphraseWrong

MARK = b"contest-sealed-backup-1 "
PIECE = 1 << 20
EXTRA = sodium.crypto_secretstream_xchacha20poly1305_ABYTES
LAST = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
HEADER = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
MEMORY, OPERATIONS = 32 << 20, 16
MOST_MEMORY, MOST_OPERATIONS = 256 << 20, 64
"""No file makes us spend more than this on its key."""
LEAST_LETTERS = 12


def is_sealed(start: bytes) -> bool:
    """Say whether a file that starts so is under a passphrase."""
    return start.startswith(MARK)


class SealingWriter:
    """Takes bytes and writes them sealed.

    :raise PassphraseTooShort: if the passphrase could be guessed
    """

    def __init__(self, out: IO[bytes], passphrase: str) -> None:
        if len(passphrase) < LEAST_LETTERS:
            raise PassphraseTooShort(least=LEAST_LETTERS)
        salt = os.urandom(pwhash.argon2id.SALTBYTES)
        about = {"salt": salt.hex(), "operations": OPERATIONS, "memory": MEMORY}
        self._bound = MARK + json.dumps(about).encode() + b"\n"
        self._state = sodium.crypto_secretstream_xchacha20poly1305_state()
        key = _key(passphrase, salt, OPERATIONS, MEMORY)
        self._out, self._waiting = out, bytearray()
        out.write(self._bound)
        out.write(sodium.crypto_secretstream_xchacha20poly1305_init_push(self._state, key))

    def write(self, content: bytes) -> int:
        """Seal bytes; they are written a piece at a time."""
        self._waiting += content
        while len(self._waiting) > PIECE:
            self._push(bytes(self._waiting[:PIECE]), tag=0)
            del self._waiting[:PIECE]
        return len(content)

    def close(self) -> None:
        """Write the last piece. Without it the file counts as cut off."""
        self._push(bytes(self._waiting), tag=LAST)

    def _push(self, piece: bytes, *, tag: int) -> None:
        self._out.write(sodium.crypto_secretstream_xchacha20poly1305_push(self._state, piece, ad=self._bound, tag=tag))


class OpeningReader:
    """Gives back what was sealed.

    :raise NoBackup: if the first line is not one of ours
    """

    def __init__(self, source: IO[bytes], passphrase: str) -> None:
        self._bound = source.readline(1024)
        try:
            about = json.loads(self._bound.removeprefix(MARK))
            operations, memory = int(about["operations"]), int(about["memory"])
            salt = bytes.fromhex(about["salt"])
            if not (0 < operations <= MOST_OPERATIONS and 0 < memory <= MOST_MEMORY):
                raise ValueError("more than anybody asks for")
            key = _key(passphrase, salt, operations, memory)
        except (ValueError, KeyError, TypeError, exceptions.CryptoError) as error:
            raise NoBackup(file=getattr(source, "name", "")) from error
        self._source, self._ready, self._ended = source, b"", False
        self._state = sodium.crypto_secretstream_xchacha20poly1305_state()
        start = source.read(HEADER)
        if len(start) < HEADER:
            raise BackupIncomplete
        sodium.crypto_secretstream_xchacha20poly1305_init_pull(self._state, start, key)

    def read(self, size: int = -1) -> bytes:
        """Read up to so many bytes; all that is left when negative.

        :raise PassphraseWrong: if a piece does not fit: other passphrase, altered, moved or left out
        :raise BackupIncomplete: if the file ends before its end
        """
        parts, missing = [], size
        while missing and not (self._ended and not self._ready):
            if not self._ready:
                self._pull()
                continue
            part = self._ready if missing < 0 else self._ready[:missing]
            self._ready = self._ready[len(part) :]
            parts.append(part)
            missing -= len(part) if missing > 0 else 0
        return b"".join(parts)

    def finish(self) -> None:
        """Read to the end, so that a piece cut off behind the last useful byte is missed too."""
        while not self._ended:
            self._pull()

    def _pull(self) -> None:
        piece = self._source.read(PIECE + EXTRA)
        if not piece:
            raise BackupIncomplete
        if len(piece) < EXTRA:
            raise BackupIncomplete
        try:
            self._ready, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(self._state, piece, ad=self._bound)
        except exceptions.CryptoError as error:
            raise PassphraseWrong from error
        self._ended = tag == LAST
        if self._ended and self._source.read(1):
            raise PassphraseWrong


def _key(passphrase: str, salt: bytes, operations: int, memory: int) -> bytes:
    size = sodium.crypto_secretstream_xchacha20poly1305_KEYBYTES
    return pwhash.argon2id.kdf(size, passphrase.encode(), salt, opslimit=operations, memlimit=memory)
