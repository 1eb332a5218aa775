"""On which days jurors are reminded by themselves, and at what hour."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

EARLIEST_HOUR, LATEST_HOUR = 7, 20
QUIET_FROM = 21  # a letter that was not written by then waits for the next morning
LATE_BY = 2  # days after which a reminder that was missed is no longer made up for


@dataclass(frozen=True)
class Plan:
    """When the jurors of a round are reminded: so many days before its last day, and every so many days.

    :ivar before: days before the last day; 0 is the last day itself
    :ivar every: 0 for never
    :ivar hour: full hour of the contest's zone
    """

    before: Collection[int]
    every: int
    hour: int

    def falls_on(self, day: date, *, first: date, last: date) -> bool:
        """Whether jurors are reminded on a day of a round that goes from its first day to its last."""
        if not first < day <= last:
            return False
        return (last - day).days in self.before or (self.every > 0 and (day - first).days % self.every == 0)


def days_of(opens: datetime, closes: datetime, zone: tzinfo) -> tuple[date, date]:
    """The first and the last day of a round; the end is exclusive, so midnight belongs to the day before."""
    return opens.astimezone(zone).date(), (closes - timedelta(microseconds=1)).astimezone(zone).date()


def planned_days(plan: Plan, *, first: date, last: date, today: date) -> list[date]:
    """The days up to today whose reminder is due, or was missed so lately that it is still worth a letter."""
    days = (today - timedelta(days=back) for back in range(LATE_BY, -1, -1))
    return [day for day in days if plan.falls_on(day, first=first, last=last)]


def coming_days(plan: Plan, *, first: date, last: date, today: date) -> list[date]:
    """The days from today on at which jurors will be reminded."""
    start = max(today, first)
    return [
        day
        for day in (start + timedelta(days=on) for on in range(max((last - start).days + 1, 0)))
        if plan.falls_on(day, first=first, last=last)
    ]


def civil_moment(day: date, hour: int, now: datetime, zone: tzinfo) -> datetime:
    """The moment at which a reminder of a day is written: at its hour, or when that is past, as soon as it is day."""
    here = now.astimezone(zone)
    planned = datetime.combine(day, time(hour), zone)
    if here <= planned:
        return planned
    if here.hour >= QUIET_FROM:
        return datetime.combine(here.date() + timedelta(days=1), time(hour), zone)
    return max(here, datetime.combine(here.date(), time(hour), zone))
