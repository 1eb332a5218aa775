"""What a worker does for people's rights: erasures that were decided, and what runs out by itself."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import current_app

from contest import audit, clock, config, jobs
from contest.audit.erased import rewriting
from contest.database import db, transaction
from contest.jobs import Job
from contest.jobs.services import Progress
from contest.privacy import cleaning, journal, services
from contest.privacy.models import DataRequest
from contest.privacy.queries import KEEP_PERIODS
from contest.privacy.services import PERIODS
from contest.privacy.terms import Standing

log = logging.getLogger(__name__)


@jobs.handler(services.CARRY_OUT)
def carry_out(job: Job, progress: Progress) -> dict[str, Any]:
    """Erase somebody. Doing it twice does no harm: what was carried out is only cleaned up after once more."""
    gone: set[str] = set()
    with transaction():
        request = db.session.get_one(DataRequest, job.payload["request"])
        if request.standing is Standing.APPROVED:
            gone = services.carry_out(request, now=clock.now())
    tell_the_backups()
    finish(gone)
    return {"files": len(gone)}


@jobs.daily(KEEP_PERIODS)
def keep_periods(job: Job, progress: Progress) -> dict[str, Any]:
    """Delete what is kept no longer, each kind in a transaction of its own; how many of each is kept with the job."""
    forgotten, gone = {}, set()
    for number, period in enumerate(PERIODS, 1):
        with transaction():
            now = clock.now()
            with rewriting():
                count, bytes_gone = period.forget(now)
            if count:
                audit.record("period.over", now=now, details={"what": period.key, "count": count, "days": period.days})
            forgotten[period.key] = count
            gone |= bytes_gone
        progress(number, len(PERIODS))
    cleaning.remove_bytes(gone)
    return {"forgotten": forgotten, "files": len(gone)}


def tell_the_backups() -> None:
    """Lay the journal beside the backups at once, so that none of them brings anybody back who was erased since.

    Where the folder is away, the next backup does it.
    """
    settings: config.Settings = current_app.config["SETTINGS"]
    folder = Path(settings.backup_folder) if settings.backup_folder else None
    try:
        if folder is not None and folder.is_dir():
            journal.take_in(folder, Path(current_app.instance_path) / journal.FILE)
    except OSError as error:
        log.warning("the journal of erasures cannot be laid beside the backups: %s", type(error).__name__)


def finish(gone: Iterable[str]) -> None:
    """Remove after the commit what no row names any more: the bytes of files, and what is left in free pages."""
    cleaning.remove_bytes(gone)
    cleaning.clean_rows()
