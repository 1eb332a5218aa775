"""What is remembered of documents: the fields that somebody typed for a draft."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Json, db


class OfficialDraft(db.Model):
    """Number, date, place, signer and whatever else a document needs that no record holds; the last word counts."""

    __tablename__ = "official_draft"
    __table_args__ = (UniqueConstraint("contest_id", "kind", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(60))
    fields: Mapped[dict[str, Any]] = mapped_column(Json)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
