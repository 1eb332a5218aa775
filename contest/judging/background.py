"""What a worker does for the jury room: letters that remind jurors, and looking for names where these are hidden."""

from __future__ import annotations

from datetime import date
from typing import Any

from contest import clock, jobs, storage
from contest.database import db, transaction
from contest.jobs import Job
from contest.jobs.services import Progress
from contest.judging import queries, reminding, services
from contest.judging.byline import Known, Place, Telling, telling
from contest.judging.models import ReminderPlan, Round
from contest.judging.queries import BlindFile
from contest.storage import limited
from contest.storage.errors import ParserFailed


@jobs.daily("judging.plan_reminders")
def ask_for_reminders(job: Job, progress: Progress) -> dict[str, Any]:
    """Ask for the reminders of this day, and for those of a day on which nothing ran. Doing it twice asks once."""
    with transaction():
        asked = [services.remind_as_planned(plan, now=clock.now()) for plan in queries.plans_in_force()]
    return {"asked": sum(map(len, asked))}


@jobs.handler(services.REMINDING)
def write_reminders(job: Job, progress: Progress) -> dict[str, Any]:
    """Remind the jurors of a round as its plan says now; each has one letter a day whoever asks for it.

    A worker that comes to it at night leaves it to the morning. A plan that was changed meanwhile has its own jobs.
    """
    now = clock.now()
    day = date.fromisoformat(job.payload["day"])
    with transaction():
        plan = db.session.get(ReminderPlan, job.payload["round"])
        window = plan.round.window() if plan is not None else None
        if plan is None or window is None or not window.takes_sheets(now):
            return {"written": 0}
        first, last = reminding.days_of(window.opens, window.closes, clock.ZONE)
        if not plan.rule.falls_on(day, first=first, last=last):
            return {"written": 0}
        if reminding.civil_moment(day, plan.hour, now, clock.ZONE) > now:
            services.ask_for(plan, day, now=now, after=f":{clock.local(now).date()}")
            return {"written": 0}
        done = services.remind(plan.round, only_behind=plan.only_behind, by=None, now=now)
    return {"written": len(done.written), "already": len(done.already)}


SECONDS = 30


@jobs.daily("judging.look_through")
def look_through(job: Job, progress: Progress) -> dict[str, Any]:
    """Look for names in what came in since yesterday, in every round that hides them."""
    numbers = [round_.id for round_ in queries.blind_rounds()]
    return {"read": sum(_look_for_names(number, progress) for number in numbers)}


@jobs.handler(services.LOOKING)
def look_for_names(job: Job, progress: Progress) -> dict[str, Any]:
    """Look for names in what jurors of a round see and nobody has looked through yet."""
    return {"read": _look_for_names(job.payload["round"], progress)}


def _look_for_names(round_id: int, progress: Progress) -> int:
    """Read work by work; files are opened in the limited process, and no transaction waits for them."""
    round_ = db.session.get_one(Round, round_id)
    numbers = [each.work.entry_id for each in queries.blind_works(round_)]
    db.session.rollback()
    read = 0
    for done, number in enumerate(numbers, 1):
        read += _look_through_work(round_id, number)
        if done % 20 == 0 or done == len(numbers):
            progress(done, len(numbers))
    return read


def _look_through_work(round_id: int, entry_id: int) -> int:
    round_ = db.session.get_one(Round, round_id)
    found = next(iter(queries.blind_works(round_, [entry_id])), None)
    if found is None:
        return 0
    known = queries.known_of([found.work]).get(found.work.revision_id, [])
    words = [one.kept() for one in queries.telling_words(found.work, known)]
    unread = [
        (file.attachment.id, file.sha256, *_telling_of(file, known)) for file in found.files if not file.is_current
    ]
    stale = found.work.read_revision_id != found.work.revision_id or found.work.telling != words
    db.session.rollback()
    if stale or unread:
        with transaction():
            work = next(iter(queries.blind_works(db.session.get_one(Round, round_id), [entry_id]))).work
            work.telling, work.read_revision_id = words, work.revision_id
            for attachment_id, sha256, telling_in_it, readable in unread:
                services.keep_found(attachment_id, sha256, telling_in_it, readable=readable, now=clock.now())
    return len(unread)


def _telling_of(file: BlindFile, known: list[Known]) -> tuple[list[Telling], bool]:
    """What the bytes that jurors see give away, and whether there was any text to read."""
    blob = db.session.get_one(storage.Blob, file.sha256)
    path = str(storage.path(file.sha256))
    try:
        read = limited.ask("reading.py", "words", seconds=SECONDS, path=path, kind=blob.kind or "")
    except ParserFailed:
        return [], False
    found = [] if file.copy is not None else telling(file.attachment.name, known, Place.file_name)
    found += telling(" ".join(read["tags"]), known, Place.metadata)
    for number, page in enumerate(read["pages"], 1):
        found += telling(page, known, Place.text, number)
    return found, any(page.strip() for page in read["pages"])
