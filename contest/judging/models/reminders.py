"""Who was reminded when, and on which days jurors are reminded by themselves."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.database import db
from contest.judging.models.rounds import Round
from contest.judging.reminding import Plan


class Reminder(db.Model):
    """One letter that reminded one juror of the sheets of a round. There is one a day at most."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("round_id", "juror_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    juror_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    day: Mapped[date]  # in the contest's zone
    at: Mapped[datetime]
    left: Mapped[int]  # sheets that were missing
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # nobody: it was written by the plan


class ReminderPlan(db.Model):
    """The days on which jurors of a round are reminded without anybody's doing."""

    __tablename__ = "reminder_plan"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    before: Mapped[list[Any]]  # days before the last day of the round
    every: Mapped[int]  # days; 0 for never
    hour: Mapped[int]
    only_behind: Mapped[bool]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]

    round: Mapped[Round] = relationship()

    @property
    def rule(self) -> Plan:
        """The plan, as the rule that finds its days."""
        return Plan(self.before, self.every, self.hour)
