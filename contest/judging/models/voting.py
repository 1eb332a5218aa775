"""Sittings of the council at which ballots are cast, and every ballot ever cast."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.audit.commitment import leaf
from contest.audit.protection import written_once
from contest.database import Json, db
from contest.judging.models.rounds import Round

if TYPE_CHECKING:
    from contest.accounts.models import User


class Sitting(db.Model):
    """One time that the council votes: what is asked, who is there, from when until when."""

    __tablename__ = "sitting"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        Index(
            "ix_sitting_open",
            "round_id",
            unique=True,
            sqlite_where=db.text("closed_at IS NULL"),
            postgresql_where=db.text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    agenda: Mapped[list[Any]] = mapped_column(Json)  # [{"question", "ballot", "subjects"}], see `ballots.Topic`
    present: Mapped[list[Any]] = mapped_column(Json)  # random subject ids of the members who are there
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    round: Mapped[Round] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether ballots are taken in."""
        return self.closed_at is None


@written_once()
class Ballot(db.Model):
    """What one member voted on one question at one sitting. Never updated: a change of mind is the next revision."""

    __tablename__ = "ballot"
    __table_args__ = (UniqueConstraint("sitting_id", "question", "voter_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    question: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]  # how many times the question has been voted on, this one counted
    voter_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    revision: Mapped[int]
    choice: Mapped[dict[str, Any]] = mapped_column(Json)  # by work or newsroom
    receipt: Mapped[str] = mapped_column(String(32))  # random; known to the voter, and part of what is hashed
    cast_at: Mapped[datetime]
    typed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # who typed it from paper; else the voter
    sha256: Mapped[str] = mapped_column(String(64))

    sitting: Mapped[Sitting] = relationship()
    voter: Mapped[User] = relationship(foreign_keys=voter_id)

    @property
    def leaf(self) -> str:
        """By which the voter finds the ballot among those that the round is bound to."""
        return leaf(self.receipt, self.sha256)
