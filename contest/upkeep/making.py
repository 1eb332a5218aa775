"""Making a backup while everybody works: rows of one moment first, then the files that they name."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import IO

from flask import current_app
from sqlalchemy import Connection, Table, select

from contest import clock, migrations, storage
from contest.database import db
from contest.upkeep.archive import HEAD, MANIFEST, Head, Manifest, Writer, is_key
from contest.upkeep.refusals import FilesMoved, KeysInTheOpen, NothingToKeep
from contest.upkeep.tables import Fingerprint, lines, tables_of

PART = 4 << 20  # bytes of rows that are packed at a time
SYSTEM = "danvankheo"

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Made:
    """What a backup holds, in a few figures."""

    rows: int
    files: int
    size: int  # bytes of the files
    absent: int  # files that were missing or damaged already
    encrypted: bool


def make(out: IO[bytes], *, passphrase: str | None, with_keys: bool, progress: Progress) -> Made:
    """Write a backup of everything that this instance keeps.

    The rows are read in one transaction, so they are of one moment, and let go before the files are copied: a file
    never changes, and one that is deleted in the meantime is noticed.

    :param progress: told bytes of files done, and of all
    :raise KeysInTheOpen: if keys are asked for and nothing encrypts them
    :raise NothingToKeep: if there are no tables
    :raise FilesMoved: if files were deleted with their rows while they were copied
    """
    if with_keys and not passphrase:
        raise KeysInTheOpen
    with db.engine.connect() as connection, connection.begin():
        step = migrations.step_of(connection)
        tables = tables_of(connection)
        if step is None or "blob" not in tables:
            raise NothingToKeep
        manifest = Manifest(_head(connection, step, encrypted=bool(passphrase), keys=with_keys))
        writer = Writer(out, passphrase)
        writer.add(HEAD, _json(manifest.head))
        for name, table in tables.items():
            manifest.tables[name] = _write_rows(writer, connection, name, table)
        blob = tables["blob"]
        wanted = {str(row.sha256): int(row.size) for row in connection.execute(select(blob).order_by(blob.c.sha256))}
    _write_files(writer, manifest, wanted, progress)
    for file in _keys() if with_keys else ():
        content = file.read_bytes()
        manifest.keys[file.name] = sha256(content).hexdigest()
        writer.add(f"keys/{file.name}", content)
    writer.add(MANIFEST, manifest.written())
    writer.close()
    return Made(manifest.rows, len(manifest.files), manifest.size, len(manifest.absent), bool(passphrase))


def _json(head: Head) -> bytes:
    return Manifest(head).written()


def _head(connection: Connection, step: str, *, encrypted: bool, keys: bool) -> Head:
    offset = clock.offset()
    return Head(
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        version=version(SYSTEM),
        step=step,
        engine=connection.dialect.name,
        encrypted=encrypted,
        keys=keys,
        clock_offset=offset.total_seconds() if offset is not None else None,
    )


def _write_rows(writer: Writer, connection: Connection, name: str, table: Table) -> Fingerprint:
    digest, count, number, waiting = sha256(), -1, 0, bytearray()

    def pack() -> None:
        nonlocal number
        number += 1
        writer.add(f"rows/{name}/{number:05}.jsonl.gz", gzip.compress(bytes(waiting), 6, mtime=0))
        waiting.clear()

    for line in lines(connection, table):
        digest.update(line)
        count += 1
        waiting += line
        if len(waiting) >= PART:
            pack()
    if waiting:
        pack()
    return Fingerprint(count, digest.hexdigest())


def _write_files(writer: Writer, manifest: Manifest, wanted: dict[str, int], progress: Progress) -> None:
    whole, done = sum(wanted.values()), 0
    progress(done, whole)
    for name, size in wanted.items():
        if storage.look(name) is None:
            manifest.absent.append(name)
        else:
            stream = Exactly(storage.read(name))
            writer.copy(f"files/{name}", stream, size)
            if stream.sha256 == name:
                manifest.files[name] = size
            else:
                manifest.absent.append(name)
        done += size
        progress(done, whole)
    known = set(db.session.scalars(select(storage.Blob.sha256).where(storage.Blob.sha256.in_(manifest.absent))))
    db.session.rollback()
    if known != set(manifest.absent):
        raise FilesMoved


class Exactly:
    """Reads exactly so many bytes of a file: what is missing comes as zeros and what is too much is left, so that a
    damaged file does not end the whole backup. Its hash tells."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._left = chunks, b""
        self._digest = sha256()

    @property
    def sha256(self) -> str:
        """Hash of what was really there, which is not the name of a file that was cut or grew."""
        for chunk in self._chunks:
            self._digest.update(chunk)
        return self._digest.hexdigest()

    def read(self, size: int) -> bytes:
        """Give the next bytes."""
        while len(self._left) < size:
            try:
                chunk = next(self._chunks, b"")
            except FileNotFoundError:
                chunk = b""
            if not chunk:
                break
            self._digest.update(chunk)
            self._left += chunk
        part, self._left = self._left[:size], self._left[size:]
        return part.ljust(size, b"\0")


def _keys() -> list[Path]:
    folder = Path(current_app.instance_path)
    return sorted(file for file in folder.iterdir() if file.is_file() and is_key(file.name))
