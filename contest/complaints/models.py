"""What is remembered of complaints. Names and ways to write to people stand in one table that can be emptied."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Enum, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.audit.protection import written_once
from contest.complaints.rules import About, State, Verdict, is_late, shown, state_of
from contest.database import Short, db

if TYPE_CHECKING:
    from contest.accounts.models import User
    from contest.entries.models import Entry
    from contest.judging.models import Round
    from contest.regulations.models import Contest


def _words(kind: type[About] | type[Verdict]) -> Enum:
    return Enum(kind, native_enum=False, length=20, values_callable=lambda members: [str(each) for each in members])


@written_once(but=("entry_id", "assigned_to_id", "merged_into_id"))
class Complaint(db.Model):
    """One complaint as it arrived. What it says is never changed; what is done with it stands beside it."""

    __tablename__ = "complaint"
    __table_args__ = (UniqueConstraint("contest_id", "number"), Index(None, "entry_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    number: Mapped[int]
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"))
    about: Mapped[About] = mapped_column(_words(About))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))  # the work it turned out to be about
    subject: Mapped[str] = mapped_column(String(400))  # as it was chosen or written
    text: Mapped[str]
    received_at: Mapped[datetime]
    due_on: Mapped[date]
    code_digest: Mapped[str] = mapped_column(String(64))
    assigned_to_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id"))

    contest: Mapped[Contest] = relationship()
    entry: Mapped[Entry | None] = relationship()
    assigned_to: Mapped[User | None] = relationship()
    merged_into: Mapped[Complaint | None] = relationship(remote_side=[id])
    complainant: Mapped[Complainant | None] = relationship(back_populates="complaint")
    files: Mapped[list[ComplaintFile]] = relationship(back_populates="complaint", order_by="ComplaintFile.id")
    notes: Mapped[list[ComplaintNote]] = relationship(back_populates="complaint", order_by="ComplaintNote.id")
    answer: Mapped[ComplaintAnswer | None] = relationship(back_populates="complaint")
    remarks: Mapped[list[ComplaintRemark]] = relationship(back_populates="complaint", order_by="ComplaintRemark.id")

    @property
    def shown_number(self) -> str:
        """The number as letters name it."""
        return shown(self.number)

    @property
    def state(self) -> State:
        """Where it stands."""
        return state_of(
            answered=self.answer is not None,
            merged=self.merged_into_id is not None,
            remarking=any(remark.concluded_at is None for remark in self.remarks),
            assigned=self.assigned_to_id is not None,
        )

    def is_late(self, now: datetime) -> bool:
        """Whether the answer came, or will come, after its last day."""
        return is_late(self.due_on, self.answer.at if self.answer is not None else None, now)


class Complainant(db.Model):
    """Who complained, and how they are written to: the one row that goes when a person asks to be forgotten."""

    __tablename__ = "complainant"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(Short)
    email: Mapped[str] = mapped_column(Short, default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    unit: Mapped[str] = mapped_column(Short, default="")

    complaint: Mapped[Complaint] = relationship(back_populates="complainant")


class ComplaintFile(db.Model):
    """One file that came with a complaint; only ever sent as it came, to be saved."""

    __tablename__ = "complaint_file"
    __table_args__ = (Index(None, "complaint_id"), Index(None, "sha256"))

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    name: Mapped[str] = mapped_column(Short)  # as it was called, cleaned; never a path
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(Short)

    complaint: Mapped[Complaint] = relationship(back_populates="files")


class ComplaintNote(db.Model):
    """What staff write down for each other while they look into a complaint."""

    __tablename__ = "complaint_note"
    __table_args__ = (Index(None, "complaint_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    text: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]

    complaint: Mapped[Complaint] = relationship(back_populates="notes")
    by: Mapped[User] = relationship()


@written_once()
class ComplaintAnswer(db.Model):
    """The answer with its reasons, written once."""

    __tablename__ = "complaint_answer"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), primary_key=True)
    verdict: Mapped[Verdict] = mapped_column(_words(Verdict))
    reasons: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]

    complaint: Mapped[Complaint] = relationship(back_populates="answer")
    by: Mapped[User] = relationship()


class ComplaintRemark(db.Model):
    """That a work is marked again because of a complaint; who marks it says the newest act about it."""

    __tablename__ = "complaint_remark"
    __table_args__ = (UniqueConstraint("complaint_id", "entry_id"), Index(None, "entry_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    reason: Mapped[str]
    until: Mapped[datetime]
    ordered_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    ordered_at: Mapped[datetime]
    concluded_at: Mapped[datetime | None]
    version: Mapped[int | None]  # of the round's result with the new sheets

    complaint: Mapped[Complaint] = relationship(back_populates="remarks")
    round: Mapped[Round] = relationship()
    entry: Mapped[Entry] = relationship()
    ordered_by: Mapped[User] = relationship()
