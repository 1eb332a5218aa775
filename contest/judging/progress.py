"""How far a round has come: counts by juror and panel, and who is behind the pace that ends in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
    """One juror for the works of one panel, as counted in the database."""

    juror_id: int
    panel: str
    tally: Tally
    last_at: datetime | None = None


@dataclass(frozen=True)
class JurorProgress:
    """One juror over the works of all panels they judge for."""

    juror_id: int
    panels: tuple[str, ...]
    tally: Tally
    last_at: datetime | None
    due: int  # sheets that an even pace would have sent by now

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


@dataclass(frozen=True)
class Board:
    """The progress of one round."""

    total: Tally
    by_panel: dict[str, Tally]
    by_juror: tuple[JurorProgress, ...]

    @property
    def unfinished(self) -> tuple[JurorProgress, ...]:
        """Jurors with works left: those a reminder is for."""
        return tuple(line for line in self.by_juror if line.tally.left)


def elapsed_permille(opens: datetime, closes: datetime, now: datetime) -> int:
    """How much of the time has passed, in thousandths from 0 to 1000."""
    if now <= opens:
        return 0
    if now >= closes:
        return 1000
    return int((now - opens) * 1000 // (closes - opens))


def board(lines: Iterable[Line], *, opens: datetime, closes: datetime, now: datetime) -> Board:
    """Add up the counts by panel and by juror, slowest jurors first."""
    elapsed = elapsed_permille(opens, closes, now)
    by_panel: dict[str, Tally] = {}
    jurors: dict[int, list[Line]] = {}
    for line in lines:
        by_panel[line.panel] = by_panel.get(line.panel, Tally()) + line.tally
        jurors.setdefault(line.juror_id, []).append(line)

    by_juror = []
    for juror_id, own in jurors.items():
        tally = sum((line.tally for line in own), Tally())
        by_juror.append(
            JurorProgress(
                juror_id=juror_id,
                panels=tuple(line.panel for line in own),
                tally=tally,
                last_at=max((line.last_at for line in own if line.last_at), default=None),
                due=tally.assigned * elapsed // 1000,
            )
        )
    by_juror.sort(key=lambda juror: (juror.tally.permille, -juror.tally.left, juror.juror_id))
    return Board(sum(by_panel.values(), Tally()), by_panel, tuple(by_juror))
