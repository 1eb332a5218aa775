"""What is remembered of acts that need a second person."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Enum, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.database import Json, db
from contest.errors import N_

if TYPE_CHECKING:
    from contest.accounts.models import User
    from contest.regulations.models import Contest


class Outcome(StrEnum):
    """What became of something that was asked for."""

    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class SecondedAct(db.Model):
    """An act as one person asked for it: which, where, with what values; and who answered."""

    __tablename__ = "seconded_act"
    __table_args__ = (Index(None, "contest_id", "outcome"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    act: Mapped[str] = mapped_column(String(40))  # its code in the regulation
    about: Mapped[str]  # in words, as it was shown to the one who asked
    address: Mapped[str]  # of the door, with its query
    values: Mapped[list[list[str]]] = mapped_column(Json)  # names and values of the form, as they were sent
    shown: Mapped[list[list[str]]] = mapped_column(Json)  # labels and values, as people read them
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    outcome: Mapped[Outcome | None] = mapped_column(
        Enum(Outcome, native_enum=False, length=20, values_callable=lambda members: [str(each) for each in members])
    )
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answered_at: Mapped[datetime | None]
    answer: Mapped[str | None]  # why it was declined

    contest: Mapped[Contest] = relationship()
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])
    answered_by: Mapped[User | None] = relationship(foreign_keys=[answered_by_id])

    def is_open(self, now: datetime) -> bool:
        """Say whether it can still be answered."""
        return self.outcome is None and now < self.expires_at

    def state(self, now: datetime) -> tuple[str, str]:
        """Give the mark and the message id of what became of it."""
        if self.outcome is Outcome.CONFIRMED:
            return "ok", N_("Confirmed and done")
        if self.outcome is Outcome.DECLINED:
            return "gone", N_("Declined")
        if self.outcome is Outcome.WITHDRAWN:
            return "gone", N_("Withdrawn")
        return ("wait", N_("Waits for a second person")) if self.is_open(now) else ("no", N_("Lapsed"))
