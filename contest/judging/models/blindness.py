"""Files without names, and which files were looked through for names."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.database import Json, Short, db

if TYPE_CHECKING:
    from contest.accounts.models import User
    from contest.entries.models import Attachment


class RedactedCopy(db.Model):
    """A file that jurors of a blind round see in place of another. The newest that was not taken away is in force."""

    __tablename__ = "redacted_copy"
    __table_args__ = (
        Index(
            "ix_redacted_copy_in_force",
            "attachment_id",
            unique=True,
            sqlite_where=db.text("removed_at IS NULL"),
            postgresql_where=db.text("removed_at IS NULL"),
        ),
        Index(None, "sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    note: Mapped[str] = mapped_column(Short, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    attachment: Mapped[Attachment] = relationship()
    by: Mapped[User] = relationship()


class LookedThrough(db.Model):
    """What was found in the bytes that jurors see of a file: where somebody is named, never who."""

    __tablename__ = "looked_through"

    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))  # the bytes that were read: the original's or the copy's
    telling: Mapped[list[Any]] = mapped_column(Json)  # place, page and kind of each naming
    readable: Mapped[bool]  # whether there was text; a picture or a recording must be looked at by people
    at: Mapped[datetime]
    cleared_at: Mapped[datetime | None]  # when somebody said that these bytes give nobody away
    cleared_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    cleared_by: Mapped[User | None] = relationship()
