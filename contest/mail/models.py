"""What is remembered of letters."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Short, db
from contest.errors import N_


class LetterState(StrEnum):
    """Where a letter stands."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


LETTER_STATES = {
    LetterState.QUEUED: N_("Waiting to be sent"),
    LetterState.SENT: N_("Sent"),
    LetterState.FAILED: N_("Not delivered"),
}


class Letter(db.Model):
    """One letter to one address."""

    __tablename__ = "letter"
    __table_args__ = (Index(None, "state", "due_at"), Index(None, "contest_id", "created_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Short, unique=True)
    contest_id: Mapped[int | None]
    to: Mapped[str] = mapped_column(Short)
    subject: Mapped[str]
    text: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    state: Mapped[LetterState] = mapped_column(Short, default=LetterState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(default="")
