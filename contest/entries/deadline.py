"""When a work may be changed and sent: the moments of receipt, the grace for uploads, the date of a return.

The moment that counts is when the server has stored the submission. "Đến hết ngày" means the next local midnight,
exclusive: at ``closes`` itself receipt is over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from contest.clock import ZONE
from contest.entries.parts import ALL, Part, named, slots_named

if TYPE_CHECKING:
    from contest.regulations.schedule import Calendar, Moments


@dataclass(frozen=True)
class Receipt:
    """The hours during which works are received."""

    opens: datetime
    closes: datetime
    grace: timedelta = timedelta()

    @classmethod
    def of(cls, calendar: Calendar) -> Receipt:
        """Take the hours of receipt from the calendar of a regulation."""
        return cls(calendar.receipt.opens, calendar.receipt.closes, timedelta(minutes=calendar.grace_minutes))

    def is_open(self, now: datetime) -> bool:
        """Say whether works are received."""
        return self.opens <= now < self.closes

    def is_over(self, now: datetime) -> bool:
        """Say whether the closing instant has come."""
        return now >= self.closes

    def in_grace(self, now: datetime) -> bool:
        """Say whether uploads begun in time may still finish."""
        return self.closes <= now < self.closes + self.grace


def closing_hour(moments: Moments) -> str:
    """Write when receipt closes as people count hours: "24:00, 15/08/2025", not the midnight of the next day."""
    if moments.to_the_end_of_the_day:
        return f"24:00, {moments.last_day:%d/%m/%Y}"
    return f"{moments.closes.astimezone(ZONE):%H:%M, %d/%m/%Y}"


@dataclass(frozen=True)
class Upload:
    """When a file began to arrive and when it was whole."""

    begun_at: datetime
    stored_at: datetime


@dataclass(frozen=True)
class Return:
    """What a returned work was sent back for, and until when (exclusive)."""

    until: datetime
    items: tuple[str, ...]


def takes_upload(receipt: Receipt, upload: Upload) -> bool:
    """Say whether a file arrived in time: begun before receipt closed, whole before the grace ended."""
    return not receipt.is_over(upload.begun_at) and upload.stored_at < receipt.closes + receipt.grace


def takes_submission(receipt: Receipt, now: datetime, uploads: Iterable[Upload]) -> bool:
    """Say whether a work may be sent: in the hours of receipt, or in the grace with an upload that ran into it."""
    if receipt.is_open(now):
        return True
    return receipt.in_grace(now) and any(
        not receipt.is_over(u.begun_at) and receipt.is_over(u.stored_at) for u in uploads
    )


def open_parts(receipt: Receipt, now: datetime, returned: Return | None = None) -> frozenset[Part]:
    """Tell which parts may be changed: all until receipt closes, then those a return names, until its date.

    A draft may be prepared before receipt opens; it only cannot be sent yet.
    """
    if not receipt.is_over(now):
        return ALL
    if returned is not None and now < returned.until:
        return named(returned.items)
    return frozenset()


def slot_is_open(receipt: Receipt, now: datetime, slot: str, returned: Return | None = None) -> bool:
    """Say whether files of a slot may be added or removed."""
    if Part.DOSSIER not in open_parts(receipt, now, returned):
        return False
    if not receipt.is_over(now) or returned is None:
        return True
    only = slots_named(returned.items)
    return only is None or slot in only
