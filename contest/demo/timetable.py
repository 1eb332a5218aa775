"""When things happen in a demo: every hour is taken from the calendar of its regulation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from contest.clock import ZONE

if TYPE_CHECKING:
    from contest.regulations.schedule import Moments
    from contest.regulations.schema import Regulation


class Phase(StrEnum):
    """Where the demo stands."""

    RECEIVING = "receiving"
    SCREENING = "screening"
    PRELIMINARY = "preliminary"
    FINAL = "final"
    POSTED = "posted"
    PUBLISHED = "published"


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Give a moment of a day in the contest's zone."""
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


@dataclass(frozen=True)
class Timetable:
    """The hours of one contest."""

    regulation: Regulation

    def now(self, phase: Phase) -> datetime:
        """Give the moment at which a demo in this phase stands still."""
        calendar, rounds = self.regulation.calendar, self.regulation.rounds
        if phase is Phase.RECEIVING:
            return at(_part(calendar.receipt, 0.7), 10, 24)
        if phase is Phase.SCREENING:
            return at(calendar.screening.first + timedelta(days=calendar.screening.days // 2), 14, 5)
        if phase is Phase.PRELIMINARY:
            return at(_part(rounds[0], 0.5), 10, 24)
        if phase is Phase.FINAL:
            return at(_part(rounds[-1], 0.45), 9, 30)
        if phase is Phase.POSTED:
            return self.hung(4, 9, 30)
        return at(calendar.ceremony_on + timedelta(days=1), 8, 15)

    @property
    def launched(self) -> datetime:
        """When the regulation is adopted."""
        return at(self.regulation.calendar.launched_on, 8)

    @property
    def receives(self) -> tuple[datetime, datetime]:
        """When the first and the last work come in."""
        receipt = self.regulation.calendar.receipt
        return receipt.opens + timedelta(hours=7), receipt.closes - timedelta(minutes=10)

    @property
    def screens(self) -> tuple[datetime, datetime]:
        """When the first and the last dossier are checked."""
        screening = self.regulation.calendar.screening
        return at(screening.first, 8), at(screening.last, 11)

    def closes(self, code: str) -> datetime:
        """When a round is settled and sealed."""
        return self.regulation.round(code).closes + timedelta(hours=1)

    @property
    def proposed(self) -> datetime:
        """When the sealed final is proposed."""
        return self.closes(self.regulation.rounds[-1].code) + timedelta(hours=1)

    @property
    def posted(self) -> datetime:
        """When the list is hung, where it is."""
        posting = self.regulation.calendar.posting
        return at(posting.first, 8) if posting else self.proposed + timedelta(hours=2)

    def hung(self, day: int, hour: int, minute: int = 0) -> datetime:
        """Give a moment so many days after the list was hung."""
        return at(self.posted.astimezone(ZONE).date() + timedelta(days=day), hour, minute)

    @property
    def decided(self) -> datetime:
        """When the decision is recorded."""
        return at(self.regulation.calendar.decision_on, 9)

    @property
    def drawn(self) -> datetime:
        """When the certificates are numbered and drawn."""
        return self.decided + timedelta(hours=2)

    @property
    def published(self) -> datetime:
        """When the results are made public."""
        return max(at(self.regulation.calendar.ceremony_on, 8), self.drawn + timedelta(hours=2))


def _part(span: Moments, share: float) -> date:
    """Give the day on which so much of a span is over."""
    days = (span.last_day - span.first_day).days + 1
    return span.first_day + timedelta(days=int(days * share))
