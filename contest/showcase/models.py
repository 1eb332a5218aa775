"""What is remembered of the public pages: words of the jury for a work, and the cards drawn to be shared."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.database import db

if TYPE_CHECKING:
    from contest.accounts.models import User
    from contest.storage import Blob


class WinnerNote(db.Model):
    """What the organizers add to the page of a winning work. Written once: a change is the next version."""

    __tablename__ = "winner_note"
    __table_args__ = (UniqueConstraint("entry_id", "version"), Index(None, "contest_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    version: Mapped[int]
    citation: Mapped[str] = mapped_column(default="")  # the jury's words, as published
    media_withheld: Mapped[bool] = mapped_column(default=False)  # although the author allowed them
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]

    by: Mapped[User] = relationship()


class ShareCard(db.Model):
    """The picture that stands beside a link to the results or to a work, drawn once for each published decision."""

    __tablename__ = "share_card"
    __table_args__ = (UniqueConstraint("decision_id", "code"), Index(None, "contest_id"), Index(None, "sha256"))

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    code: Mapped[str] = mapped_column(String(20))  # of the work; empty for the results as a whole
    facts: Mapped[str] = mapped_column(String(64))  # SHA-256 of what it says: the same words are drawn once
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    drawn_at: Mapped[datetime]

    blob: Mapped[Blob] = relationship()
