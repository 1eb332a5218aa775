"""Drafts, and the head of the log that is printed on every document."""

from __future__ import annotations

from sqlalchemy import select

from contest.audit.models import AuditLine
from contest.database import db
from contest.official.kinds import Kind
from contest.official.models import OfficialDraft
from contest.regulations.models import Contest


def draft_of(contest: Contest, kind: Kind, subject: str) -> OfficialDraft | None:
    """What was typed for a document."""
    return db.session.scalar(select(OfficialDraft).filter_by(contest_id=contest.id, kind=str(kind), subject=subject))


def log_head(contest: Contest) -> tuple[int, str] | None:
    """Number and hash of the newest line of the log of a contest."""
    row = db.session.execute(
        select(AuditLine.number, AuditLine.hash)
        .where(AuditLine.chain == contest.id)
        .order_by(AuditLine.number.desc())
        .limit(1)
    ).first()
    return (row.number, row.hash) if row is not None else None
