"""What a juror keeps beside the sheets: earlier states of a draft, and notes for nobody else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Json, db
from contest.turns import Turn


class DraftRevision(db.Model):
    """A draft as it was at a moment, so that the juror can go back to it. The oldest go as new ones come."""

    __tablename__ = "draft_revision"
    __table_args__ = (UniqueConstraint("assignment_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"))
    number: Mapped[int]  # counts from 1 and never comes twice
    marks: Mapped[dict[str, Any]] = mapped_column(Json)  # text by criterion code
    comment: Mapped[str] = mapped_column(default="")
    saved_at: Mapped[datetime]  # when the juror had typed it


class JurorNote(db.Model):
    """What a juror notes for themselves about a work. Nobody else reads it, and nothing exports it."""

    __tablename__ = "juror_note"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column()
    text: Mapped[str]
    updated_at: Mapped[datetime]
    window: Mapped[str] = mapped_column(String(36), default="")  # that saved it last, and
    turn: Mapped[int] = mapped_column(default=0)  # how far typing had come there, see `Turn`

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # a stale window updates no row

    @property
    def last(self) -> Turn:
        """What was saved last."""
        return Turn(self.window, self.turn)
