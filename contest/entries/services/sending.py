"""Sending a work, sending it changed, taking it out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from contest import audit
from contest.database import lock
from contest.entries import deadline, emails
from contest.entries.draft import part_of, with_part
from contest.entries.models import Entry, EntryRevision, EntryState
from contest.entries.parts import ALL, Part
from contest.entries.refusals import NotEditable, NothingToSubmit, ReasonNeeded
from contest.entries.revision import draft_as_sent
from contest.entries.services.drafting import about
from contest.entries.services.openness import (
    OVER,
    check_not_decided,
    check_submission_open,
    receipt_closed,
    receipt_of,
    return_of,
)
from contest.entries.services.revising import write_revision
from contest.entries.services.senders import check_sender
from contest.web.formats import as_datetime

if TYPE_CHECKING:
    from contest.accounts.models import User


def submit(entry: Entry, *, by: User, now: datetime) -> EntryRevision:
    """Send a work for the first time: it gets its code and its first revision. Sent twice it is sent once.

    :raise NotYetOpen, ReceiptClosed: outside the hours of receipt
    :raise ChannelClosed, NotRepresented: if it may not be sent through its sender, or no longer
    :raise FindingsBlock: if the regulation does not let it in
    """
    lock(entry.contest)  # one submission at a time: limits and codes are counted under this lock
    lock(entry)
    if entry.revision is not None and entry.is_sent:
        return entry.revision
    if entry.state is not EntryState.DRAFT:
        raise NotEditable
    check_submission_open(entry, now)
    check_sender(entry.contest, entry.sender, by)
    sent = write_revision(entry, entry.draft, by=by, now=now)
    audit.record(
        "entry.submitted", contest_id=entry.contest_id, by=by, about=about(entry), now=now, details=_seal(sent)
    )
    emails.receipt(entry, sent, now=now)
    return sent


def amend(entry: Entry, *, by: User, now: datetime) -> EntryRevision:
    """Send a changed work again, as its next revision; an accepted one is to be checked anew.

    After the deadline only the parts that a return named are taken from the draft; the others stay as they were sent.

    :raise NothingToSubmit: if a returned work comes back as it was
    :raise PrizesDecided: once the decision on the prizes is recorded
    """
    lock(entry.contest)
    lock(entry)
    if entry.revision is None or entry.state in OVER:
        raise NotEditable
    if not entry.has_unsent_changes:
        if entry.state is EntryState.RETURNED:
            raise NothingToSubmit(at=as_datetime(entry.submitted_at))
        return entry.revision
    check_not_decided(entry)
    opened = deadline.open_parts(receipt_of(entry), now, return_of(entry))
    if not opened:
        check_submission_open(entry, now)
        opened = ALL
    if opened != ALL:
        _keep_as_sent(entry, entry.revision, ALL - opened, now)
    before = entry.state
    sent = write_revision(entry, entry.draft, by=by, now=now)
    details = _seal(sent) | {"was": before.value}
    audit.record("entry.amended", contest_id=entry.contest_id, by=by, about=about(entry), now=now, details=details)
    emails.receipt(entry, sent, now=now)
    return sent


def withdraw(entry: Entry, reason: str, *, by: User, now: datetime) -> None:
    """Take a work out of the contest, for good; a draft is thrown away without a reason.

    :raise ReceiptClosed: after the deadline, when only the secretariat can take it out
    :raise PrizesDecided: once the decision on the prizes is recorded, for a work that was sent
    """
    lock(entry.contest)
    lock(entry)
    if entry.state is EntryState.WITHDRAWN:
        return
    if entry.state is EntryState.REJECTED:
        raise NotEditable
    if entry.code is not None and not reason:
        raise ReasonNeeded
    if entry.code is not None:
        check_not_decided(entry)
        if receipt_of(entry).is_over(now):
            raise receipt_closed(entry.contest)
    entry.state, entry.withdrawal_reason, entry.updated_at = EntryState.WITHDRAWN, reason, now
    audit.record("entry.withdrawn", contest_id=entry.contest_id, by=by, about=about(entry), now=now)
    if entry.revision is not None:
        emails.withdrawal(entry, entry.revision, now=now)


def _keep_as_sent(entry: Entry, sent: EntryRevision, parts: frozenset[Part], now: datetime) -> None:
    """Undo what the draft has changed, since it was sent, in parts that are closed now."""
    before = draft_as_sent(sent)
    draft = entry.draft
    for part in parts:
        draft = with_part(draft, part, part_of(before, part))
    entry.draft = draft
    kept = {file["id"] for file in sent.content["attachments"]}
    for file in entry.attachments:
        if not deadline.slot_is_open(receipt_of(entry), now, file.slot, return_of(entry)):
            file.removed_at = None if file.id in kept else file.removed_at or now


def _seal(sent: EntryRevision) -> dict[str, Any]:
    return {"revision": sent.number, "sha256": sent.sha256, "files": len(sent.content["attachments"])}
