"""What time it is, for everybody and every process alike.

The demo keeps the calendar of 2025, so a demo instance stores an offset; a real instance refuses one (settled: a
deadline that somebody can move is no deadline). The mark lies in ``instance/demo.json`` and is read again when it
changes, so web processes, worker and shell agree.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask, current_app

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MARK = "demo.json"


class Clock:
    """The clock of one instance folder."""

    def __init__(self, folder: Path) -> None:
        self.mark = folder / MARK
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

    def set_offset(self, offset: timedelta) -> None:
        """Mark the instance as a demo whose time differs by so much; written whole or not at all."""
        self.mark.parent.mkdir(parents=True, exist_ok=True)
        draft = self.mark.with_suffix(".new")
        draft.write_text(json.dumps({"demo": True, "clock_offset_seconds": offset.total_seconds()}), "utf-8")
        draft.replace(self.mark)


def init_app(app: Flask) -> None:
    """Give the application the clock of its instance folder."""
    app.extensions["clock"] = Clock(Path(app.instance_path))


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
    return datetime.now(UTC) + (_clock().offset or timedelta())


def set_to(moment: datetime) -> None:
    """Make it this moment now, in a demo instance."""
    _clock().set_offset(moment - datetime.now(UTC))


def move_by(difference: timedelta) -> None:
    """Make this a demo instance whose time differs by so much from the time of day."""
    _clock().set_offset(difference)


def local(moment: datetime) -> datetime:
    """Show a moment in the contest's zone."""
    return moment.astimezone(ZONE)
