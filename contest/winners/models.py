"""What is remembered of winners: their answers, who receives the money of a prize, and where it is sent."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.audit.protection import written_once
from contest.database import Json, Short, db
from contest.winners.lines import AWARD, NEWSROOM

if TYPE_CHECKING:
    from contest.accounts.models import Consent, User


class Settlement(StrEnum):
    """What the staff answered to a correction."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


class OfPrize:
    """A row that belongs to the prize of a work or of a newsroom."""

    award_id: Mapped[int | None] = mapped_column(ForeignKey("award.id"))
    collective_award_id: Mapped[int | None] = mapped_column(ForeignKey("collective_award.id"))

    @property
    def key(self) -> str:
        """The line of the prize, as `winners.lines` calls it."""
        return f"{AWARD}-{self.award_id}" if self.award_id is not None else f"{NEWSROOM}-{self.collective_award_id}"


ONE_PRIZE = "(award_id IS NULL) != (collective_award_id IS NULL)"


class LineAnswer(OfPrize, db.Model):
    """What somebody answered to the line that will be printed. The newest answer of each person counts."""

    __tablename__ = "line_answer"
    __table_args__ = (
        Index(None, "contest_id", "user_id"),
        Index(None, "award_id"),
        CheckConstraint(ONE_PRIZE, name="of_one_prize"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    fingerprint: Mapped[str] = mapped_column(String(64))  # of the line as it was read, then as it was settled
    for_others: Mapped[bool] = mapped_column(default=False)  # also for authors who have no account
    changes: Mapped[list[Any]] = mapped_column(Json)  # of a correction: field, before, after
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    settlement: Mapped[Settlement | None] = mapped_column(Short)
    settled_why: Mapped[str] = mapped_column(default="")
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    settled_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(foreign_keys=user_id)


class Payout(OfPrize, db.Model):
    """A share of the money of a prize, and who receives it."""

    __tablename__ = "payout"
    __table_args__ = (
        UniqueConstraint("award_id", "user_id"),
        UniqueConstraint("collective_award_id", "user_id"),
        Index(None, "contest_id"),
        CheckConstraint(ONE_PRIZE, name="of_one_prize"),
        CheckConstraint("amount > 0", name="something_is_paid"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    amount: Mapped[int] = mapped_column(BigInteger)  # đồng
    set_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    set_at: Mapped[datetime]


@written_once(may_go=True)
class Payment(OfPrize, db.Model):
    """Money that was sent for a prize, or that came back. It stays when the prize is revoked or the work gets another.

    Never changed: one that was recorded by mistake is undone, and what was recorded is kept as `UndonePayment`.
    """

    __tablename__ = "payment"
    __table_args__ = (
        Index(None, "contest_id"),
        CheckConstraint(ONE_PRIZE, name="of_one_prize"),
        CheckConstraint("amount != 0", name="something_moves"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    amount: Mapped[int] = mapped_column(BigInteger)  # đồng; below nought where it came back
    paid_on: Mapped[date]
    reference: Mapped[str] = mapped_column(Short)
    paid_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    paid_at: Mapped[datetime]

    user: Mapped[User] = relationship(foreign_keys=user_id)


@written_once()
class UndonePayment(OfPrize, db.Model):
    """A payment that was recorded by mistake: what was recorded, and why it is not so. Never removed."""

    __tablename__ = "undone_payment"
    __table_args__ = (Index(None, "contest_id"), CheckConstraint(ONE_PRIZE, name="of_one_prize"))

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))  # who was said to be paid
    amount: Mapped[int] = mapped_column(BigInteger)  # đồng
    paid_on: Mapped[date]
    reference: Mapped[str] = mapped_column(Short)
    paid_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    paid_at: Mapped[datetime]
    why: Mapped[str]
    undone_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    undone_at: Mapped[datetime]

    user: Mapped[User] = relationship(foreign_keys=user_id)
    paid_by: Mapped[User] = relationship(foreign_keys=paid_by_id)
    undone_by: Mapped[User] = relationship(foreign_keys=undone_by_id)


class BankDetails(db.Model):
    """Where somebody wants to be paid, sealed: only `vault` opens it, and only for this person and contest."""

    __tablename__ = "bank_details"
    __table_args__ = (UniqueConstraint("contest_id", "user_id", "newsroom"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    newsroom: Mapped[bool]  # of the newsroom that the person stands for, not their own
    sealed: Mapped[str]
    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id"))
    given_at: Mapped[datetime]

    user: Mapped[User] = relationship()
    consent: Mapped[Consent] = relationship()
