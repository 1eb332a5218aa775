"""Keeping the fields of a draft, and drawing documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from contest import audit
from contest.accounts.models import User
from contest.database import db
from contest.official import queries
from contest.official.documents import described
from contest.official.kinds import Field
from contest.official.models import OfficialDraft
from contest.official.queries import Offer
from contest.printing import official
from contest.regulations.models import Contest

WRITERS = {"pdf": official.pdf, "docx": official.docx}
"""How a document is written, by the ending of its file."""


def save_draft(
    contest: Contest, offered: Offer, fields: Mapping[Field, str], *, by: User, now: datetime
) -> OfficialDraft:
    """Keep what was typed for a document; the last word counts."""
    typed, by_id = {str(field): value for field, value in fields.items()}, by.id
    draft = queries.draft_of(contest, offered.kind, offered.subject)
    if draft is None:
        draft = OfficialDraft(
            contest_id=contest.id, kind=str(offered.kind), subject=offered.subject, fields=typed, by_id=by_id, at=now
        )
        db.session.add(draft)
    else:
        draft.fields, draft.by_id, draft.at = typed, by_id, now
    db.session.flush()
    return draft


def draw(contest: Contest, offered: Offer, ending: str, *, by: User, now: datetime) -> bytes:
    """Draw a document as it stands now, and enter in the log which file it was.

    :param ending: ``pdf`` or ``docx``
    """
    drawn = WRITERS[ending](described(contest, offered))
    audit.record(
        "document.drawn",
        contest_id=contest.id,
        by=by,
        about=f"document:{offered.kind}",
        now=now,
        details={"subject": offered.subject, "file": ending, "sha256": sha256(drawn).hexdigest()},
    )
    return drawn
