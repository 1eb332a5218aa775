"""The calendar of a regulation as a row of steps, and what it says of a moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from contest.clock import ZONE
from contest.home.situation import Situation, situation_of
from contest.regulations.calendar import DECISION, milestones
from contest.regulations.schema import Regulation


def dated(regulation: Regulation) -> Iterator[tuple[str, str, date, date]]:
    """List the steps: key, name of a round, first and last local day. The decision is told with the ceremony."""
    for milestone in milestones(regulation):
        if milestone.code != DECISION:
            first, last = milestone.opens.astimezone(ZONE).date(), milestone.last_day.astimezone(ZONE).date()
            yield milestone.code, milestone.name or "", first, last


@dataclass(frozen=True)
class Closing:
    """When something closes, as people say it: midnight is 24:00 of the day that it ends."""

    hour: str
    day: date


def closing(closes: datetime) -> Closing:
    """Write the instant at which something closes."""
    local = closes.astimezone(ZONE)
    hour = f"{local:%H:%M}" if local.time() != datetime.min.time() else "24:00"
    return Closing(hour, (local - timedelta(microseconds=1)).date())


def situation_by(regulation: Regulation, stage: str, now: datetime) -> Situation:
    """Decide what is true of a contest under its regulation."""
    return situation_of(stage, regulation.calendar.receipt, regulation.rounds, now)
