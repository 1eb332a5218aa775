"""What a worker does for the room, once a day: delete bank details whose period is over."""

from __future__ import annotations

from typing import Any

from contest import clock, jobs
from contest.database import transaction
from contest.jobs import Job
from contest.jobs.services import Progress
from contest.winners import services


@jobs.daily("winners.forget_bank_details")
def forget_bank_details(job: Job, progress: Progress) -> dict[str, Any]:
    """Delete what the regulation does not let us keep any longer. Doing it twice a day does no harm."""
    with transaction():
        return {"forgotten": services.forget_bank_details(now=clock.now())}
