"""What organizers tell the public: announcements with their files, and stories of exemplars."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.database import Short, db
from contest.errors import N_

if TYPE_CHECKING:
    from contest.accounts.models import User
    from contest.exemplars.models import Exemplar
    from contest.storage import Blob

LONGEST_TITLE = 200
LONGEST_SUMMARY = 400
LONGEST_TEXT = 20_000


class Visibility(StrEnum):
    """Whether the public sees something that was written for it."""

    DRAFT = "draft"
    PUBLIC = "public"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """Message id of the state."""
        return LABELS[self]

    @property
    def mark(self) -> str:
        """Name of the mark that shows the state in a table."""
        return {Visibility.DRAFT: "wait", Visibility.PUBLIC: "ok", Visibility.WITHDRAWN: "gone"}[self]


LABELS = {
    Visibility.DRAFT: N_("Not published"),
    Visibility.PUBLIC: N_("Published"),
    Visibility.WITHDRAWN: N_("Withdrawn from the page"),
}


class Publishable:
    """Something that is written, put before the public, and perhaps taken back. The day it first appeared stays."""

    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    summary: Mapped[str] = mapped_column(String(LONGEST_SUMMARY), default="")
    text: Mapped[str] = mapped_column(default="")  # Markdown
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    @property
    def visibility(self) -> Visibility:
        """Whether the public sees it."""
        if self.published_at is None:
            return Visibility.DRAFT
        return Visibility.PUBLIC if self.withdrawn_at is None else Visibility.WITHDRAWN


class Announcement(Publishable, db.Model):
    """A notice of the organizers."""

    __tablename__ = "announcement"
    __table_args__ = (Index(None, "contest_id", "published_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    created_by: Mapped[User] = relationship()
    files: Mapped[list[AnnouncementFile]] = relationship(
        back_populates="announcement", order_by="AnnouncementFile.id", cascade="all, delete-orphan"
    )


class AnnouncementFile(db.Model):
    """A file that hangs on a notice."""

    __tablename__ = "announcement_file"
    __table_args__ = (Index(None, "announcement_id"), Index(None, "sha256"))

    id: Mapped[int] = mapped_column(primary_key=True)
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcement.id"))
    name: Mapped[str] = mapped_column(Short)
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    size: Mapped[int] = mapped_column(BigInteger)

    announcement: Mapped[Announcement] = relationship(back_populates="files")
    blob: Mapped[Blob] = relationship()


class ExemplarStory(Publishable, db.Model):
    """What the organizers tell of an exemplar, with or without a work that won."""

    __tablename__ = "exemplar_story"
    __table_args__ = (Index(None, "contest_id", "published_at"),)

    exemplar_id: Mapped[int] = mapped_column(ForeignKey("exemplar.id"), primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))

    exemplar: Mapped[Exemplar] = relationship()
