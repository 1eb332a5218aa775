"""Which codes of the regulation works refer to: in drafts, in everything they were sent as, and in their files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import and_, not_, select

from contest.database import db
from contest.entries.models import Attachment, Entry, EntryRevision, EntryState
from contest.regulations import usage

THROWN_AWAY = and_(Entry.state == EntryState.WITHDRAWN, Entry.code.is_(None))


@usage.source
def codes_of_works(contest_id: int) -> set[str]:
    """Name the codes in drafts and revisions; a draft that was thrown away is read by nobody."""
    drafts = select(Entry.draft).where(Entry.contest_id == contest_id, not_(THROWN_AWAY))
    sent = select(EntryRevision.content).join(EntryRevision.entry).where(Entry.contest_id == contest_id)
    return {code for asked in (drafts, sent) for content in db.session.scalars(asked) for code in _named_in(content)}


@usage.source
def codes_of_files(contest_id: int) -> set[str]:
    """Name the slots that hold files or once did."""
    filled = (
        select(Entry.category, Attachment.slot).join(Attachment.entry).where(Entry.contest_id == contest_id).distinct()
    )
    return {f"slot:{category}/{slot}" for category, slot in db.session.execute(filled)}


def _named_in(content: Mapping[str, Any]) -> Iterator[str]:
    single = [(kind, content.get(kind)) for kind in ("category", "genre", "topic")]
    single += [("topic", row.get("topic")) for row in content.get("exemplars", ())]
    single += [("level", row.get("level")) for row in content.get("prior_awards", ())]
    single += [("statement", code) for code in content.get("statements", ())]
    return (f"{kind}:{code}" for kind, code in single if code)
