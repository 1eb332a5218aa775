"""Files of paper ballots that were looked at and wait to be confirmed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Json, Short, db


class PaperBatch(db.Model):
    """The rows of one file between looking at them and recording them; gone once recorded."""

    __tablename__ = "paper_batch"
    __table_args__ = (Index(None, "contest_id", "by_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    name: Mapped[str] = mapped_column(Short)
    sha256: Mapped[str] = mapped_column(Short)  # of the file
    tables: Mapped[list[Any]] = mapped_column(Json)  # [[name, [[row, [cell, …]], …]], …]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
