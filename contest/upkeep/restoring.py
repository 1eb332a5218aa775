"""Bringing a backup back. The door takes these steps in this order and owns their transactions:

1. `verified` reads all of it and compares every hash, before anything is touched
2. `check_may_be_restored`: not of a newer system, nothing absent, an empty instance
3. `tables.take_away` and `migrations.upgrade` to the step at which it was made
4. `bring_in`: rows and files in one transaction, every table compared with what it was
5. `migrations.upgrade` to the step of today, erasures again, and `proofs`
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import IO

from flask import current_app
from sqlalchemy import Connection, Table, inspect, select

from contest import clock, migrations, storage
from contest.database import db
from contest.operations import invariants
from contest.privacy import journal
from contest.privacy import services as privacy
from contest.upkeep.archive import FORMAT, HEAD, MANIFEST, Manifest, Part, is_key, parts
from contest.upkeep.refusals import (
    BackupAltered,
    BackupIncomplete,
    BackupTooNew,
    FilesWereMissing,
    NotEmpty,
    NotTheSame,
)
from contest.upkeep.tables import Fingerprint, count_on, fill, fingerprint, lines, references_later, tables_of

TELLING = ("contest", "user", "blob", "audit_line")
"""Tables that have rows as soon as anybody has done anything."""
BLOCK = 1 << 20

Progress = Callable[[int], None]


def verified(file: Path, passphrase: str | None, progress: Progress) -> Manifest:
    """Read a whole backup and compare everything in it with its manifest.

    :param progress: told bytes of files, some at a time
    :raise BackupRefused: and nothing was touched
    """
    head: Manifest | None = None
    found: Manifest | None = None
    tables: dict[str, Fingerprint] = {}
    files: dict[str, int] = {}
    keys: dict[str, str] = {}
    with parts(file, passphrase) as inside:
        for kind, group in groupby(inside, key=lambda part: (part.kind, part.name if part.kind == "rows" else "")):
            if kind[0] == "rows":
                if kind[1] in tables:
                    raise BackupAltered(place=f"rows/{kind[1]}")
                tables[kind[1]] = fingerprint(_lines(group))
                continue
            for part in group:
                if part.kind == HEAD:
                    head = Manifest.read(part.whole())
                    check_is_known(head)
                elif part.kind == MANIFEST:
                    found = Manifest.read(part.whole())
                elif part.kind == "keys":
                    if not is_key(part.name):
                        raise BackupAltered(place=f"keys/{part.name}")
                    keys[part.name] = sha256(part.whole()).hexdigest()
                else:
                    files[part.name] = part.size
                    if _hash(part.stream, progress) != part.name:
                        files.pop(part.name)
    if head is None or found is None:
        raise BackupIncomplete
    here = {"head": head.head, "tables": tables, "files": files, "keys": keys}
    for name, what in here.items():
        if what != getattr(found, name):
            raise BackupAltered(place=_first_difference(name, what, getattr(found, name)))
    return found


def check_is_known(found: Manifest) -> None:
    """Pass when this version of the system knows how the backup is written and shaped.

    :raise BackupTooNew: if it does not
    """
    if found.head.format > FORMAT or found.head.step not in migrations.steps():
        raise BackupTooNew(step=found.head.step)


def check_may_be_restored(found: Manifest, *, with_faults: bool, replace: bool) -> None:
    """Pass when a backup may be brought in here.

    :raise FilesWereMissing: if it lacks files, unless that is accepted
    :raise NotEmpty: if there is something here, unless it is to be replaced
    """
    if found.absent and not with_faults:
        raise FilesWereMissing(count=len(found.absent))
    if not replace and not is_empty():
        raise NotEmpty


def is_empty() -> bool:
    """Say whether nobody has done anything in this instance yet."""
    with db.engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
        tables = {name: table for name, table in db.metadata.tables.items() if name in TELLING and name in there}
        return not any(connection.execute(select(1).select_from(table).limit(1)).first() for table in tables.values())


def bring_in(file: Path, passphrase: str | None, found: Manifest, progress: Progress) -> None:
    """Put rows, files and keys back, in the caller's transaction, and compare every table with what it was.

    :raise NotTheSame: if one is not; the caller's transaction must not be committed
    """
    connection = db.session.connection()
    tables = tables_of(connection)
    with references_later(connection):
        with parts(file, passphrase) as inside:
            for kind, group in groupby(inside, key=lambda part: (part.kind, part.name if part.kind == "rows" else "")):
                if kind[0] == "rows":
                    fill(connection, _table(tables, kind[1]), _lines(group))
                    continue
                for part in group:
                    if part.kind == "files" and part.name in found.files:
                        _keep_file(part)
                        progress(part.size)
                    elif part.kind == "keys":
                        _keep_key(part)
        for table in tables.values():
            count_on(connection, table)
    _compare(connection, tables, found)
    if found.head.clock_offset is not None:
        clock.move_by(timedelta(seconds=found.head.clock_offset))


def erase_again(source: Path, now: datetime) -> set[str] | None:
    """Erase once more whom somebody erased since the backup was made; in the caller's transaction.

    Their random ids stand in a journal beside the rows; where the rows come from another machine, in the one that lies
    beside the backup.

    :return: hashes of files whose bytes go after the commit; None where nobody was ever erased
    """
    here = Path(current_app.instance_path)
    journal.take_in(here, source.with_name(journal.FILE))
    return set(privacy.reapply(now)) if any(journal.lines(here)) else None


def proofs() -> list[str]:
    """Say everything that does not hold: in the log, in the rows that it binds, in the files."""
    return invariants.broken()


def _compare(connection: Connection, tables: dict[str, Table], found: Manifest) -> None:
    for name, was in found.tables.items():
        if fingerprint(lines(connection, tables[name])) != was:
            raise NotTheSame(table=name)


def _table(tables: dict[str, Table], name: str) -> Table:
    if name not in tables:
        raise BackupAltered(place=f"rows/{name}")
    return tables[name]


def _keep_file(part: Part) -> None:
    received = storage.receive(part.stream, limit=part.size)
    if received.sha256 != part.name:
        raise BackupAltered(place=f"files/{part.name}")


def _keep_key(part: Part) -> None:
    """Put a key in its place, readable by its owner alone; the one that is there was made by starting just now."""
    file = Path(current_app.instance_path) / part.name
    draft = file.with_name(f"{file.name}.restored")
    draft.touch(0o600)
    draft.write_bytes(part.whole())
    draft.replace(file)


def _lines(group: Iterator[Part]) -> Iterator[bytes]:
    """Unpack the parts of a table, a line at a time."""
    for part in group:
        unpacking, left = zlib.decompressobj(wbits=31), b""
        try:
            while chunk := part.stream.read(BLOCK):
                content = chunk
                while content:
                    read = (left + unpacking.decompress(content, BLOCK)).splitlines(keepends=True)
                    left = b"" if not read or read[-1].endswith(b"\n") else read.pop()
                    yield from read
                    content = unpacking.unconsumed_tail
        except zlib.error as error:
            raise BackupAltered(place=f"rows/{part.name}") from error
        if left or not unpacking.eof:
            raise BackupAltered(place=f"rows/{part.name}")


def _hash(stream: IO[bytes], progress: Progress) -> str:
    digest = sha256()
    while chunk := stream.read(BLOCK):
        digest.update(chunk)
        progress(len(chunk))
    return digest.hexdigest()


def _first_difference(name: str, here: object, told: object) -> str:
    if isinstance(here, dict) and isinstance(told, dict):
        for key in sorted({*here, *told}):
            if here.get(key) != told.get(key):
                return f"{name}/{key}"
    return name
