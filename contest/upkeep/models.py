"""What is remembered of the machines."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Short, db


class Pulse(db.Model):
    """When the worker of a machine was last seen at work."""

    __tablename__ = "pulse"

    machine: Mapped[str] = mapped_column(Short, primary_key=True)
    seen_at: Mapped[datetime]
