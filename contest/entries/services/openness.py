"""What of a work is open at a moment, and the refusal where it is not."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from contest.entries import deadline
from contest.entries.models import Entry, EntryState
from contest.entries.parts import Part
from contest.entries.refusals import NotEditable, NotYetOpen, PrizesDecided, ReceiptClosed, ReturnExpired
from contest.regulations.models import DECIDED
from contest.web.formats import as_datetime

if TYPE_CHECKING:
    from contest.regulations.models import Contest

OVER = (EntryState.REJECTED, EntryState.WITHDRAWN)


def receipt_of(entry: Entry) -> deadline.Receipt:
    """Give the hours of receipt that hold for a work: those of the newest regulation."""
    return deadline.Receipt.of(entry.contest.regulation.calendar)


def return_of(entry: Entry) -> deadline.Return | None:
    """Give what a work was returned for, if it is."""
    if entry.state is not EntryState.RETURNED or entry.returned_until is None:
        return None
    return deadline.Return(entry.returned_until, tuple(entry.returned_items))


def open_parts(entry: Entry, now: datetime) -> frozenset[Part]:
    """Tell which parts of a work its author may change now."""
    if entry.state in OVER or entry.contest.stage in DECIDED:
        return frozenset()
    return deadline.open_parts(receipt_of(entry), now, return_of(entry))


def check_not_decided(entry: Entry) -> None:
    """Leave works as they are once the decision on the prizes is recorded, whatever the hours of receipt say.

    :raise PrizesDecided: from then on
    """
    if entry.contest.stage in DECIDED:
        raise PrizesDecided


def check_open(entry: Entry, part: Part, now: datetime) -> None:
    """Refuse a change to a part that is not open, and say why."""
    if entry.state in OVER:
        raise NotEditable
    check_not_decided(entry)
    returned = return_of(entry)
    opened = open_parts(entry, now)
    if part in opened:
        return
    if opened:
        raise NotEditable
    if returned is not None:
        raise ReturnExpired(until=as_datetime(returned.until))
    raise receipt_closed(entry.contest)


def check_slot_open(entry: Entry, slot: str, now: datetime) -> None:
    """Refuse a change to a slot that is not open, and say why."""
    check_open(entry, Part.DOSSIER, now)
    if not deadline.slot_is_open(receipt_of(entry), now, slot, return_of(entry)):
        raise NotEditable


def receipt_closed(contest: Contest) -> ReceiptClosed:
    regulation = contest.regulation
    closes = deadline.closing_hour(regulation.calendar.receipt)
    return ReceiptClosed(closes=closes, article=regulation.cite("receipt"))


def check_submission_open(entry: Entry, now: datetime) -> None:
    check_not_decided(entry)
    receipt = receipt_of(entry)
    if now < receipt.opens:
        raise NotYetOpen(opens=as_datetime(receipt.opens))
    uploads = [deadline.Upload(file.begun_at, file.stored_at) for file in entry.files]
    if not deadline.takes_submission(receipt, now, uploads):
        raise receipt_closed(entry.contest)
