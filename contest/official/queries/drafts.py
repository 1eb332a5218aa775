"""What was typed for documents."""

from __future__ import annotations

from sqlalchemy import select

from contest.database import db
from contest.official.kinds import Kind
from contest.official.models import OfficialDraft
from contest.regulations.models import Contest


def draft_of(contest: Contest, kind: Kind, subject: str) -> OfficialDraft | None:
    """What was typed for a document."""
    return db.session.scalar(select(OfficialDraft).filter_by(contest_id=contest.id, kind=str(kind), subject=subject))
