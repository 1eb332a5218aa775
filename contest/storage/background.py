"""Making what people look at, after a file has arrived."""

import logging
from pathlib import Path
from typing import Any

from contest import clock, jobs
from contest.database import db, transaction
from contest.jobs import Job
from contest.jobs.services import Progress
from contest.storage import derivatives, files, services
from contest.storage.errors import FileUnreadable, StoreUnreachable
from contest.storage.models import Blob, DerivedState, Scan
from contest.storage.scanning import LargerThanScanned, ScannerAway

log = logging.getLogger(__name__)


@jobs.handler(derivatives.JOB)
def derive(job: Job, progress: Progress) -> dict[str, Any]:
    """Draw, encode or copy one file. Doing it twice gives the same rows; bytes that are gone need nothing."""
    sha256 = job.payload["sha256"]
    blob = db.session.get(Blob, sha256)
    if blob is None or blob.kind is None:
        return {"parts": 0}
    kind = blob.kind
    progress(0, 1)
    if blob.scan in (Scan.WAITING, Scan.INFECTED) and _look_for_viruses(sha256) == Scan.INFECTED:
        return {"parts": 0, "infected": True}
    blob = db.session.get_one(Blob, sha256)
    like = job.payload.get("like")
    if like is not None and blob.derived == DerivedState.WAITING:
        with transaction():
            if derivatives.share(db.session.get_one(Blob, sha256), like):
                return {"like": like}

    with derivatives.in_workspace() as folder:
        try:
            made = derivatives.make(files.path(sha256), kind, Path(folder), progress)
            for part in made:
                part["received"] = files.adopt(Path(part["file"]))
        except StoreUnreachable as error:
            raise jobs.NotYet(error.message) from error
        except (derivatives.CannotDraw, FileUnreadable) as reason:
            code = str(reason) if isinstance(reason, derivatives.CannotDraw) else "stopped"
            with transaction():
                derivatives.remember_failure(db.session.get_one(Blob, sha256), code)
            return {"parts": 0, "failed": code}

    with transaction():
        blob = db.session.get_one(Blob, sha256)
        if blob.scan != Scan.INFECTED:  # the scanner may have come to it meanwhile
            derivatives.remember(blob, made)
    return {"parts": len(made)}


@jobs.handler(services.SCANNING)
def scan(job: Job, progress: Progress) -> dict[str, Any]:
    """Have the virus scanner look at a file, unless it is gone. A scanner that is away is waited for."""
    found = _look_for_viruses(job.payload["sha256"])
    return {"scan": found}


@jobs.daily("storage.scan_again")
def scan_again(job: Job, progress: Progress) -> dict[str, Any]:
    """Ask for a look at everything that no scanner has looked at whole."""
    if services.scanner() is None:
        return {"asked": 0}
    now = clock.now()
    with transaction():
        waiting = services.not_scanned()
        for blob in waiting:
            services.ask_for_scan(blob, now=now, again=str(clock.local(now).date()))
    return {"asked": len(waiting)}


def _look_for_viruses(sha256: str) -> Scan | None:
    """Send a file to the scanner, outside any transaction, and record what it says.

    :return: what it says; None of a file that is gone
    """
    blob = db.session.get(Blob, sha256)
    if blob is None or blob.scan in (Scan.CLEAN, Scan.INFECTED):
        return Scan(blob.scan) if blob is not None else None
    scanner, finding = services.scanner(), None
    db.session.rollback()
    if scanner is None:
        result = Scan.NONE
    else:
        try:
            finding = scanner.scan(files.read(sha256))
            result = Scan.INFECTED if finding else Scan.CLEAN
        except LargerThanScanned:
            result = Scan.TOO_LARGE
            log.warning("the virus scanner does not take a file as long as %s; raise its StreamMaxLength", sha256)
        except ScannerAway as error:
            raise jobs.NotYet(f"the virus scanner: {error}") from error
        except StoreUnreachable as error:
            raise jobs.NotYet(error.message) from error
    if finding:
        log.warning("the virus scanner found %r in %s", finding, sha256)
    with transaction():
        blob = db.session.get(Blob, sha256)
        if blob is not None:
            services.remember_scan(blob, result, finding=finding, now=clock.now())
    return result
