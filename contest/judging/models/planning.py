"""A proposal of who judges what, between changing it by hand and confirming it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Json, db


class AssignmentPlan(db.Model):
    """Who is to judge the works of a round, or of one of its panels; gone once confirmed or laid aside.

    A proposal that nobody has touched is not kept: the same facts and the same draw give it again.
    """

    __tablename__ = "assignment_plan"
    __table_args__ = (UniqueConstraint("round_id", "panel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    panel: Mapped[str] = mapped_column(String(40), default="")  # empty: every panel of the round
    seed: Mapped[int]
    lines: Mapped[list[Any]] = mapped_column(Json)  # [[entry id, juror id, reason], …]: all who judge it, not only new
    touched: Mapped[list[Any]] = mapped_column(Json)  # ids of the works whose jurors somebody chose
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
