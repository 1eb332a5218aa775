"""Background work: a row with a state and a lease. Whoever finds it due may do it; doing it twice does no harm.

A room names a kind of work and the function that does it, in its ``background.py``::

    @jobs.handler("certificates.draw")
    def draw(job, progress):
        ...
        progress(done, total)
        return {"files": 3}

The function owns its transactions. What it returns is kept with the job. A `NotYet` puts the work off until what
it needs is back. With ``@jobs.daily`` the worker asks for the work by itself, once a day; with ``@jobs.lookout`` it
asks at every look for what is found to be wanted.
"""

from contest.jobs.models import Job, JobState
from contest.jobs.services import (
    NotYet,
    Wanted,
    ask_for_daily,
    daily,
    daily_kinds,
    enqueue,
    handler,
    look_out,
    lookout,
    work_once,
)
from contest.jobs.waking import bell, call_workers

__all__ = [
    "Job",
    "JobState",
    "NotYet",
    "Wanted",
    "ask_for_daily",
    "bell",
    "call_workers",
    "daily",
    "daily_kinds",
    "enqueue",
    "handler",
    "look_out",
    "lookout",
    "work_once",
]
