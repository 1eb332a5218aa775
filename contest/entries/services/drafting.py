"""Starting a work, filling in its parts, adding and removing files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import current_app

from contest import audit, clock, config, storage
from contest.database import db, lock
from contest.entries import deadline, queries
from contest.entries.draft import blank, with_part
from contest.entries.matching import same_title
from contest.entries.models import Attachment, Entry
from contest.entries.parts import Part
from contest.entries.refusals import (
    CategoryFixed,
    CategoryHasFiles,
    DraftConflict,
    NoRoomLeft,
    NotEditable,
    TooManyFiles,
    WrongKind,
)
from contest.entries.services.openness import (
    OVER,
    check_not_decided,
    check_open,
    check_slot_open,
    receipt_closed,
    receipt_of,
)
from contest.entries.services.senders import check_sender
from contest.turns import NOT_COUNTED, Turn

if TYPE_CHECKING:
    from contest.accounts.models import Outlet, User
    from contest.regulations.models import Contest


def start_entry(
    contest: Contest,
    *,
    category: str,
    title: str,
    start_key: str,
    by: User,
    now: datetime,
    through: Outlet | None = None,
) -> Entry:
    """Start a draft. The same form sent twice gives the same draft.

    :param start_key: drawn when the form was shown
    :param through: the newsroom or branch for which it is sent; None when its author sends it
    :raise ReceiptClosed: after the deadline
    :raise ChannelClosed: if the regulation takes no works from such senders
    :raise NotRepresented: if the newsroom or branch is not theirs
    """
    started = queries.started_with(by.id, start_key)
    if started is not None:
        return started
    receipt = deadline.Receipt.of(contest.regulation.calendar)
    if receipt.is_over(now):
        raise receipt_closed(contest)
    check_sender(contest, through, by)
    entry = Entry(
        contest=contest,
        owner_id=by.id,
        start_key=start_key,
        sender=through,
        category=category,
        title=title,
        title_key=same_title(title),
        draft=blank(category, title),
        saved_at=now,
        created_at=now,
        updated_at=now,
    )
    db.session.add(entry)
    db.session.flush()
    audit.record("entry.started", contest_id=contest.id, by=by, about=about(entry), now=now)
    return entry


def save_draft(
    entry: Entry,
    part: Part,
    values: Mapping[str, Any],
    *,
    version: int,
    turn: Turn = NOT_COUNTED,
    by: User,
    now: datetime,
) -> Entry:
    """Keep what was typed in one part of the form; anything may be missing.

    :param version: the version of the draft that the form was opened with
    :param turn: of the window it was typed in; a later text of the window that saved last replaces any version
    :return: the work; it holds a later text where the same window has saved one already
    :raise DraftConflict: if the part was saved by somebody else since then
    :raise NotEditable, ReceiptClosed, ReturnExpired: if this part cannot be changed now
    """
    lock(entry)
    check_open(entry, part, now)
    last = entry.last_turn(part)
    if turn.is_overtaken_by(last):
        return entry
    changed = with_part(entry.draft, part, values)
    if changed == entry.draft:
        entry.sign(part, turn)
        return entry
    if entry.part_versions.get(part, 0) > version and not turn.goes_on_from(last):
        raise DraftConflict(at=clock.local(entry.saved_at).strftime("%H:%M:%S"))
    if entry.code is not None and changed["category"] != entry.category:
        raise CategoryFixed(code=entry.shown_code)
    if changed["category"] != entry.category and entry.files:
        raise CategoryHasFiles
    entry.draft = changed
    _touch(entry, part, now)
    entry.sign(part, turn)
    if not entry.code:
        entry.title, entry.category = changed["title"], changed["category"]
        entry.title_key = same_title(entry.title)
    return entry


def attach(
    entry: Entry, slot: str, blob: storage.Blob, name: str, *, begun_at: datetime, by: User, now: datetime
) -> Attachment:
    """Put a stored file into a slot of the dossier. The same bytes in the same slot are one file.

    :param begun_at: when the first byte arrived; before the deadline it gives the grace of the regulation
    :raise TooManyFiles: if the slot is full
    :raise NoRoomLeft: if works that are not sent hold too much already
    :raise WrongKind: if the slot does not take such files
    """
    lock(entry)
    check_not_decided(entry)
    rule = entry.contest.regulation.category(entry.category).slot(slot)
    if not deadline.takes_upload(receipt_of(entry), deadline.Upload(begun_at, now)):
        check_slot_open(entry, slot, now)
    elif entry.state in OVER:
        raise NotEditable
    if blob.kind not in rule.kinds:
        raise WrongKind(name=storage.clean_name(name), kinds=", ".join(kind.upper() for kind in rule.kinds))
    there = [file for file in entry.files if file.slot == slot]
    for file in there:
        if file.sha256 == blob.sha256:
            return file
    if len(there) >= rule.max_count:
        raise TooManyFiles(slot=rule.name, count=rule.max_count)
    check_room(entry, blob.size)
    attachment = Attachment(
        entry=entry,
        slot=slot,
        name=storage.clean_name(name),
        sha256=blob.sha256,
        size=blob.size,
        media_type=blob.media_type,
        begun_at=begun_at,
        stored_at=now,
    )
    db.session.add(attachment)
    _touch(entry, Part.DOSSIER, now)
    db.session.flush()
    storage.derive_later(blob, contest_id=entry.contest_id, by=by, now=now)
    return attachment


def check_room(entry: Entry, size: int = 0) -> None:
    """Pass while somebody may keep more files in works that are not sent; what is sent, the regulation limits.

    :param size: bytes that come in addition
    :raise NoRoomLeft: if they have filled their room: nobody takes the disk from all others before the deadline
    """
    settings: config.Settings = current_app.config["SETTINGS"]
    limit = settings.max_unsent_megabytes
    kept = queries.bytes_not_sent(entry.owner_id) if entry.code is None else 0
    if entry.code is None and kept + size > limit * storage.MEGABYTE:
        raise NoRoomLeft(limit=limit)


def remove_attachment(attachment: Attachment, *, by: User, now: datetime) -> None:
    """Take a file out of the draft's dossier. A revision that names it keeps it; otherwise its bytes are let go."""
    entry = lock(attachment.entry)
    check_slot_open(entry, attachment.slot, now)
    if attachment.removed_at is not None:
        return
    _touch(entry, Part.DOSSIER, now)
    if any(kept["id"] == attachment.id for sent in entry.revisions for kept in sent.content["attachments"]):
        attachment.removed_at = now
        return
    entry.attachments.remove(attachment)
    db.session.delete(attachment)
    db.session.flush()
    storage.release(attachment.sha256)


def about(entry: Entry) -> str:
    """Name a work in the audit log: by its code, before that by its number."""
    return f"entry:{entry.code or entry.id}"


def _touch(entry: Entry, part: Part, now: datetime) -> None:
    entry.draft_version += 1
    entry.part_versions = entry.part_versions | {part.value: entry.draft_version}
    entry.saved_at = entry.updated_at = now
