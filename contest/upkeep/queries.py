"""How the machine is: what a status page says, and what a program asks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import func, or_, select, text
from sqlalchemy.exc import SQLAlchemyError

from contest import clock, config, migrations, storage
from contest.database import db
from contest.errors import ContestError
from contest.jobs.models import Job, JobState
from contest.mail.models import Letter, LetterState
from contest.operations.queries import BACKUP, is_stuck, known_damaged
from contest.storage import files
from contest.upkeep.models import Pulse
from contest.web.formats import as_bytes, as_datetime, as_duration
from contest.web.refusals import words

SILENT = timedelta(minutes=2)
"""A worker that has given no pulse for so long, and does nothing, is gone."""
LATE = 2
"""A backup is old when so many periods have passed since the last."""
WAITING = timedelta(minutes=15)
"""A letter that has waited so long for a mail server is worth a line."""
BEGUN = text(
    "SELECT greatest(pg_postmaster_start_time(),"
    " (SELECT max(backend_start) FROM pg_stat_activity WHERE backend_type = 'checkpointer'))"
)
"""When PostgreSQL was started: by somebody or, where we may see that, by itself after one of its processes died."""


@dataclass(frozen=True)
class State:
    """One thing on which the contest rests.

    :ivar is_well: False for a fault; None for what is not set up
    :ivar says: how it is, a sentence
    :ivar todo: what whoever runs the machine does about it
    """

    code: str
    label: str
    is_well: bool | None
    says: str
    todo: str = ""


def states(now: datetime) -> list[State]:
    """Look at everything on which the contest rests, a line each."""
    return [_rows(), _store(), _disk(), _files(), _worker(now), _work(), _mail(now), _backup(now), _clock()]


def settings() -> config.Settings:
    """Give the settings of this instance."""
    found: config.Settings = current_app.config["SETTINGS"]
    return found


def _type(command: str) -> str:
    return _("On the server, type: %(command)s", command=command)


def _set(setting: str) -> str:
    return _("On the server, set %(setting)s.", setting=setting)


def _rows() -> State:
    label = _("Rows of the database")
    if not migrations.is_current():
        return State("rows", label, False, _("The tables do not have the newest shape."), _type("contest migrate"))
    if db.engine.dialect.name == "sqlite":
        return State("rows", label, True, _("SQLite answers, the tables have the newest shape."))
    since = as_datetime(db.session.execute(BEGUN).scalar_one())
    says = _("PostgreSQL answers since it was started at %(time)s, the tables have the newest shape.", time=since)
    return State("rows", label, True, says)


def _store() -> State:
    label = _("Store of files")
    try:
        files.place().check()
    except (ContestError, OSError) as error:
        return State(
            "store",
            label,
            False,
            words(error) if isinstance(error, ContestError) else _("It can be neither read nor written."),
            _("Nothing can be handed in. Look whether the disk is full or was mounted for reading only."),
        )
    return State("store", label, True, _("It can be read and written."))


def free_room() -> int:
    """Bytes that are free where this machine keeps rows and files."""
    return shutil.disk_usage(current_app.instance_path).free


def has_reserve() -> bool:
    """Say whether the room that is left to the rows is still free."""
    return free_room() >= settings().disk_reserve_megabytes * storage.MEGABYTE


def _disk() -> State:
    free, label = as_bytes(free_room()), _("Disk")
    if has_reserve():
        return State("disk", label, True, _("%(size)s are free.", size=free))
    says = _("Only %(size)s are free. Files are no longer taken in, so that acts can still be written down.", size=free)
    return State("disk", label, False, says, _("Make room, or move the instance to a larger disk."))


def _files() -> State:
    found, label = known_damaged(), _("Kept files")
    if not found:
        return State("files", label, True, _("No file is missing or altered."))
    return State(
        "files",
        label,
        False,
        _("%(count)s files are missing or altered: they are not given out.", count=len(found)),
        _("Bring them back from the last backup: %(names)s", names=", ".join(name[:16] for name in found[:5])),
    )


def worker_lives(now: datetime) -> bool:
    """Say whether a worker was seen lately, or is at a piece of work."""
    seen = db.session.scalar(select(func.max(Pulse.seen_at)))
    if seen is not None and now - seen < SILENT:
        return True
    busy = select(Job.id).where(Job.state == JobState.RUNNING, Job.lease_until > now).limit(1)
    return db.session.scalar(busy) is not None


def _worker(now: datetime) -> State:
    label = _("Worker")
    if worker_lives(now):
        return State("worker", label, True, _("It is at work."))
    seen = db.session.scalar(select(func.max(Pulse.seen_at)))
    says = (
        _("No worker was seen since %(at)s: letters wait, and nothing is drawn.", at=as_datetime(seen))
        if seen is not None
        else _("No worker was ever seen: letters wait, and nothing is drawn.")
    )
    return State("worker", label, False, says, _type("contest worker"))


def _work() -> State:
    failed = db.session.scalar(select(func.count(Job.id)).where(is_stuck()))
    label = _("Background work")
    if failed:
        says = _("%(count)s pieces of work did not succeed.", count=failed)
        return State("work", label, False, says, _("The letters page says which, and why."))
    return State("work", label, True, _("Nothing has failed."))


def _mail(now: datetime) -> State:
    label = _("Mail")
    if not current_app.config["SMTP_URL"]:
        return State(
            "mail", label, None, _("No mail server is set up: letters stay in the outbox."), _set("CONTEST_SMTP_URL")
        )
    late = or_(Letter.error != "", Letter.created_at < now - WAITING)
    count = db.session.scalar(select(func.count(Letter.id)).where(Letter.state == LetterState.QUEUED, late)) or 0
    lost = (Letter.state == LetterState.FAILED) & (Letter.text != "")  # what was deleted can be sent by nobody
    failed = db.session.scalar(select(func.count(Letter.id)).where(lost)) or 0
    if count:
        says = _("%(count)s letters wait because the mail server does not take them.", count=count)
        return State("mail", label, False, says, _("They are sent by themselves when the server is back."))
    if failed:
        says = _("%(count)s letters could not be delivered.", count=failed)
        return State("mail", label, False, says, _("Look at them on the letters page, and send them again."))
    return State("mail", label, True, _("Letters go out."))


def newest_backup() -> Job | None:
    """Find the newest backup that the worker has made."""
    made = select(Job).filter_by(kind=BACKUP, state=JobState.DONE).order_by(Job.finished_at.desc()).limit(1)
    return db.session.scalar(made)


def _backup(now: datetime) -> State:
    label = _("Backup")
    if not settings().backup_folder:
        return State("backup", label, None, _("No backups are made by themselves."), _set("CONTEST_BACKUP_FOLDER"))
    last = newest_backup()
    failed = db.session.scalar(
        select(Job)
        .where(Job.kind == BACKUP, Job.error != "", Job.state != JobState.DONE)
        .order_by(Job.id.desc())
        .limit(1)
    )
    if failed is not None and (last is None or failed.id > last.id):
        says = _("The last backup did not succeed: %(error)s", error=failed.error)
        return State("backup", label, False, says, _("Look whether the folder of backups can be written and has room."))
    if last is None or last.finished_at is None:
        return State("backup", label, False, _("No backup was made yet."), _("It is made when the worker runs."))
    return _newest(last, last.finished_at, now)


def _newest(last: Job, at: datetime, now: datetime) -> State:
    label, todo = _("Backup"), ""
    about = {"at": as_datetime(at), "size": as_bytes(last.result["size"])}
    is_well = True
    says = _("The last one is of %(at)s (%(size)s).", **about)
    if now - at > LATE * timedelta(hours=settings().backup_hours):
        is_well, todo = False, _("Look whether the worker runs.")
    elif _is_lost(last.result["file"]):
        says += " " + _("Its file is no longer in the folder.")
        is_well, todo = False, _("Look whether the folder of backups can be written and has room.")
    elif last.result["absent"]:
        says += " " + _("%(count)s files were missing or damaged.", count=last.result["absent"])
        is_well, todo = False, _type("contest invariants")
    elif not last.result["encrypted"]:
        says += " " + _("It is not encrypted.")
        todo = _set("CONTEST_BACKUP_PASSPHRASE")
    return State("backup", label, is_well, says, todo)


def _is_lost(name: str) -> bool:
    """Say whether a backup is gone from its folder, where this machine has that folder."""
    folder = Path(settings().backup_folder)
    return folder.is_dir() and not (folder / name).is_file()


def _clock() -> State:
    behind, label = clock.of_instance().set_back(), _("Clock")
    if not behind:
        return State("clock", label, True, _("It has not been set back."))
    says = _(
        "The clock of the machine was set back by %(time)s. The time of the contest goes on: no deadline comes again.",
        time=as_duration(behind.total_seconds()),
    )
    return State("clock", label, False, says, _("Put the clock right; if it is right now, type: contest clock --trust"))


def unready() -> Iterator[str]:
    """Name what keeps this instance from serving, a word each; nothing when it can."""
    try:
        if not migrations.is_current():
            yield "migrations"
    except SQLAlchemyError:
        db.session.rollback()
        yield "database"
    try:
        files.place().check()
    except (ContestError, OSError):
        yield "storage"
    if Path(current_app.instance_path).exists() and not has_reserve():
        yield "disk"
