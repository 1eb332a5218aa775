"""What is remembered of certificates that left the system: files taken, sheets printed, letters written."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.audit.protection import written_once
from contest.database import Short, db
from contest.errors import N_
from contest.mail import Letter

if TYPE_CHECKING:
    from contest.accounts.models import User
    from contest.certificates.models import Certificate


class Taken(StrEnum):
    """Which file of certificates somebody took, and which one a sheet was printed from."""

    PRINT_FILE = "print_file"
    MARKED = "marked"
    BLEED = "bleed"
    ARCHIVE = "archive"
    SINGLE = "single"


TAKEN_LABELS = {
    Taken.PRINT_FILE: N_("File for the printer"),
    Taken.MARKED: N_("File for the printer with crop marks"),
    Taken.BLEED: N_("File for the printer with crop marks and bleed"),
    Taken.ARCHIVE: N_("All files in one ZIP"),
    Taken.SINGLE: N_("Single file"),
}


class CertificateDownload(db.Model):
    """That somebody of the staff took a file from which certificates can be printed."""

    __tablename__ = "certificate_download"
    __table_args__ = (Index(None, "contest_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    what: Mapped[Taken] = mapped_column(Short)
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))  # none: a file of all
    sha256: Mapped[str] = mapped_column(String(64))  # of the drawn file; marks are added to it when it is taken
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]

    certificate: Mapped[Certificate | None] = relationship()
    by: Mapped[User] = relationship()


@written_once(but=("spoiled_at", "spoiled_why", "spoiled_by_id"))
class CertificatePrint(db.Model):
    """One printed sheet of a certificate. It is never removed: a sheet that was spoiled says so, and why."""

    __tablename__ = "certificate_print"
    __table_args__ = (
        UniqueConstraint("certificate_id", "copy"),
        Index(None, "contest_id", "at"),
        CheckConstraint("copy > 0", name="copies_count_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"))
    copy: Mapped[int]
    source: Mapped[Taken] = mapped_column(Short)
    reason: Mapped[str] = mapped_column(default="")  # why there is another one; empty for the first
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    spoiled_at: Mapped[datetime | None]
    spoiled_why: Mapped[str] = mapped_column(default="")
    spoiled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    certificate: Mapped[Certificate] = relationship()
    by: Mapped[User] = relationship(foreign_keys=by_id)
    spoiled_by: Mapped[User | None] = relationship(foreign_keys=spoiled_by_id)


class CertificateLetter(db.Model):
    """That a letter told somebody of a certificate: an account, or an author who is only known by an address."""

    __tablename__ = "certificate_letter"
    __table_args__ = (UniqueConstraint("certificate_id", "letter_id"), Index(None, "letter_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"))
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))

    certificate: Mapped[Certificate] = relationship()
    letter: Mapped[Letter] = relationship()
