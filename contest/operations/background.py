"""What a worker does for the house, once a day: sweep, look into the store, forget what is over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select

from contest import clock, config, jobs, storage
from contest.accounts import services as accounts
from contest.database import db, transaction
from contest.jobs import Job
from contest.jobs.services import Progress
from contest.operations import queries

DAYS = 30  # in which every file of the store is read once
STEP = 50


@jobs.daily(queries.HOUSEKEEPING)
def keep_house(job: Job, progress: Progress) -> dict[str, Any]:
    """Remove files that no row knows, read a part of the others, and delete rows that have served their purpose.

    Doing it twice a day does no harm. Files that are missing or altered are kept with the job, for the staff to see,
    and looked at again each day until they are back.
    """
    now = clock.now()
    settings: config.Settings = current_app.config["SETTINGS"]
    with transaction():
        forgotten = accounts.forget_past(
            idle=timedelta(minutes=settings.session_idle_minutes),
            absolute=timedelta(hours=settings.session_hours),
            now=now,
        )
    swept = storage.sweep(now=now)
    sample = files_of_the_day(clock.local(now).date()) if not job.payload.get("all") else every_file()
    sample = sorted({*sample, *queries.known_damaged()} - set(swept.missing))
    db.session.rollback()  # files are read without holding a reading of the rows open
    damaged = set(swept.missing)
    for number, sha256 in enumerate(sample, 1):
        if not storage.is_intact(sha256):
            damaged.add(sha256)
        if number % STEP == 0:
            progress(number, len(sample))
    return {
        "forgotten": forgotten._asdict(),
        "swept": len(swept.removed),
        "read": len(sample),
        "damaged": sorted(damaged),
    }


def every_file() -> list[str]:
    """List all files, to be read when one was found damaged between two days."""
    return list(db.session.scalars(select(storage.Blob.sha256)))


def files_of_the_day(day: date) -> list[str]:
    """Choose the files to be read on a day, so that within a month every file is."""
    turn = day.toordinal() % DAYS
    return [
        sha256
        for sha256 in db.session.scalars(select(storage.Blob.sha256).order_by(storage.Blob.sha256))
        if int(sha256[:8], 16) % DAYS == turn
    ]
