"""What the worker does for the machine by itself: its pulse, and a backup when one is due."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import current_app

from contest import audit, clock, config, jobs
from contest.database import db, transaction
from contest.jobs import Job, Wanted
from contest.jobs.services import Progress
from contest.privacy import journal
from contest.upkeep import rotation
from contest.upkeep.commands import into
from contest.upkeep.models import Pulse
from contest.upkeep.queries import BACKUP

BEAT = 20.0  # seconds from one pulse to the next
TOLD = 5.0  # seconds from one word about the progress to the next

log = logging.getLogger(__name__)
_beaten: dict[str, float] = {}


@jobs.lookout
def beat() -> Iterable[Wanted]:
    """Write down from time to time that this worker lives, and how far time has come."""
    name = current_app.instance_path
    if time.monotonic() - _beaten.get(name, -BEAT) >= BEAT:
        _beaten[name] = time.monotonic()
        try:
            clock.of_instance().remember()
        except OSError as error:  # a disk that is full or was mounted for reading only: the status page tells
            log.warning("how far time has come cannot be written down: %s", type(error).__name__)
        note_pulse()
    return ()


def note_pulse() -> None:
    """Write down that a worker of this machine lives; that the clock was set back stands in the log once."""
    with transaction():
        now = clock.now()
        machine = socket.gethostname()[:255]
        pulse = db.session.get(Pulse, machine) or Pulse(machine=machine)
        pulse.seen_at = now
        db.session.add(pulse)
        behind = clock.of_instance().set_back()
        if behind and not _told:
            audit.record("clock.set_back", now=now, details={"seconds": round(behind.total_seconds())})
        _told[:] = [True] if behind else []


_told: list[bool] = []


@jobs.lookout
def backup_is_due() -> Iterable[Wanted]:
    """Ask for a backup in each period, where there is a folder for it."""
    settings: config.Settings = current_app.config["SETTINGS"]
    if not settings.backup_folder:
        return ()
    return (Wanted(BACKUP, f"{BACKUP}:{rotation.period_of(clock.now(), settings.backup_hours)}", {}),)


@jobs.handler(BACKUP)
def back_up(job: Job, progress: Progress) -> dict[str, Any]:
    """Make a backup into the folder of backups, and let go of those that are too many."""
    settings: config.Settings = current_app.config["SETTINGS"]
    folder = Path(settings.backup_folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    moment = clock.now()
    while (out := folder / rotation.name_of(moment)).exists():  # one that failed is made up for in the same second
        moment += timedelta(seconds=1)
    start, last = time.monotonic(), -TOLD

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= TOLD:
            last = time.monotonic()
            progress(done // 1000, total // 1000)

    made = into(out, with_keys=False, progress=tell)
    journal.take_in(folder, Path(current_app.instance_path) / journal.FILE)
    return {
        "file": out.name,
        "size": out.stat().st_size,
        "seconds": round(time.monotonic() - start, 1),
        "rows": made.rows,
        "files": made.files,
        "absent": made.absent,
        "encrypted": made.encrypted,
        "removed": rotate(folder, daily=settings.backup_daily, weekly=settings.backup_weekly),
    }


def rotate(folder: Path, *, daily: int, weekly: int) -> list[str]:
    """Remove the backups that need not be kept, and what a worker that died left half-written.

    :return: their names
    """
    for half in folder.glob(".contest-*.backup.part"):
        half.unlink(missing_ok=True)
    there = {moment: file for file in folder.iterdir() if (moment := rotation.moment_of(file.name)) is not None}
    gone = sorted(there.keys() - rotation.kept(there, daily=daily, weekly=weekly))
    for moment in gone:
        there[moment].unlink()
    return [there[moment].name for moment in gone]
