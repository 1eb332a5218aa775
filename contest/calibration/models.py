"""What is remembered of comparing jurors: works that a panel marks first, and drawings of works to be marked again."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Enum, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.database import db

if TYPE_CHECKING:
    from contest.accounts.models import User
    from contest.entries.models import Entry
    from contest.judging.models import Assignment, Round


class Why(StrEnum):
    """Why a work is marked again."""

    EDGE = "edge"
    ASTRAY = "astray"
    DRAWN = "drawn"


class SharedMarking(db.Model):
    """That a panel marks some works first, and when the chair opened their spread to it.

    Which works they are stands with the works of the round, `contest.judging.models.RoundEntry.first`.
    """

    __tablename__ = "shared_marking"
    __table_args__ = (UniqueConstraint("round_id", "panel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    panel: Mapped[str] = mapped_column(String(40))
    chosen_at: Mapped[datetime]
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    opened_at: Mapped[datetime | None]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Remarking(db.Model):
    """One drawing of works that are marked once more without their jurors knowing why."""

    __tablename__ = "remarking"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    share: Mapped[int]  # how many of a hundred works are drawn by lot
    tolerance: Mapped[int]  # hundredths of a point by which the new mark may differ from the mean of the old ones
    seed: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    round: Mapped[Round] = relationship()
    by: Mapped[User] = relationship()
    works: Mapped[list[Remark]] = relationship(back_populates="remarking", order_by="Remark.id")


class Remark(db.Model):
    """One work that is marked again, and by whom; nobody where there was nobody to ask."""

    __tablename__ = "remark"
    __table_args__ = (
        UniqueConstraint("remarking_id", "entry_id"),
        Index(None, "assignment_id", unique=True),
        Index(None, "entry_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    remarking_id: Mapped[int] = mapped_column(ForeignKey("remarking.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id"))
    why: Mapped[Why] = mapped_column(
        Enum(Why, native_enum=False, length=20, values_callable=lambda reasons: [str(reason) for reason in reasons])
    )

    remarking: Mapped[Remarking] = relationship(back_populates="works")
    entry: Mapped[Entry] = relationship()
    assignment: Mapped[Assignment | None] = relationship()
