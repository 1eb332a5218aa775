"""What people said of themselves, and what was said about each tie between somebody and a work."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Enum, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.database import Short, db
from contest.interests.kinds import Kind, State

if TYPE_CHECKING:
    from contest.accounts.models import Outlet, User
    from contest.entries.models import Entry


def _kinds() -> Enum:
    return Enum(Kind, native_enum=False, length=20, values_callable=lambda kinds: [str(kind) for kind in kinds])


class Interest(db.Model):
    """What was said at one moment about a tie between somebody and a work: declared, confirmed or waived.

    Never rewritten: what is said next ends this row and is a row of its own, so that what held when a round was sealed
    can be told for good.
    """

    __tablename__ = "interest"
    __table_args__ = (
        Index(
            "ix_interest_in_force",
            "user_id",
            "entry_id",
            "kind",
            unique=True,
            sqlite_where=db.text("ended_at IS NULL"),
            postgresql_where=db.text("ended_at IS NULL"),
        ),
        Index(None, "entry_id"),
        Index(None, "contest_id", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    kind: Mapped[Kind] = mapped_column(_kinds())
    state: Mapped[State] = mapped_column(
        Enum(State, native_enum=False, length=20, values_callable=lambda states: [str(state) for state in states])
    )
    note: Mapped[str] = mapped_column(Short, default="")  # what the person wrote
    tie_id: Mapped[int | None] = mapped_column(ForeignKey("tie.id"))  # what the person told, from which it follows
    reason: Mapped[str] = mapped_column(default="")  # why it was confirmed or waived
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # when something else was said, or it was taken back

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    by: Mapped[User] = relationship(foreign_keys=[by_id])
    entry: Mapped[Entry] = relationship()


class Tie(db.Model):
    """A newsroom or a person that somebody is close to, as they said themselves; it holds for works still to come."""

    __tablename__ = "tie"
    __table_args__ = (Index(None, "contest_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    outlet_id: Mapped[int | None] = mapped_column(ForeignKey("outlet.id"))
    until: Mapped[int | None]  # the year in which they left the newsroom; None: they work there now
    name: Mapped[str] = mapped_column(Short, default="")  # of a person
    key: Mapped[str] = mapped_column(Short, default="")  # letters of that name by which works are searched
    relation: Mapped[Kind | None] = mapped_column(_kinds())  # how they stand to that person
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # taken back; the name is forgotten then

    outlet: Mapped[Outlet | None] = relationship()


class Declaration(db.Model):
    """That somebody thought of their interests before a round and has told all of them, or has none."""

    __tablename__ = "declaration"
    __table_args__ = (UniqueConstraint("contest_id", "round", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    round: Mapped[str] = mapped_column(String(40))  # its code
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
