"""What is remembered of results: acts of people, sealed outcomes, awards, postings, decisions. All written once."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Enum, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.audit.protection import written_once
from contest.database import Json, Short, db
from contest.errors import N_

if TYPE_CHECKING:
    from contest.accounts.models import User
    from contest.entries.models import Entry
    from contest.judging.models import Round
    from contest.regulations.models import Contest


class ActKind(StrEnum):
    """What people decided where the rules leave it to them, or what they did on the way to the wall."""

    DISCREPANCY_ACCEPTED = "discrepancy_accepted"
    REMARK_ASKED = "remark_asked"
    THIRD_ASKED = "third_asked"
    FLAGGED = "flagged"
    BONUS_GIVEN = "bonus_given"
    SITTING = "sitting"
    TIE_SETTLED = "tie_settled"
    ACCEPTED_SHORT = "accepted_short"
    PRIZE_CHOSEN = "prize_chosen"
    ADVANCED = "advanced"
    PROPOSED = "proposed"
    APPROVED = "approved"
    NO_COMPLAINT = "no_complaint"
    PREPARED = "prepared"
    CARRIED_ON = "carried_on"
    WINNERS_ASKED = "winners_asked"
    WINNERS_PASSED = "winners_passed"
    REMARK_ORDERED = "remark_ordered"
    CONCLUDED_AGAIN = "concluded_again"
    COMPLAINT_RECEIVED = "complaint_received"
    COMPLAINT_ANSWERED = "complaint_answered"


BEFORE_SEALING = (
    ActKind.DISCREPANCY_ACCEPTED,
    ActKind.REMARK_ASKED,
    ActKind.THIRD_ASKED,
    ActKind.FLAGGED,
    ActKind.BONUS_GIVEN,
    ActKind.SITTING,
    ActKind.TIE_SETTLED,
    ActKind.ACCEPTED_SHORT,
    ActKind.PRIZE_CHOSEN,
    ActKind.REMARK_ORDERED,
    ActKind.CONCLUDED_AGAIN,
)
"""Acts that a sealed result rests on; the last two only from its second version on."""


class AmendmentKind(StrEnum):
    """Why a decision has a version after its first."""

    CORRECTION = "correction"
    SUSPENSION = "suspension"
    REVOCATION = "revocation"
    RESTORATION = "restoration"

    @property
    def label(self) -> str:
        """Message id of the amendment."""
        return AMENDMENT_LABELS[self]


AMENDMENT_LABELS = {
    AmendmentKind.CORRECTION: N_("Corrected"),
    AmendmentKind.SUSPENSION: N_("Award suspended"),
    AmendmentKind.REVOCATION: N_("Award revoked"),
    AmendmentKind.RESTORATION: N_("Award restored"),
}


@written_once()
class RecordedAct(db.Model):
    """One act of a person that the result rests on: what was chosen, why, by whom and when."""

    __tablename__ = "recorded_act"
    __table_args__ = (Index(None, "contest_id", "kind"), Index(None, "round_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"))
    kind: Mapped[ActKind] = mapped_column(
        Enum(ActKind, native_enum=False, length=30, values_callable=lambda kinds: [str(kind) for kind in kinds])
    )
    subject: Mapped[str] = mapped_column(Short)  # entry:BI-0001, category:BAO_IN, list
    choice: Mapped[dict[str, Any]] = mapped_column(Json)
    reason: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # nobody for what comes from outside
    at: Mapped[datetime]

    by: Mapped[User | None] = relationship()


@written_once()
class RoundResult(db.Model):
    """What a round came to, frozen at sealing: canonical JSON and its hash, and everything it was concluded from.

    A work that was marked again after a complaint makes the next version; the newest is in force, the others stay.
    """

    __tablename__ = "round_result"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, default=1, autoincrement=False)
    result: Mapped[dict[str, Any]] = mapped_column(Json)
    sha256: Mapped[str] = mapped_column(String(64))
    material: Mapped[dict[str, Any]] = mapped_column(Json, deferred=True)  # as `freezing` writes it
    sealed_at: Mapped[datetime]

    round: Mapped[Round] = relationship()


@written_once()
class RoundCommitment(db.Model):
    """What binds every sheet and ballot of a sealed round, published at the sealing: salted hashes, and their root."""

    __tablename__ = "round_commitment"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # of the result
    root: Mapped[str] = mapped_column(String(64))
    leaves: Mapped[list[Any]] = mapped_column(Json)  # in ascending order
    at: Mapped[datetime]

    round: Mapped[Round] = relationship()


@written_once()
class Award(db.Model):
    """One prize of one work in one version of the proposed list: of a tier, special or thematic."""

    __tablename__ = "award"
    __table_args__ = (UniqueConstraint("contest_id", "version", "entry_id", "tier"), Index(None, "entry_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    version: Mapped[int] = mapped_column(default=1)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("entry_revision.id"))
    category: Mapped[str] = mapped_column(Short)
    group: Mapped[str] = mapped_column(Short)  # in which the work competed; empty where the prize is over all groups
    tier: Mapped[str] = mapped_column(String(10))  # code of the tier, or of the special or thematic prize
    place: Mapped[int | None]  # in the group; none for a prize over all groups
    money: Mapped[int] = mapped_column(BigInteger)  # đồng paid out
    in_kind: Mapped[str] = mapped_column(default="")  # a thing that comes with it
    worth: Mapped[int] = mapped_column(BigInteger, default=0)  # of the thing, in đồng; listed and not paid

    entry: Mapped[Entry] = relationship()


@written_once()
class CollectiveAward(db.Model):
    """One prize of a newsroom in one version of the proposed list."""

    __tablename__ = "collective_award"
    __table_args__ = (UniqueConstraint("contest_id", "version", "outlet", "prize"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    version: Mapped[int] = mapped_column(default=1)
    outlet: Mapped[str] = mapped_column(Short)  # the name under which its works were printed
    prize: Mapped[str] = mapped_column(String(10))
    works: Mapped[int]
    points: Mapped[str] = mapped_column(Short, default="")  # of the formula, as an exact fraction; empty without one
    money: Mapped[int] = mapped_column(BigInteger)
    in_kind: Mapped[str] = mapped_column(default="")
    worth: Mapped[int] = mapped_column(BigInteger, default=0)


@written_once()
class Posting(db.Model):
    """The proposed list as it hangs on the public notice: titles, names and tiers, neither scores nor money."""

    __tablename__ = "posting"
    __table_args__ = (UniqueConstraint("contest_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    version: Mapped[int] = mapped_column(default=1)
    opens_on: Mapped[date]
    until: Mapped[date]  # the last day, itself included
    copy: Mapped[dict[str, Any]] = mapped_column(Json)
    sha256: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]

    by: Mapped[User] = relationship()


@written_once()
class Decision(db.Model):
    """The decision that gives the prizes, with the copy it froze: names, titles, tiers and money as decided.

    A later version is the same decision as amended: its copy is the list as it now stands, and it says by what act,
    of which day and number, and why. The newest version is the one in force.

    The names stay in the copy when a person asks to be erased: published awards are the stated legal exception.
    """

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("contest_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    version: Mapped[int] = mapped_column(default=1)
    number: Mapped[str] = mapped_column(String(60))  # as printed: "127-QĐ/BTGDVTU"
    decided_on: Mapped[date]
    issuer: Mapped[str] = mapped_column(Short)
    signer_power: Mapped[str] = mapped_column(Short, default="")
    signer_title: Mapped[str] = mapped_column(Short)
    signer_name: Mapped[str] = mapped_column(Short)
    copy: Mapped[dict[str, Any]] = mapped_column(Json)
    sha256: Mapped[str] = mapped_column(String(64))
    amended_as: Mapped[AmendmentKind | None] = mapped_column(
        Enum(AmendmentKind, native_enum=False, length=30, values_callable=lambda kinds: [str(kind) for kind in kinds])
    )
    amended_by: Mapped[str] = mapped_column(String(60), default="")  # number of the amending decision
    amended_on: Mapped[date | None]
    amending_signer: Mapped[str] = mapped_column(Short, default="")
    reason: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]

    contest: Mapped[Contest] = relationship()
    by: Mapped[User] = relationship()


@written_once()
class Publication(db.Model):
    """The moment from which a decision is public. Results and certificates answer by this row."""

    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("contest_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    version: Mapped[int] = mapped_column(default=1)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]

    decision: Mapped[Decision] = relationship()
    by: Mapped[User] = relationship()
