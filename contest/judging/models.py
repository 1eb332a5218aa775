"""What is remembered of judging: rounds, panels, who judges what, and every sheet ever sent."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.database import Json, Short, db
from contest.judging.conflicts import Kind
from contest.judging.window import Window
from contest.regulations.models import Contest, RegulationVersion

if TYPE_CHECKING:
    from contest.accounts.models import User
    from contest.entries.models import Entry, EntryRevision
    from contest.regulations.schema import Regulation
    from contest.regulations.scoring import Criterion, RoundRule


class Round(db.Model):
    """One round of one contest. Its rules come from the regulation; the row keeps the acts that bound it."""

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("contest_id", "code"),
        CheckConstraint("sealed_at IS NULL OR opened_at IS NOT NULL", name="sealed_after_opening"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    code: Mapped[str] = mapped_column(String(40))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("regulation_version.id"))
    opened_at: Mapped[datetime | None]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    sealed_at: Mapped[datetime | None]
    sealed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    contest: Mapped[Contest] = relationship()
    version: Mapped[RegulationVersion | None] = relationship()
    panels: Mapped[list[Panel]] = relationship(back_populates="round", order_by="Panel.id")

    @property
    def regulation(self) -> Regulation:
        """The regulation that rules rubric and panel: that of the opening, before it the newest."""
        return self.version.regulation if self.version else self.contest.regulation

    @property
    def rule(self) -> RoundRule:
        """What the regulation says of this round."""
        return self.regulation.round(self.code)

    @property
    def name(self) -> str:
        """The name the regulation gives the round."""
        return self.rule.name

    def rubric(self, category: str) -> tuple[Criterion, ...]:
        """The criteria of one category."""
        return self.rule.rubric(category)

    def window(self, reopened_until: datetime | None = None) -> Window:
        """When sheets are taken in: the hours of the newest regulation, bounded by the acts remembered here.

        :param reopened_until: the end of one sheet's extra time
        """
        hours = self.contest.regulation.round(self.code)
        return Window(hours.name, hours.opens, hours.closes, self.opened_at, self.sealed_at, reopened_until)


class Panel(db.Model):
    """The jurors of one category in one round."""

    __tablename__ = "panel"
    __table_args__ = (UniqueConstraint("round_id", "category"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    category: Mapped[str] = mapped_column(String(40))

    round: Mapped[Round] = relationship(back_populates="panels")
    members: Mapped[list[PanelMember]] = relationship(
        back_populates="panel", order_by="PanelMember.id", cascade="all, delete-orphan"
    )


class PanelMember(db.Model):
    """One juror on one panel; one of them chairs."""

    __tablename__ = "panel_member"
    __table_args__ = (
        UniqueConstraint("panel_id", "user_id"),
        Index(
            "ix_panel_member_chair",
            "panel_id",
            unique=True,
            sqlite_where=db.text("chair"),
            postgresql_where=db.text("chair"),
        ),
        Index(None, "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    chair: Mapped[bool] = mapped_column(default=False)

    panel: Mapped[Panel] = relationship(back_populates="members")
    user: Mapped[User] = relationship()


class RoundEntry(db.Model):
    """A work in a round: the revision that is judged, and the name it has where names are hidden."""

    __tablename__ = "round_entry"
    __table_args__ = (
        UniqueConstraint("round_id", "entry_id"),
        UniqueConstraint("round_id", "alias"),
        Index(None, "entry_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("entry_revision.id"))
    category: Mapped[str] = mapped_column(String(40))
    alias: Mapped[str] = mapped_column(String(8))
    admitted_at: Mapped[datetime]

    round: Mapped[Round] = relationship()
    entry: Mapped[Entry] = relationship()
    revision: Mapped[EntryRevision] = relationship()


class Assignment(db.Model):
    """One work given to one juror in one round. It stays when the juror steps back, marked."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("round_id", "entry_id", "juror_id"),
        Index(None, "juror_id", "round_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    juror_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    assigned_at: Mapped[datetime]
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

    assignment: Mapped[Assignment] = relationship(back_populates="draft")

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # a stale window updates no row


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

    assignment: Mapped[Assignment] = relationship(back_populates="sheets")

    @property
    def total(self) -> int:
        """Sum of the marks, in hundredths of a point."""
        return sum(self.marks.values())


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


class Conflict(db.Model):
    """An interest that a juror declared, or that somebody recorded for them, in one work."""

    __tablename__ = "conflict"
    __table_args__ = (UniqueConstraint("juror_id", "entry_id", "kind"), Index(None, "entry_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    kind: Mapped[Kind] = mapped_column(
        Enum(Kind, native_enum=False, length=20, values_callable=lambda kinds: [str(kind) for kind in kinds])
    )
    note: Mapped[str] = mapped_column(Short, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
