"""Keeping files: the row after the bytes, and nothing kept that nobody refers to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO

from flask import current_app
from sqlalchemy import exists, select

from contest import clock, config, jobs
from contest.database import db
from contest.storage import files
from contest.storage.errors import FileInfected, FileUnreadable
from contest.storage.models import WITHHELD, Blob, Derivative, DerivedState, Scan
from contest.storage.places import Received
from contest.storage.scanning import Scanner
from contest.storage.sniff import Sniffed

ANY = "application/octet-stream"
SCANNING = "storage.scan"
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
    """Give the row of bytes that are on disk, making it the first time they come.

    :raise FileUnreadable: if somebody else, who sent the very same, was refused and had them removed in this moment
    """
    blob = db.session.get(Blob, received.sha256)
    if blob is None and sniffed is not None and files.look(received.sha256) is None:
        raise FileUnreadable
    if blob is None:
        blob = Blob(sha256=received.sha256, size=received.size, media_type=media_type)
        db.session.add(blob)
    if sniffed is not None:
        blob.kind, blob.media_type, blob.active_content = sniffed.kind, sniffed.media_type, sniffed.active
    db.session.flush()
    if sniffed is not None and blob.scan == Scan.NONE and scanner() is not None:
        blob.scan = Scan.WAITING
        ask_for_scan(blob, now=clock.now())
    return blob


def discard(received: Received) -> None:
    """Remove bytes that were refused after they had come, unless a row knows them; inside a transaction.

    Writers come one after the other, so nobody registers them between the look and the removal. What is left over
    nevertheless, as when a process is killed here, goes with the sweep.
    """
    if db.session.get(Blob, received.sha256) is None:
        files.remove(received.sha256)


def scanner() -> Scanner | None:
    """Give the virus scanner of this instance, if there is one."""
    settings: config.Settings = current_app.config["SETTINGS"]
    return Scanner(settings.clamav_url) if settings.clamav_url else None


def ask_for_scan(blob: Blob, *, now: datetime, again: str = "") -> None:
    """Ask for a look at a file.

    :param again: what makes this another look than the one before
    """
    key = f"{SCANNING}:{blob.sha256}:{blob.created_at.isoformat()}{again and f':{again}'}"
    jobs.enqueue(SCANNING, {"sha256": blob.sha256}, key=key, now=now)


def remember_scan(blob: Blob, scan: Scan, *, finding: str | None = None, now: datetime) -> None:
    """Record what the scanner said. Of an infected file nothing is looked at any more, and nothing is made."""
    blob.scan, blob.scan_finding, blob.scanned_at = scan, finding and finding[:200], now
    if scan == Scan.INFECTED:
        blob.derived, blob.derived_problem = DerivedState.FAILED, FileInfected.message
        for derivative in db.session.scalars(select(Derivative).filter_by(original_sha256=blob.sha256)).all():
            db.session.delete(derivative)
            db.session.flush()
            release(derivative.sha256)
    db.session.flush()


def not_scanned() -> list[Blob]:
    """List what was sent and no scanner has looked at whole: from before there was one, or larger than it took."""
    wanted = select(Blob).where(Blob.kind.is_not(None), Blob.scan.in_([Scan.NONE, Scan.TOO_LARGE]))
    return list(db.session.scalars(wanted.order_by(Blob.created_at, Blob.sha256)))


def withheld(hashes: Collection[str]) -> dict[str, Scan]:
    """Find the files among some that nobody may be given, with what the scanner said."""
    found = select(Blob.sha256, Blob.scan).where(Blob.scan.in_(WITHHELD))
    return {sha256: Scan(scan) for sha256, scan in db.session.execute(found) if sha256 in hashes}


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
