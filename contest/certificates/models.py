"""What is remembered of certificates: each with the words frozen at its preparation, and the files drawn of them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.certificates import codes
from contest.database import Json, Short, db
from contest.errors import N_

if TYPE_CHECKING:
    from contest.results.models import Award, Decision
    from contest.storage import Blob


class CertificateState(StrEnum):
    """Where a certificate stands; whether it is public yet is said by the publication of its decision."""

    PREPARED = "prepared"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        """The state in words, as a message id."""
        return STATE_LABELS[self]


STATE_LABELS = {
    CertificateState.PREPARED: N_("In force"),
    CertificateState.REVOKED: N_("Revoked"),
    CertificateState.SUPERSEDED: N_("Replaced"),
}


class Certificate(db.Model):
    """One sheet of paper. Its number, code and words are written once; only its state may change, by a decision."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("contest_id", "number"),
        UniqueConstraint("award_id", "position"),
        UniqueConstraint("collective_award_id"),
        Index(None, "contest_id", "decision_id"),
        Index(None, "sha256"),
        Index(None, "subject"),
        CheckConstraint("number > 0", name="number_counts_from_one"),
        CheckConstraint("(award_id IS NULL) != (collective_award_id IS NULL)", name="of_one_prize"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    award_id: Mapped[int | None] = mapped_column(ForeignKey("award.id"))  # the prize of a work
    collective_award_id: Mapped[int | None] = mapped_column(ForeignKey("collective_award.id"))  # or of a newsroom
    position: Mapped[int]  # 0: the whole group; else the author's place in the byline
    subject: Mapped[str | None] = mapped_column(Short)  # of the only author named on it
    number: Mapped[int]  # in the register of the contest, without gaps
    code: Mapped[str] = mapped_column(String(codes.LENGTH), unique=True)
    printed: Mapped[dict[str, Any]] = mapped_column(Json)
    payload: Mapped[str]
    state: Mapped[CertificateState] = mapped_column(Short, default=CertificateState.PREPARED)
    prepared_at: Mapped[datetime]
    sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))  # of the drawn file
    ended_on: Mapped[date | None]
    ended_by: Mapped[str] = mapped_column(default="")  # number of the decision that revoked or replaced it
    ended_why: Mapped[str] = mapped_column(default="")

    award: Mapped[Award | None] = relationship()
    decision: Mapped[Decision] = relationship()
    blob: Mapped[Blob | None] = relationship()

    @property
    def shown_code(self) -> str:
        """The code as printed."""
        return codes.shown(self.code)

    @property
    def people(self) -> str:
        """The names on it, in one line."""
        return ", ".join(author["name"] for author in self.printed["authors"])

    @property
    def filename(self) -> str:
        """A name for the file that sorts by register number and means something in a folder."""
        entry_code = self.printed["facts"]["entry_code"]
        return f"giay-chung-nhan-{self.number:03d}{'-' + entry_code if entry_code else ''}.pdf"


class CertificateSet(db.Model):
    """All certificates of a decision as they were drawn last: one archive, and one file for the printer."""

    __tablename__ = "certificate_set"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    count: Mapped[int]
    archive_sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"), index=True)
    print_sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"), index=True)
    drawn_at: Mapped[datetime]

    archive: Mapped[Blob] = relationship(foreign_keys=archive_sha256)
    print_file: Mapped[Blob] = relationship(foreign_keys=print_sha256)
