"""Copying a whole store to another place, file by file and compared on both sides."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import select

from contest.database import db
from contest.storage import files
from contest.storage.models import Blob
from contest.storage.places import Place, Received, holds


@dataclass(frozen=True)
class Moved:
    """What came of it.

    :ivar damaged: files that rows know and the store does not have as they were
    """

    copied: int
    there: int
    damaged: tuple[str, ...]


def copy_all(target: Place) -> Moved:
    """Copy every file that a row knows.

    :raise StorageFull, StoreUnreachable: if the other place does not take one; what was copied stays
    """
    known = db.session.execute(select(Blob.sha256, Blob.size).order_by(Blob.sha256)).all()
    db.session.rollback()  # files are copied without holding a reading of the rows open
    copied = there = 0
    damaged = []
    for sha256, size in known:
        found = target.look(sha256)
        if found is not None and found.size == size and holds(target, sha256):
            there += 1
        elif _copy(Received(sha256, size), target):
            copied += 1
        else:
            damaged.append(sha256)
    return Moved(copied, there, tuple(damaged))


def _copy(kept: Received, target: Place) -> bool:
    """Copy one file by way of the workspace.

    :return: whether it was there as it had been stored
    """
    on_the_way, digest = files.workspace() / secrets.token_hex(16), hashlib.sha256()
    try:
        with on_the_way.open("xb") as file:
            for chunk in files.read(kept.sha256):
                digest.update(chunk)
                file.write(chunk)
        if digest.hexdigest() != kept.sha256:
            return False
        target.keep(on_the_way, kept)
    except FileNotFoundError:
        return False
    finally:
        on_the_way.unlink(missing_ok=True)
    return True
