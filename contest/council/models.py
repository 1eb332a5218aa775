"""What is remembered of meetings. Lines of the minutes are written once and name nobody: who reads them sees names."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Enum, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.audit.protection import written_once
from contest.council.stages import How, Stage, Step, Topic, is_entered_later
from contest.database import Json, Short, db

if TYPE_CHECKING:
    from contest.accounts.models import User
    from contest.judging.models import Round, Sitting


def _words(kind: type[StrEnum]) -> Enum:
    """Keep the values of an enumeration as words of 20 characters at most."""
    return Enum(kind, native_enum=False, length=20, values_callable=lambda members: [str(member) for member in members])


class Meeting(db.Model):
    """One meeting of the council of a round."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        Index(
            "ix_meeting_running",
            "round_id",
            unique=True,
            sqlite_where=db.text("stage IN ('called', 'open', 'adjourned')"),
            postgresql_where=db.text("stage IN ('called', 'open', 'adjourned')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(Short)
    place: Mapped[str] = mapped_column(Short, default="")
    convenes_at: Mapped[datetime]
    chair_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    secretary_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    stage: Mapped[Stage] = mapped_column(_words(Stage), default=Stage.CALLED)
    version: Mapped[int] = mapped_column(default=0)  # number of the newest line of its minutes
    acts_seen: Mapped[int] = mapped_column(default=0)  # id of the newest recorded act that is not left to be told
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id", use_alter=True))  # what is taken up now
    conclusion: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(String(60), default="")  # of the minutes, as printed
    called_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    round: Mapped[Round] = relationship()
    chair: Mapped[User] = relationship(foreign_keys=chair_id)
    secretary: Mapped[User] = relationship(foreign_keys=secretary_id)
    item: Mapped[AgendaItem | None] = relationship(foreign_keys=item_id, post_update=True)


class Presence(db.Model):
    """Whether and how a member takes part in a meeting."""

    __tablename__ = "meeting_presence"
    __table_args__ = (UniqueConstraint("meeting_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    how: Mapped[How] = mapped_column(_words(How))
    reason: Mapped[str] = mapped_column(Short, default="")  # of an absence
    arrived_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]


class AgendaItem(db.Model):
    """Something that a meeting took up.

    The works that it is about are named by number alone, so that whoever may not hear of one of them still finds the
    meeting: `sight` says what they learn of it, and the works themselves stay hidden from them.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (UniqueConstraint("meeting_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    position: Mapped[int]
    topic: Mapped[Topic] = mapped_column(_words(Topic))
    group_code: Mapped[str] = mapped_column(String(40), default="")  # of a sealed result
    sitting_id: Mapped[int | None] = mapped_column(ForeignKey("sitting.id"))
    entries: Mapped[list[Any]] = mapped_column(Json, default=list)  # every work that it is about, by entry id
    title: Mapped[str] = mapped_column(Short, default="")  # as typed, of a free item
    taken_up_at: Mapped[datetime]

    meeting: Mapped[Meeting] = relationship(foreign_keys=meeting_id)
    sitting: Mapped[Sitting | None] = relationship()

    @property
    def about(self) -> Collection[int]:
        """The works that it is about, by entry id."""
        return self.entries

    @property
    def entry_id(self) -> int | None:
        """The work that is discussed."""
        return self.entries[0] if self.topic is Topic.WORK else None


class Note(db.Model):
    """What was said, as the secretary wrote it down. It never leaves the room but in the minutes."""

    __tablename__ = "meeting_note"
    __table_args__ = (Index(None, "meeting_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    text: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]


class Proposal(db.Model):
    """Something that a meeting decides on by a show of hands."""

    __tablename__ = "proposal"
    __table_args__ = (
        Index(
            "ix_proposal_open",
            "meeting_id",
            unique=True,
            sqlite_where=db.text("settled_at IS NULL"),
            postgresql_where=db.text("settled_at IS NULL"),
        ),
        Index(None, "meeting_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    text: Mapped[str]
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    carried: Mapped[bool | None]  # None while it is open, and once it is withdrawn

    item: Mapped[AgendaItem | None] = relationship()

    @property
    def about(self) -> Collection[int]:
        """The works that it is about, by entry id."""
        return () if self.item is None else self.item.about


@written_once()
class MinuteLine(db.Model):
    """One step of a meeting, as codes and values. Never updated, and named by nobody but random subject ids."""

    __tablename__ = "minute_line"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]
    step: Mapped[Step] = mapped_column(_words(Step))
    at: Mapped[datetime]  # when it happened
    recorded_at: Mapped[datetime]  # when it was typed in
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    entries: Mapped[list[Any]] = mapped_column(Json)  # works that it is about, by entry id
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    audit_number: Mapped[int]
    audit_hash: Mapped[str] = mapped_column(String(64))  # of its line in the contest's log

    @property
    def about(self) -> Collection[int]:
        """The works that it is about, by entry id."""
        return self.entries

    @property
    def is_entered_later(self) -> bool:
        """Whether it was typed in after its hour, as from a paper."""
        return is_entered_later(self.at, self.recorded_at)
