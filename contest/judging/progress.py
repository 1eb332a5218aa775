"""How far a round has come: counts by juror, by group of works and by day, and who is behind an even pace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from contest.judging import outlook
from contest.judging.outlook import Outlook, RoundOutlook


class Pace(StrEnum):
    """How a juror's work compares with the time that has passed."""

    done = "done"
    steady = "steady"
    behind = "behind"
    untouched = "untouched"
    idle = "idle"  # nothing is assigned


@dataclass(frozen=True)
class Tally:
    """How many works are assigned, how many sheets of these are in, how many are begun."""

    assigned: int = 0
    done: int = 0
    begun: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.assigned + other.assigned, self.done + other.done, self.begun + other.begun)

    @property
    def untouched(self) -> int:
        """Works for which nothing was saved or sent."""
        return self.assigned - self.done - self.begun

    @property
    def left(self) -> int:
        """Works without a sheet."""
        return self.assigned - self.done

    @property
    def permille(self) -> int:
        """Share of the sheets that are in, in thousandths, rounded down so that 1000 means all."""
        return self.done * 1000 // self.assigned if self.assigned else 0


@dataclass(frozen=True)
class Line:
    """One juror, as counted in the database.

    :ivar recent: works of which the first sheet came in the days that the pace is taken from
    """

    juror_id: int
    tally: Tally
    recent: int = 0
    last_at: datetime | None = None


@dataclass(frozen=True)
class Group:
    """The works of one category before one panel.

    :ivar complete: works with every sheet the regulation asks for
    :ivar unassigned: works with fewer jurors than the regulation asks for
    :ivar recused: assignments given back
    """

    panel: str
    category: str
    works: int
    complete: int
    unassigned: int
    recused: int
    tally: Tally


@dataclass(frozen=True)
class JurorProgress:
    """One juror over all their works."""

    juror_id: int
    tally: Tally
    last_at: datetime | None
    due: int  # sheets that an even pace would have sent by now
    outlook: Outlook

    @property
    def behind(self) -> int:
        """Sheets missing for an even pace."""
        return max(self.due - self.tally.done, 0)

    @property
    def pace(self) -> Pace:
        """The state shown beside the name."""
        if not self.tally.assigned:
            return Pace.idle
        if not self.tally.left:
            return Pace.done
        if not self.tally.done and not self.tally.begun:
            return Pace.untouched
        # Two works are left to chance: a day off is not a delay.
        return Pace.behind if self.behind > 2 else Pace.steady

    @property
    def is_behind(self) -> bool:
        """Whether an even pace would have brought more: not begun counts from the third sheet on as well."""
        return self.tally.left > 0 and self.behind > 2


@dataclass(frozen=True)
class Board:
    """The progress of one round."""

    total: Tally
    by_juror: tuple[JurorProgress, ...]
    closes: datetime

    @property
    def unfinished(self) -> tuple[JurorProgress, ...]:
        """Jurors with works left: those a reminder is for."""
        return tuple(line for line in self.by_juror if line.tally.left)

    @property
    def behind(self) -> tuple[JurorProgress, ...]:
        """Jurors who are behind the pace that ends in time."""
        return tuple(line for line in self.by_juror if line.is_behind)

    @cached_property
    def outlook(self) -> RoundOutlook:
        """When the last juror is done."""
        return outlook.of_round((line.outlook for line in self.by_juror if line.tally.assigned), self.closes)


def elapsed_permille(opens: datetime, closes: datetime, now: datetime) -> int:
    """How much of the time has passed, in thousandths from 0 to 1000."""
    if now <= opens:
        return 0
    if now >= closes:
        return 1000
    return int((now - opens) * 1000 // (closes - opens))


def board(lines: Iterable[Line], *, opens: datetime, closes: datetime, now: datetime) -> Board:
    """Say of each juror how they stand, slowest first."""
    elapsed, since = elapsed_permille(opens, closes, now), outlook.looked_back_to(opens, now)
    by_juror = [
        JurorProgress(
            juror_id=line.juror_id,
            tally=line.tally,
            last_at=line.last_at,
            due=line.tally.assigned * elapsed // 1000,
            outlook=outlook.outlook(line.tally.left, line.recent, since=since, now=now),
        )
        for line in lines
    ]
    by_juror.sort(key=lambda juror: (juror.tally.permille, -juror.tally.left, juror.juror_id))
    return Board(sum((line.tally for line in by_juror), Tally()), tuple(by_juror), closes)


@dataclass(frozen=True)
class Day:
    """The sheets of one day, and all until its end beside those that an even pace would have brought."""

    day: date
    sent: int
    until_then: int
    even: int


def by_day(sent: Mapping[date, int], assigned: int, *, first: date, last: date, today: date) -> list[Day]:
    """Lay the sheets out over the days of the round, as far as they have come; what came before it counts to its first.

    :param sent: first sheets by the day they came
    :param last: last day of the round; sheets of extra time lie after it
    """
    if today < first:
        return []
    end = min(today, max([last, *sent]))
    length = (last - first).days + 1
    total = sum(number for day, number in sent.items() if day < first)
    days = []
    for on in range((end - first).days + 1):
        day = first + timedelta(days=on)
        came = sent.get(day, 0)
        total += came
        days.append(Day(day, came, total, assigned * min(on + 1, length) // length))
    return days
