"""When a round takes in sheets: opened by an act, closed by the clock, reopened for one, sealed by an act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from contest.judging.refusals import RoundClosed, RoundNotBegun, RoundNotOpened, RoundSealed


class Phase(StrEnum):
    """Where a round stands at a moment."""

    waiting = "waiting"  # not opened by the secretariat
    announced = "announced"  # opened; its first hour has not come
    open = "open"
    closed = "closed"
    sealed = "sealed"


@dataclass(frozen=True)
class Window:
    """The hours of a round and the acts that bound it.

    The hours come from the newest regulation (settled 8: the calendar only moves forward), the acts from the round.

    :param reopened_until: end of the extra time of one juror for one work, exclusive like every end
    :param remarking: whether this juror marks this work again after the sealing, which then does not close it
    """

    name: str
    opens: datetime
    closes: datetime
    opened_at: datetime | None = None
    sealed_at: datetime | None = None
    reopened_until: datetime | None = None
    remarking: bool = False

    @property
    def is_sealed(self) -> bool:
        """Whether the sealing closes it for this juror and work."""
        return self.sealed_at is not None and not self.remarking

    def phase(self, now: datetime) -> Phase:
        """Where the round stands at ``now``, extra time left aside."""
        if self.is_sealed:
            return Phase.sealed
        if self.opened_at is None:
            return Phase.waiting
        if now < self.opens:
            return Phase.announced
        return Phase.open if now < self.closes else Phase.closed

    @property
    def ends(self) -> datetime:
        """The end for this juror and work, exclusive: the round's or that of the extra time, whichever is later."""
        return max(self.closes, self.reopened_until) if self.reopened_until else self.closes

    def takes_sheets(self, now: datetime) -> bool:
        """Whether a sheet that reaches the server at ``now`` counts."""
        phase = self.phase(now)
        return phase is Phase.open or (phase is Phase.closed and now < self.ends)

    def check_takes_sheets(self, now: datetime) -> None:
        """Pass when a sheet received at ``now`` counts.

        :raise WindowRefused: the class says whether it is too early, too late or over
        """
        if self.takes_sheets(now):
            return
        match self.phase(now):
            case Phase.sealed:
                raise RoundSealed(round=self.name)
            case Phase.waiting:
                raise RoundNotOpened(round=self.name)
            case Phase.announced:
                raise RoundNotBegun(round=self.name, at=self.opens)
            case _:
                raise RoundClosed(round=self.name, at=self.ends)

    def check_not_sealed(self) -> None:
        """Pass while acts of people may still change the round.

        :raise RoundSealed: once it is sealed
        """
        if self.is_sealed:
            raise RoundSealed(round=self.name)
