"""What is remembered of the screening: every act, never updated."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Enum, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest import clock
from contest.audit.protection import written_once
from contest.database import Json, Short, db
from contest.screening.acts import ActKind

if TYPE_CHECKING:
    from contest.accounts.models import User
    from contest.entries.models import Entry, EntryRevision


@written_once()
class ScreeningAct(db.Model):
    """One thing a secretary did to one revision of a work."""

    __tablename__ = "screening_act"
    __table_args__ = (Index(None, "entry_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("entry_revision.id"))
    kind: Mapped[ActKind] = mapped_column(
        Enum(ActKind, native_enum=False, length=20, values_callable=lambda kinds: [str(kind) for kind in kinds])
    )
    reason: Mapped[str] = mapped_column(default="")  # what the author reads; of a note, what colleagues read
    article: Mapped[str] = mapped_column(Short, default="")  # of a rejection, as cited
    items: Mapped[list[Any]] = mapped_column(Json, default=list)  # of a return: codes; of a check: findings
    until: Mapped[datetime | None]  # of a return, exclusive
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]

    entry: Mapped[Entry] = relationship()
    revision: Mapped[EntryRevision] = relationship()
    by: Mapped[User] = relationship()

    @property
    def last_day(self) -> date | None:
        """The last day, itself included, on which a returned work can be completed."""
        return clock.local(self.until - timedelta(microseconds=1)).date() if self.until else None
