"""Letters that remind jurors, written on the days of the plan by whichever worker comes first."""

from __future__ import annotations

from datetime import date
from typing import Any

from contest import clock, jobs
from contest.database import db, transaction
from contest.jobs import Job
from contest.jobs.services import Progress
from contest.judging import queries, reminding, services
from contest.judging.models import ReminderPlan


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
