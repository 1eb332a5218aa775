"""What is remembered of acts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Json, db


class AuditLine(db.Model):
    """One act: who, what, about what, and the hash of the line before. Written once."""

    __tablename__ = "audit_line"
    __table_args__ = (UniqueConstraint("chain", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    chain: Mapped[int]  # the contest's id; 0 for acts outside any contest
    number: Mapped[int]
    at: Mapped[datetime]
    action: Mapped[str]
    actor: Mapped[str | None]  # random subject id; None for the system
    about: Mapped[str]
    details: Mapped[dict[str, Any]] = mapped_column(Json)
    previous: Mapped[str]
    hash: Mapped[str]
