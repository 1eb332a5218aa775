"""Reminding jurors who have sheets left: by hand, or on the days that a plan names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from contest import audit, clock, jobs
from contest.accounts.models import User
from contest.database import db, lock
from contest.judging import emails, progress, queries, reminding
from contest.judging.models import Reminder, ReminderPlan, Round
from contest.judging.reminding import Plan
from contest.judging.services.rounds import check_not_sealed

REMINDING = "judging.remind"


@dataclass(frozen=True)
class Reminded:
    """What a reminder came to.

    :ivar written: who got a letter
    :ivar already: who had one on this day, and when
    """

    written: frozenset[int]
    already: Mapping[int, datetime]


def remind(
    round_: Round,
    *,
    jurors: Collection[int] | None = None,
    only_behind: bool = False,
    by: User | None,
    now: datetime,
) -> Reminded:
    """Write to jurors who have sheets left: to each once a day, and never to those who are done.

    :param jurors: these alone; None for all
    :param only_behind: of these, those who are behind the pace that ends in time
    :param by: who asked for it; None where the plan did
    :raise WindowRefused: if the round takes in no sheets now
    """
    window = round_.window()
    window.check_takes_sheets(now)
    lock(round_)
    board = progress.board(queries.progress(round_), opens=window.opens, closes=window.closes, now=now)
    lines = board.behind if only_behind else board.unfinished
    left = {line.juror_id: line.tally.left for line in lines if jurors is None or line.juror_id in jurors}
    kept_from = queries.withheld(round_, left)
    left = {juror_id: number - kept_from[juror_id] for juror_id, number in left.items() if number > kept_from[juror_id]}
    today = clock.local(now).date()
    already = queries.reminded_on(round_, today, left)
    people = queries.people(left.keys() - already.keys())
    for juror in people.values():
        missing = left[juror.id]
        db.session.add(
            Reminder(
                round_id=round_.id, juror_id=juror.id, day=today, at=now, left=missing, by_id=by.id if by else None
            )
        )
        emails.reminder(round_, juror, missing, now=now)
    if people:
        audit.record(
            "jurors.reminded",
            contest_id=round_.contest_id,
            by=by,
            about=f"round:{round_.code}",
            now=now,
            details={"jurors": len(people), "planned": by is None},
        )
    return Reminded(frozenset(people), already)


def plan_reminders(round_: Round, plan: Plan, *, only_behind: bool, by: User, now: datetime) -> ReminderPlan:
    """Have the jurors of a round reminded on the days of a plan, from now on.

    :raise RoundSealed: once the round is sealed
    """
    check_not_sealed(round_)
    row = db.session.get(ReminderPlan, round_.id) or ReminderPlan(round_id=round_.id)
    row.before, row.every, row.hour, row.only_behind = sorted(plan.before), plan.every, plan.hour, only_behind
    row.by_id, row.at = by.id, now
    db.session.add(row)
    db.session.flush()
    _record("reminders.planned", round_, by, now, {"before": row.before, "every": row.every, "hour": row.hour})
    remind_as_planned(row, now=now)
    return row


def stop_reminders(round_: Round, *, by: User, now: datetime) -> None:
    """Remind nobody of a round any more but by hand."""
    row = db.session.get(ReminderPlan, round_.id)
    if row is not None:
        db.session.delete(row)
        _record("reminders.stopped", round_, by, now, {})


def remind_as_planned(plan: ReminderPlan, *, now: datetime) -> list[jobs.Job]:
    """Ask for the reminders of a plan whose day has come, each at its hour; asking twice is asking once.

    A day before the plan was made is not made up for.
    """
    round_ = plan.round
    window = round_.window()
    if round_.sealed_at is not None or round_.opened_at is None or now >= window.closes:
        return []
    first, last = reminding.days_of(window.opens, window.closes, clock.ZONE)
    made = clock.local(plan.at).date()
    due = reminding.planned_days(plan.rule, first=first, last=last, today=clock.local(now).date())
    return [ask_for(plan, day, now=now) for day in due if day >= made]


def ask_for(plan: ReminderPlan, day: date, *, now: datetime, after: str = "") -> jobs.Job:
    """Ask for the reminder of one day, at a civil hour.

    :param after: what sets a second asking for the same day apart from the first
    """
    job = jobs.enqueue(
        REMINDING,
        {"round": plan.round_id, "day": day.isoformat()},
        key=f"{REMINDING}:{plan.round_id}:{day}:{plan.hour}{after}",
        now=now,
        contest_id=plan.round.contest_id,
    )
    if job.state == jobs.JobState.QUEUED and not job.attempts:
        job.due_at = reminding.civil_moment(day, plan.hour, now, clock.ZONE)
    return job


def _record(act: str, round_: Round, by: User, now: datetime, details: dict[str, Any]) -> None:
    audit.record(act, contest_id=round_.contest_id, by=by, about=f"round:{round_.code}", now=now, details=details)
