"""The dates of a contest as its regulation gives them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import Field, Strict

from contest.clock import ZONE
from contest.regulations.shape import Closing, Count, Day, Opening, Part, midnight


class DateSpan(Part):
    """Whole days, first and last included."""

    first: Day
    """First day."""
    last: Day
    """Last day, itself included."""

    @property
    def days(self) -> int:
        """How many days, first and last counted."""
        return (self.last - self.first).days + 1

    @property
    def starts(self) -> datetime:
        """The first instant of the first day."""
        return midnight(self.first)

    @property
    def ends(self) -> datetime:
        """The instant after the last day."""
        return midnight(self.last + timedelta(days=1))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


class Moments(Part):
    """A span of time that is open from its first instant to just before its last."""

    opens: Opening
    """When it opens; a date alone means its first instant."""
    closes: Closing
    """When it closes, exclusive; a date alone means to the end of that day."""

    def is_open(self, now: datetime) -> bool:
        """Say whether the moment lies inside."""
        return self.opens <= now < self.closes

    @property
    def first_day(self) -> date:
        """The local day on which it opens."""
        return self.opens.astimezone(ZONE).date()

    @property
    def last_day(self) -> date:
        """The last local day on which it is open."""
        return (self.closes - timedelta(microseconds=1)).astimezone(ZONE).date()

    @property
    def to_the_end_of_the_day(self) -> bool:
        """Say whether it closes at midnight, which people write as "đến hết ngày"."""
        return self.closes.astimezone(ZONE) == midnight(self.last_day + timedelta(days=1))


class Calendar(Part):
    """From the launch to the ceremony."""

    launched_on: Day
    """The day the contest is launched."""
    publication: DateSpan
    """When a work must have been published or broadcast."""
    receipt: Moments
    """When works are received."""
    grace_minutes: Annotated[int, Strict(), Field(ge=0, le=1440)] = 0
    """How long an upload begun before the deadline may take to finish."""
    screening: DateSpan
    """When the secretariat checks the dossiers."""
    posting_days: Count | None = None
    """How many days the proposed list is posted, at least; left out together with ``posting`` when it is not posted."""
    posting: DateSpan | None = None
    """When the proposed list is posted."""
    decision_on: Day
    """The day of the decision."""
    ceremony_on: Day
    """The day of the ceremony."""
