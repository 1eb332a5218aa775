"""Taking a work of one phase (đợt) into the closing contest: a new entry with an origin, as it was judged."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect

from contest import audit
from contest.database import db
from contest.entries import codes, queries, revision
from contest.entries.models import Attachment, Byline, Entry, EntryRevision, EntryState, Instalment, RevisionExemplar
from contest.entries.services.drafting import about
from contest.entries.services.revising import searched
from contest.exemplars.services import remember

if TYPE_CHECKING:
    from contest.accounts.models import User
    from contest.regulations.models import Contest

OWN = {
    Entry: {
        "id",
        "contest_id",
        "start_key",
        "code",
        "state",
        "revision_id",
        "origin_id",
        "folded",
        "part_versions",
        "part_turns",
    },
    Attachment: {"id", "entry_id"},
    Byline: {"revision_id"},
    Instalment: {"revision_id"},
}
"""Columns that the new row has of its own; every other is as in the origin."""


def carry_over(origin: Entry, sent: EntryRevision, into: Contest, *, by: User, now: datetime) -> Entry:
    """Enter a work of one contest into another, as it was judged: accepted, with the next code there.

    The files are the same blobs, the authors the same people with the names as they were printed. Whoever calls holds
    the lock of the contest, because codes are counted under it. Done twice it is done once.
    """
    start_key = f"carried-{origin.id}-{into.id}"
    known = queries.started_with(origin.owner_id, start_key)
    if known is not None:
        return known
    prefix = into.regulation.category(origin.category).prefix
    entry = Entry(
        **_copied(origin, Entry),
        contest=into,
        start_key=start_key,
        code=codes.following(prefix, queries.last_code(into.id, prefix)),
        state=EntryState.ACCEPTED,
        origin_id=origin.id,
    )
    entry.draft, entry.draft_version = revision.draft_as_sent(sent), sent.draft_version
    entry.submitted_at, entry.created_at, entry.updated_at, entry.saved_at = sent.created_at, now, now, now
    entry.returned_until, entry.returned_items, entry.returned_reason = None, [], ""
    kept = {file["id"] for file in sent.content["attachments"]}
    entry.attachments = [Attachment(**_copied(file, Attachment)) for file in origin.attachments if file.id in kept]
    db.session.add(entry)
    db.session.flush()
    entry.revision = _revision(entry, sent, into, by=by, now=now)
    entry.title, entry.genre = sent.content["title"], sent.content["genre"]
    entry.folded = searched(entry, entry.revision)
    db.session.flush()
    audit.record(
        "entry.carried_over",
        contest_id=into.id,
        by=by,
        about=about(entry),
        now=now,
        details={"from": origin.contest.slug, "origin": origin.code, "sha256": entry.revision.sha256},
    )
    return entry


def _revision(entry: Entry, sent: EntryRevision, into: Contest, *, by: User, now: datetime) -> EntryRevision:
    content = {**sent.content, "attachments": [file.described() for file in entry.attachments]}
    copied = EntryRevision(
        entry=entry,
        number=1,
        draft_version=sent.draft_version,
        content=content,
        sha256=revision.fingerprint(content),
        findings=[],
        regulation_version_id=into.version_id,
        created_at=now,
        created_by_id=by.id,
        bylines=[Byline(**_copied(line, Byline)) for line in sent.bylines],
        instalments=[Instalment(**_copied(part, Instalment)) for part in sent.instalments],
        exemplars=[
            RevisionExemplar(exemplar=exemplar, position=position)
            for position, exemplar in enumerate(remember(into.id, sent.content["exemplars"]), start=1)
        ],
    )
    db.session.add(copied)
    db.session.flush()
    return copied


def _copied(row: Any, model: type[Any]) -> dict[str, Any]:
    """The columns of a row that its copy keeps."""
    return {
        column.key: getattr(row, column.key) for column in inspect(model).column_attrs if column.key not in OWN[model]
    }
