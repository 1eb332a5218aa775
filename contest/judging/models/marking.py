"""Who judges what, every sheet ever sent and extra time."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.audit.commitment import leaf
from contest.audit.protection import written_once
from contest.database import Json, db
from contest.judging.models.rounds import Round
from contest.turns import Turn

if TYPE_CHECKING:
    from contest.accounts.models import User
    from contest.entries.models import Entry


class Assignment(db.Model):
    """One work given to one juror in one round. It stays when the juror steps back, marked."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("round_id", "entry_id", "juror_id"),
        CheckConstraint("NOT (third AND advisory)", name="third_counts"),
        Index(None, "juror_id", "round_id"),
        # All that the progress of a round is counted from, in the order it is counted in.
        Index(
            "ix_assignment_progress",
            *("round_id", "juror_id", "entry_id", "recused_at", "advisory", "third", "sent_at", "id"),
        ),
        Index(
            "ix_assignment_third",
            "round_id",
            "entry_id",
            unique=True,
            sqlite_where=db.text("third AND recused_at IS NULL"),
            postgresql_where=db.text("third AND recused_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    juror_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    assigned_at: Mapped[datetime]
    third: Mapped[bool] = mapped_column(default=False)  # one more juror, because the others differ too far
    advisory: Mapped[bool] = mapped_column(default=False)  # only to compare jurors with each other: it counts nowhere
    remarking: Mapped[bool] = mapped_column(default=False)  # after the sealing, by an order that is not concluded yet
    sent_at: Mapped[datetime | None]  # of the first sheet: what is in is counted without reading any sheet
    recused_at: Mapped[datetime | None]
    recusal_reason: Mapped[str] = mapped_column(default="")

    round: Mapped[Round] = relationship()
    entry: Mapped[Entry] = relationship()
    juror: Mapped[User] = relationship()
    draft: Mapped[SheetDraft | None] = relationship(back_populates="assignment", cascade="all, delete-orphan")
    sheets: Mapped[list[ScoreSheet]] = relationship(back_populates="assignment", order_by="ScoreSheet.revision")


class SheetDraft(db.Model):
    """What a juror has typed so far, as typed. The version counts savings, so that two windows notice each other."""

    __tablename__ = "sheet_draft"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    version: Mapped[int] = mapped_column()
    marks: Mapped[dict[str, Any]] = mapped_column(Json)  # text by criterion code
    comment: Mapped[str] = mapped_column(default="")
    updated_at: Mapped[datetime]
    kept: Mapped[int] = mapped_column(default=0)  # how many earlier states were kept, see `DraftRevision`
    kept_at: Mapped[datetime | None]  # when the last of them was, or typing began
    window: Mapped[str] = mapped_column(String(36), default="")  # that saved it last, and
    turn: Mapped[int] = mapped_column(default=0)  # how far typing had come there, see `Turn`

    assignment: Mapped[Assignment] = relationship(back_populates="draft")

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # a stale window updates no row

    @property
    def last(self) -> Turn:
        """What was saved last."""
        return Turn(self.window, self.turn)


@written_once()
class ScoreSheet(db.Model):
    """What one juror gave one entry, as submitted. Never updated: a correction is the next revision."""

    __tablename__ = "score_sheet"
    __table_args__ = (UniqueConstraint("assignment_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    revision: Mapped[int]
    marks: Mapped[dict[str, Any]] = mapped_column(Json)  # hundredths of a point by criterion code
    comment: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")  # why this revision replaces the one before
    submitted_at: Mapped[datetime]
    sha256: Mapped[str] = mapped_column(String(64))
    typed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # who typed it from paper; else the juror
    salt: Mapped[str | None] = mapped_column(String(32))  # behind which the commitment hides it; none in old sheets

    assignment: Mapped[Assignment] = relationship(back_populates="sheets")

    @property
    def receipt(self) -> str:
        """By which the juror finds the sheet among those that the round is bound to, without showing what it says."""
        return leaf(self.salt or "", self.sha256)


class Reopening(db.Model):
    """Extra time for one juror and one work after the round closed, by a recorded act."""

    __tablename__ = "reopening"
    __table_args__ = (Index(None, "assignment_id"), Index(None, "round_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    until: Mapped[datetime]
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]

    assignment: Mapped[Assignment] = relationship()
    by: Mapped[User] = relationship()
