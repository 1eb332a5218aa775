"""What is remembered of exemplars."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.database import Json, Short, db
from contest.exemplars.kinds import ExemplarKind

if TYPE_CHECKING:
    from contest.accounts.models import User

LONGEST_PORTRAIT = 2000
LONGEST_REASON = 500


class Exemplar(db.Model):
    """A person, unit or model that works of a contest are about.

    Works stay attached to the row under whose name they were sent. Merging only says, in `merged_into_id`, which row
    stands for it from now on: always one that is itself not merged.
    """

    __tablename__ = "exemplar"
    __table_args__ = (
        Index(None, "contest_id", "folded"),
        Index(None, "contest_id", "known_as"),
        Index(None, "merged_into_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    name: Mapped[str] = mapped_column(Short)
    folded: Mapped[str] = mapped_column(Short)  # name and locality, as they are searched
    known_as: Mapped[str] = mapped_column(Short)  # the same as the first work wrote them, by which the next finds it
    folded_place: Mapped[str] = mapped_column(Short, default="")  # the locality alone, as it is searched
    kind: Mapped[ExemplarKind] = mapped_column(
        Enum(ExemplarKind, native_enum=False, length=20, values_callable=lambda kinds: [str(kind) for kind in kinds])
    )
    topic: Mapped[str] = mapped_column(Short, default="")
    locality: Mapped[str] = mapped_column(Short, default="")
    unit: Mapped[str] = mapped_column(Short, default="")
    portrait: Mapped[str] = mapped_column(String(LONGEST_PORTRAIT), default="")  # what the organizers say of it, plain
    replicated_at: Mapped[datetime | None]  # when the organizers marked it for others to follow
    replication_reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("exemplar.id"))

    merged_into: Mapped[Exemplar | None] = relationship(remote_side=[id])

    @property
    def replicated(self) -> bool:
        """Whether the organizers want others to follow it."""
        return self.replicated_at is not None


class ExemplarMerge(db.Model):
    """That one exemplar was found to be another, until it is undone.

    Which row stands for which follows from the merges in force and nothing else, so that they can be undone in any
    order.
    """

    __tablename__ = "exemplar_merge"
    __table_args__ = (
        Index(
            "ix_exemplar_merge_in_force",
            "merged_id",
            unique=True,
            sqlite_where=db.text("undone_at IS NULL"),
            postgresql_where=db.text("undone_at IS NULL"),
        ),
        Index(None, "contest_id", "at"),
        Index(None, "into_id"),
        CheckConstraint("merged_id <> into_id", name="two_exemplars"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    merged_id: Mapped[int] = mapped_column(ForeignKey("exemplar.id"))
    into_id: Mapped[int] = mapped_column(ForeignKey("exemplar.id"))
    moved: Mapped[list[int]] = mapped_column(
        Json
    )  # rows that another one stands for since: it, and those merged into it
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    merged: Mapped[Exemplar] = relationship(foreign_keys=[merged_id])
    into: Mapped[Exemplar] = relationship(foreign_keys=[into_id])
    by: Mapped[User] = relationship(foreign_keys=[by_id])
    undone_by: Mapped[User | None] = relationship(foreign_keys=[undone_by_id])


class NotTheSame(db.Model):
    """That two exemplars, however alike their names, were said to be different; they are proposed no more."""

    __tablename__ = "exemplar_not_the_same"
    __table_args__ = (
        CheckConstraint("one_id < other_id", name="in_order"),
        Index(None, "contest_id"),
        Index(None, "other_id"),
    )

    one_id: Mapped[int] = mapped_column(ForeignKey("exemplar.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("exemplar.id"), primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
