"""Bytes on disk: received whole and durable before any row speaks of them."""

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from flask import current_app

from contest.storage.errors import FileEmpty, FileTooLarge, StorageFull

CHUNK = 1 << 20
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Received:
    """Bytes that are safely on disk; no row knows them yet."""

    sha256: str
    size: int


def folder() -> Path:
    """Where the files live."""
    return Path(current_app.instance_path) / "files"


def path(sha256: str) -> Path:
    """Where the bytes with this SHA-256 are, or would be."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256 in lower-case hexadecimal")
    return folder() / sha256[:2] / sha256[2:4] / sha256


def receive(stream: IO[bytes], *, limit: int) -> Received:
    """Write a stream to disk under its SHA-256, durably, and say what it was.

    Call it before the transaction: a large file takes seconds and must not keep other writers waiting. A file whose
    transaction then fails is an orphan and goes with the next sweep.

    :param limit: bytes; one more is refused
    :raise FileEmpty, FileTooLarge: and nothing stays behind
    :raise StorageFull: if the disk is full
    """
    temporary = workspace() / secrets.token_hex(16)
    try:
        with temporary.open("xb") as file:
            received = _copy(stream, file, limit)
            file.flush()
            os.fsync(file.fileno())
        _move(temporary, path(received.sha256))
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull from error
        raise
    finally:
        temporary.unlink(missing_ok=True)
    return received


def adopt(source: Path) -> Received:
    """Take over a file we wrote ourselves in the workspace: hash it, make it durable, move it under its name."""
    digest = hashlib.sha256()
    with source.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
        os.fsync(file.fileno())
    received = Received(digest.hexdigest(), source.stat().st_size)
    _move(source, path(received.sha256))
    return received


def is_intact(sha256: str) -> bool:
    """Whether the file is there and its bytes are still those it was named after."""
    try:
        with path(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False


def kept() -> Iterator[Path]:
    """Every file in the store, in no order."""
    return (file for file in folder().glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*") if file.is_file())


def workspace() -> Path:
    """A folder on the same disk for what is not finished; a sweep empties it of what was left behind."""
    place = folder() / "tmp"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def clear_workspace(older_than: float) -> None:
    """Remove unfinished things last touched before this moment (seconds since 1970)."""
    for left in workspace().iterdir():
        if left.stat().st_mtime < older_than:
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def _copy(stream: IO[bytes], file: IO[bytes], limit: int) -> Received:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise FileTooLarge(limit=-(-limit // MEGABYTE))
        digest.update(chunk)
        file.write(chunk)
    if not size:
        raise FileEmpty
    return Received(digest.hexdigest(), size)


def _move(source: Path, target: Path) -> None:
    """Rename into place and make the names durable. The same bytes again only renew the date, so a sweep that
    is running does not take a file somebody has just sent once more."""
    if target.exists():
        os.utime(target)
        source.unlink()
        return
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    source.replace(target)
    for place in (target.parent, target.parent.parent, target.parent.parent.parent):
        handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
