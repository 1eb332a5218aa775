"""Keeping files: the row after the bytes, and nothing kept that nobody refers to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO

from sqlalchemy import exists, select

from contest.database import db
from contest.storage import files
from contest.storage.models import Blob, Derivative
from contest.storage.places import Received
from contest.storage.sniff import Sniffed

ANY = "application/octet-stream"
GRACE = timedelta(hours=6)  # longer than any upload, so that nothing in the making is swept


@dataclass(frozen=True)
class Sweep:
    """What a look over the whole store found."""

    removed: tuple[str, ...]  # files no row knew, gone now
    missing: tuple[str, ...]  # rows whose file is not there: an incident


def store(stream: IO[bytes], *, limit: int, media_type: str = ANY) -> Blob:
    """Keep the bytes of a stream and give their row, flushed in the caller's transaction.

    For bytes we made ourselves or small ones; for an upload, `receive` before the transaction and `register` in it.

    :param limit: bytes
    """
    return register(files.receive(stream, limit=limit), media_type=media_type)


def register(received: Received, *, media_type: str = ANY, sniffed: Sniffed | None = None) -> Blob:
    """Give the row of bytes that are on disk, making it the first time they come."""
    blob = db.session.get(Blob, received.sha256)
    if blob is None:
        blob = Blob(sha256=received.sha256, size=received.size, media_type=media_type)
        db.session.add(blob)
    if sniffed is not None:
        blob.kind, blob.media_type, blob.active_content = sniffed.kind, sniffed.media_type, sniffed.active
    db.session.flush()
    return blob


def is_referred_to(sha256: str) -> bool:
    """Whether a row of any table points at these bytes; what was made from them does not count."""
    columns = (
        key.parent
        for table in db.metadata.tables.values()
        for key in table.foreign_keys
        if key.column is Blob.__table__.c.sha256 and key.parent is not Derivative.__table__.c.original_sha256
    )
    return any(db.session.scalar(select(exists().where(column == sha256))) for column in columns)


def release(sha256: str) -> bool:
    """Forget bytes that nobody refers to any more, with all that was made from them.

    The rows go now and the files with the next sweep: a rollback must not find its files gone.

    :return: whether they were forgotten
    """
    blob = db.session.get(Blob, sha256)
    if blob is None or is_referred_to(sha256):
        return False
    made = db.session.scalars(select(Derivative).filter_by(original_sha256=sha256)).all()
    for derivative in made:
        db.session.delete(derivative)
    db.session.flush()  # before the blob, whose going takes its derivatives along in the database
    db.session.delete(blob)
    db.session.flush()
    for derivative in made:
        release(derivative.sha256)
    return True


def sweep(*, now: datetime, grace: timedelta = GRACE) -> Sweep:
    """Compare rows and files both ways: remove files without a row that are old enough, name rows without a file.

    :param grace: the age from which a file without a row is nobody's
    """
    known = set(db.session.scalars(select(Blob.sha256)))
    oldest = datetime.now(now.tzinfo) - grace  # files carry the time of day of the machine, also in a demo
    removed = []
    found = set()
    for file in files.kept():
        found.add(file.sha256)
        if file.sha256 not in known and file.touched_at < oldest.timestamp():
            files.remove(file.sha256)
            removed.append(file.sha256)
    files.clear_workspace(oldest.timestamp())
    return Sweep(tuple(sorted(removed)), tuple(sorted(known - found)))
