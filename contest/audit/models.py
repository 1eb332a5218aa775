"""What is remembered of acts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest.audit.protection import written_once
from contest.database import Json, db


@written_once(is_bound=False)
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
    bound: Mapped[dict[str, Any] | None] = mapped_column(Json)  # rows written with it: {table: {key: hash, None: gone}}
    origin: Mapped[dict[str, Any] | None] = mapped_column(Json)  # from where: a digest of the network, the request's id
    previous: Mapped[str]
    hash: Mapped[str]


@written_once(is_bound=False, grows_by="number")
class AuditHead(db.Model):
    """How far a chain has come, so that lines missing at its end are noticed; whoever adds a line holds this row."""

    __tablename__ = "audit_head"

    chain: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    hash: Mapped[str]
