"""Making what people look at, after a file has arrived."""

from pathlib import Path
from typing import Any

from contest import jobs
from contest.database import db, transaction
from contest.jobs import Job
from contest.jobs.services import Progress
from contest.storage import derivatives, files
from contest.storage.errors import FileUnreadable, StoreUnreachable
from contest.storage.models import Blob, DerivedState


@jobs.handler(derivatives.JOB)
def derive(job: Job, progress: Progress) -> dict[str, Any]:
    """Draw, encode or copy one file. Doing it twice gives the same rows; bytes that are gone need nothing."""
    sha256 = job.payload["sha256"]
    blob = db.session.get(Blob, sha256)
    if blob is None or blob.kind is None:
        return {"parts": 0}
    kind = blob.kind
    progress(0, 1)
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
        derivatives.remember(db.session.get_one(Blob, sha256), made)
    return {"parts": len(made)}
