"""Bytes in the store: received whole and durable before any row speaks of them."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

from flask import current_app

from contest import config
from contest.errors import N_, ContestError
from contest.storage.bucket import BadAddress, Bucket
from contest.storage.copies import Copies
from contest.storage.errors import FileEmpty, FileTooLarge, StorageFull
from contest.storage.folder import Folder, fingerprint, raise_as_refusal
from contest.storage.places import CHUNK, Kept, Place, Received, holds

MEGABYTE = 1_000_000
EXTENSION = "contest.storage"


class NoSuchStore(ContestError):
    """A setting that names no place for files."""

    message = N_(
        "%(address)s is no address of a store of files. Leave CONTEST_STORAGE_URL empty, or write file:///folder or "
        "s3://host:port/bucket?region=…"
    )


def place() -> Place:
    """Give the place where this instance keeps its files."""
    found: Place | None = current_app.extensions.get(EXTENSION)
    if found is None:
        settings: config.Settings = current_app.config["SETTINGS"]
        found = current_app.extensions[EXTENSION] = place_at(settings.storage_url)
    return found


def place_at(url: str) -> Place:
    """Give the place that an address names; its key and secret are those of the settings, or stand in it.

    :raise NoSuchStore: if it names none
    """
    parts = urlsplit(url)
    if not url:
        return Folder(home())
    if parts.scheme == "file" and parts.netloc in ("", "localhost") and parts.path:
        return Folder(Path(unquote(parts.path)))
    settings: config.Settings = current_app.config["SETTINGS"]
    try:
        return Bucket(
            url,
            Copies(home() / "copies", workspace(), limit=settings.storage_copies_megabytes * MEGABYTE),
            key=settings.storage_key,
            secret=settings.storage_secret.get_secret_value(),
        )
    except (BadAddress, ValueError) as error:
        raise NoSuchStore(address=without_secret(url)) from error


def without_secret(url: str) -> str:
    """Write an address so that it may be shown."""
    head, at, rest = url.rpartition("@")
    return f"{head.partition('://')[0]}://…@{rest}" if at else url


def home() -> Path:
    """Where this machine keeps files, and what is not finished of those that lie elsewhere."""
    return Path(current_app.instance_path) / "files"


def path(sha256: str) -> Path:
    """Give a file with these bytes, for a process that needs a path; it may be a copy that stays for some minutes.

    In a folder it is where the bytes are or would be. A web page is answered by `serving`, and other code reads with
    `read`.

    :raise FileUnreadable: if the bytes lie elsewhere and cannot be fetched whole
    """
    return place().at_hand(sha256)


def look(sha256: str) -> Kept | None:
    """Find a file in the store without reading it."""
    return place().look(sha256)


def read(sha256: str, start: int = 0) -> Iterator[bytes]:
    """Give the bytes of a file some at a time, from an offset on.

    :raise FileNotFoundError: if there is no such file
    """
    return place().read(sha256, start)


def receive(stream: IO[bytes], *, limit: int) -> Received:
    """Keep a stream under its SHA-256, durably, and say what it was.

    Call it before the transaction: a large file takes seconds and must not keep other writers waiting. A file whose
    transaction then fails is an orphan and goes with the next sweep.

    :param limit: bytes; one more is refused
    :raise FileEmpty, FileTooLarge: and nothing stays behind
    :raise StorageFull, StoreUnreachable: if it cannot be kept for good right now
    """
    temporary = workspace() / secrets.token_hex(16)
    check_reserve()
    try:
        with temporary.open("xb") as file:
            received = _copy(stream, file, limit)
            file.flush()
            os.fsync(file.fileno())
        place().keep(temporary, received)
    except OSError as error:
        raise_as_refusal(error)
        raise
    finally:
        temporary.unlink(missing_ok=True)
    return received


def check_reserve() -> None:
    """Pass while the disk of this machine has room beyond what is left to the rows.

    :raise StorageFull: if it has not: an act must still find room to be written down
    """
    settings: config.Settings = current_app.config["SETTINGS"]
    if shutil.disk_usage(current_app.instance_path).free < settings.disk_reserve_megabytes * MEGABYTE:
        raise StorageFull


def adopt(source: Path) -> Received:
    """Take over a file we wrote ourselves in the workspace: hash it, make it durable, keep it under its name."""
    handle = os.open(source, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    received = Received(fingerprint(source), source.stat().st_size)
    place().keep(source, received)
    return received


def is_intact(sha256: str) -> bool:
    """Whether the file is there and its bytes are still those it was named after."""
    return holds(place(), sha256)


def kept() -> Iterator[Kept]:
    """Every file in the store, in no order."""
    return place().kept()


def remove(sha256: str) -> None:
    """Let go of a file."""
    place().remove(sha256)


def workspace() -> Path:
    """A folder on the disk of this machine for what is not finished; a sweep empties it of what was left behind."""
    folder = home() / "tmp"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


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
