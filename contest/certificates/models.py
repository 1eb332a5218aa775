"""What is remembered of certificates: each with the words frozen at its preparation, and the files drawn of them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.audit.protection import written_once
from contest.certificates import codes
from contest.certificates.choosing import TemplateKind
from contest.database import Json, Short, db
from contest.errors import N_
from contest.results import models as _  # noqa: F401 - an alias of any class needs every class that relationships name
from contest.storage import Blob

if TYPE_CHECKING:
    from contest.accounts.models import User
    from contest.results.models import Award, Decision


class CertificateState(StrEnum):
    """Where a certificate stands; whether it is public yet is said by the publication of its decision."""

    PREPARED = "prepared"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        """The state in words, as a message id."""
        return STATE_LABELS[self]


IN_FORCE = frozenset({CertificateState.PREPARED, CertificateState.SUSPENDED})
"""States in which a certificate answers for its prize, if only after a suspension is lifted."""

STATE_LABELS = {
    CertificateState.PREPARED: N_("In force"),
    CertificateState.SUSPENDED: N_("Suspended"),
    CertificateState.REVOKED: N_("Revoked"),
    CertificateState.SUPERSEDED: N_("Replaced"),
}


CHANGING = (
    *("state", "ended_on", "ended_by", "ended_why", "replaced_by_id"),
    *("design_sha256", "sha256", "signed_by_id", "signed_at"),
)
"""What a decision, or the next drawing, changes of a certificate."""


@written_once(but=CHANGING)
class Certificate(db.Model):
    """One sheet of paper. Its number, code and words are written once; only its state may change, by a decision."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("contest_id", "number"),
        UniqueConstraint("award_id", "position", "decision_id"),
        UniqueConstraint("collective_award_id", "decision_id"),
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
    design_sha256: Mapped[str | None] = mapped_column(ForeignKey("kept_design.sha256"), index=True)  # none: the house's
    sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))  # of the drawn file
    ended_on: Mapped[date | None]
    ended_by: Mapped[str] = mapped_column(default="")  # number of the decision that suspended, revoked or replaced it
    ended_why: Mapped[str] = mapped_column(default="")
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))

    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("seal_key.id"))  # none: the file is not signed
    signed_at: Mapped[datetime | None]

    award: Mapped[Award | None] = relationship()
    signed_by: Mapped[SealKey | None] = relationship(lazy="joined")
    decision: Mapped[Decision] = relationship()
    kept_design: Mapped[KeptDesign | None] = relationship()
    replaced_by: Mapped[Certificate | None] = relationship(remote_side=[id])
    blob: Mapped[Blob | None] = relationship()

    @property
    def shown_code(self) -> str:
        """The code as printed."""
        return codes.shown(self.code)

    @property
    def state_label(self) -> str:
        """Where it stands, as a message id."""
        return CertificateState(self.state).label

    @property
    def people(self) -> str:
        """The names on it, in one line."""
        return ", ".join(author["name"] for author in self.printed["authors"])

    @property
    def filename(self) -> str:
        """A name for the file that sorts by register number and means something in a folder."""
        entry_code = self.printed["facts"]["entry_code"]
        return f"giay-chung-nhan-{self.number:03d}{'-' + entry_code if entry_code else ''}.pdf"


class SealKind(StrEnum):
    """What a key signs."""

    FILE = "file"  # the drawn file, with the organization's certificate
    CODE = "code"  # the square code on paper


@written_once(but=("name", "self_signed", "valid_until", "withdrawn_at", "withdrawn_why"))
class SealKey(db.Model):
    """A key with which certificates were ever signed, as far as everybody may know it. Never removed.

    What was signed with a key is verified with it long after the next one has taken its place.
    """

    __tablename__ = "seal_key"
    __table_args__ = (UniqueConstraint("kind", "key_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[SealKind] = mapped_column(Short)
    key_id: Mapped[str] = mapped_column(String(64))  # of a certificate its fingerprint
    public: Mapped[str]  # a certificate with those above it as PEM; a key of the square code in base 64
    name: Mapped[str] = mapped_column(Short, default="")
    self_signed: Mapped[bool] = mapped_column(default=False)
    valid_until: Mapped[datetime | None]
    known_since: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]  # somebody else may have got hold of it: what it signed proves nothing
    withdrawn_why: Mapped[str] = mapped_column(default="")


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


class CertificateTemplate(db.Model):
    """A design with a name, and for which certificates it is. Changing it changes none that was prepared."""

    __tablename__ = "certificate_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), index=True)
    name: Mapped[str] = mapped_column(Short)
    kind: Mapped[TemplateKind] = mapped_column(Short, default=TemplateKind.BOTH)
    tiers: Mapped[list[Any]]  # codes of prizes; none for all
    design: Mapped[dict[str, Any]]  # as `Design.document` writes it
    background_sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"), index=True)  # named by the design
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    updated_at: Mapped[datetime]
    updated_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    retired_at: Mapped[datetime | None]

    updated_by: Mapped[User] = relationship(foreign_keys=updated_by_id)


@written_once()
class KeptDesign(db.Model):
    """A design that certificates were prepared with, kept under the hash of what it says. Written once."""

    __tablename__ = "kept_design"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    design: Mapped[dict[str, Any]]
    background_sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"), index=True)  # named by the design
