"""What time it is, for everybody and every process alike.

The demo keeps the calendar of 2025, so a demo instance stores an offset; a real instance refuses one (settled: a
deadline that somebody can move is no deadline). The mark lies in ``instance/demo.json`` and is read again when it
changes, so web processes, worker and shell agree.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

from flask import Flask, current_app

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MARK = "demo.json"
REACHED = "clock.reached"
TRUSTED = "clock.trusted"
SLACK = timedelta(seconds=30)
"""By so much a clock may be put right without anybody having to know."""


class Clock:
    """The clock of one instance folder."""

    def __init__(
        self,
        folder: Path,
        *,
        machine: Callable[[], datetime] = lambda: datetime.now(UTC),
        ticks: Callable[[], float] = monotonic,
    ) -> None:
        self.mark = folder / MARK
        self.reached, self.trusted = folder / REACHED, folder / TRUSTED
        self._machine, self._ticks = machine, ticks
        self._last = self._remembered(), ticks()
        self._trust = self._trusted()
        self._read: tuple[int, timedelta | None] = (-1, None)

    @property
    def offset(self) -> timedelta | None:
        """How far a demo instance is from the time of day, or None for a real instance."""
        try:
            changed = self.mark.stat().st_mtime_ns
        except FileNotFoundError:
            return None
        if changed != self._read[0]:
            seconds = json.loads(self.mark.read_text("utf-8"))["clock_offset_seconds"]
            self._read = (changed, timedelta(seconds=seconds))
        return self._read[1]

    def time_of_day(self) -> datetime:
        """Tell the time of the machine, or the time that would be if its clock had not been set back.

        A deadline that has passed does not come again because somebody, or a dead battery, has set the clock back: time
        then goes on from the latest moment that was known here, until the clock of the machine has come so far again.
        """
        now, ticks = self._machine(), self._ticks()
        last, then = self._last
        due = last + timedelta(seconds=ticks - then) if last is not None else now
        if now < due - SLACK:
            trusted = self._trusted()
            if trusted == self._trust:
                return due
            self._trust = trusted
        elif last is not None and now < last:
            return last
        self._last = now, ticks
        return now

    def set_back(self) -> timedelta:
        """Tell how far the clock of the machine is behind the time that goes on here; nothing when it is right."""
        behind = self.time_of_day() - self._machine()
        return behind if behind > SLACK else timedelta()

    def remember(self) -> None:
        """Keep how far time has come, for the next start."""
        draft = self.reached.with_suffix(".new")
        draft.write_text(self.time_of_day().isoformat(), "ascii")
        draft.replace(self.reached)

    def trust_machine(self) -> None:
        """Forget how far time had come: the clock of the machine was wrong then, and is right now."""
        self.reached.unlink(missing_ok=True)
        self.trusted.write_text(self._machine().isoformat(), "ascii")

    def _trusted(self) -> int:
        """When somebody last said that the clock of the machine is right; other processes notice it by this."""
        try:
            return self.trusted.stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def _remembered(self) -> datetime | None:
        try:
            return datetime.fromisoformat(self.reached.read_text("ascii"))
        except (FileNotFoundError, ValueError):
            return None

    def set_offset(self, offset: timedelta) -> None:
        """Mark the instance as a demo whose time differs by so much; written whole or not at all."""
        self.mark.parent.mkdir(parents=True, exist_ok=True)
        draft = self.mark.with_suffix(".new")
        draft.write_text(json.dumps({"demo": True, "clock_offset_seconds": offset.total_seconds()}), "utf-8")
        draft.replace(self.mark)


def init_app(app: Flask) -> None:
    """Give the application the clock of its instance folder."""
    app.extensions["clock"] = Clock(Path(app.instance_path))


def of_instance() -> Clock:
    """Give the clock of this instance, for whoever looks after the machine."""
    return _clock()


def _clock() -> Clock:
    clock: Clock = current_app.extensions["clock"]
    return clock


def is_demo() -> bool:
    """Say whether this instance is marked as a demo."""
    return _clock().offset is not None


def offset() -> timedelta | None:
    """Tell how far a demo is from the time of day, or None for a real instance."""
    return _clock().offset


def now() -> datetime:
    """Tell the present moment of this instance, aware, in UTC."""
    clock = _clock()
    return clock.time_of_day() + (clock.offset or timedelta())


def set_to(moment: datetime) -> None:
    """Make it this moment now, in a demo instance."""
    clock = _clock()
    clock.set_offset(moment - clock.time_of_day())


def move_by(difference: timedelta) -> None:
    """Make this a demo instance whose time differs by so much from the time of day."""
    _clock().set_offset(difference)


def local(moment: datetime) -> datetime:
    """Show a moment in the contest's zone."""
    return moment.astimezone(ZONE)
