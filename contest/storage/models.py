"""Files by their content: one row for each different sequence of bytes, and what we made from it to look at."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest import clock
from contest.database import db


class Kind(StrEnum):
    """What a regulation may ask for in a slot; decided by content, never by the name of the file."""

    PDF = "pdf"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    DOCX = "docx"


class DerivedState(StrEnum):
    """How far the pictures and streams people look at in pages have come."""

    NONE = "none"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class Scan(StrEnum):
    """What a virus scanner has said of a file."""

    NONE = "none"  # nobody was asked: we made the file, or there is no scanner
    WAITING = "waiting"
    CLEAN = "clean"
    TOO_LARGE = "too_large"  # for the scanner, which takes no file of this length
    INFECTED = "infected"


WITHHELD = (Scan.WAITING, Scan.TOO_LARGE, Scan.INFECTED)
"""The bytes of such a file are given to nobody."""


class Part(StrEnum):
    """What a derivative is of its original."""

    PAGE = "page"
    IMAGE = "image"
    MEDIA = "media"
    PDF = "pdf"


class Blob(db.Model):
    """Bytes kept under their SHA-256. Who may read them is decided by the row that refers to them, never here."""

    __tablename__ = "blob"
    __table_args__ = (CheckConstraint("size >= 0", name="size_not_negative"), Index(None, "scan"))

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str | None] = mapped_column(String(10))
    active_content: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    derived: Mapped[str] = mapped_column(String(10), default=DerivedState.NONE)
    derived_problem: Mapped[str | None] = mapped_column(String(300))  # an English sentence, translated when shown
    scan: Mapped[str] = mapped_column(String(10), default=Scan.NONE, server_default=Scan.NONE)
    scan_finding: Mapped[str | None] = mapped_column(String(200))  # what the scanner calls it
    scanned_at: Mapped[datetime | None]


class Derivative(db.Model):
    """Something harmless made from an original: a page as an image, a stream without metadata."""

    __tablename__ = "derivative"
    __table_args__ = (UniqueConstraint("original_sha256", "part", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    original_sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256", ondelete="CASCADE"), index=True)
    part: Mapped[str] = mapped_column(String(10))
    position: Mapped[int]  # pages count from 1
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"), index=True)
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    width: Mapped[int | None]
    height: Mapped[int | None]
    seconds: Mapped[int | None]  # of audio and video, whole
