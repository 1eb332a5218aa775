"""What a worker does for the works: telling whoever sent a file that a virus was found in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contest import clock, jobs
from contest.database import db, transaction
from contest.entries import queries, services
from contest.entries.models import Attachment
from contest.jobs import Job, Wanted
from contest.jobs.services import Progress

TELLING = "entries.tell_infected"


@jobs.lookout
def find_infected() -> Iterator[Wanted]:
    """Ask for a letter about each file in which the scanner has found something."""
    for attachment_id, contest_id in queries.infected_files():
        yield Wanted(TELLING, f"{TELLING}:{attachment_id}", {"attachment": attachment_id}, contest_id)


@jobs.handler(TELLING)
def tell_infected(job: Job, progress: Progress) -> dict[str, Any]:
    """Write to whoever sent an infected file, and put it into the log."""
    with transaction():
        attachment = db.session.get(Attachment, job.payload["attachment"])
        if attachment is not None:
            services.tell_infected(attachment, now=clock.now())
    return {"told": attachment is not None}
