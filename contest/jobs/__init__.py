"""Background work: a row with a state and a lease. Whoever finds it due may do it; doing it twice does no harm.

A room names a kind of work and the function that does it, in its ``background.py``::

    @jobs.handler("certificates.draw")
    def draw(job, progress):
        ...
        progress(done, total)
        return {"files": 3}

The function owns its transactions. What it returns is kept with the job. With ``@jobs.daily`` the worker asks for the
work by itself, once a day; with ``@jobs.lookout`` it asks at every look for what is found to be wanted.
"""

from contest.jobs.models import Job, JobState
from contest.jobs.services import Wanted, ask_for_daily, daily, enqueue, handler, look_out, lookout, work_once

__all__ = [
    "Job",
    "JobState",
    "Wanted",
    "ask_for_daily",
    "daily",
    "enqueue",
    "handler",
    "look_out",
    "lookout",
    "work_once",
]
