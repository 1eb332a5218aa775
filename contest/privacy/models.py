"""What is remembered of rights: requests and what became of them, who opened data of whom, incidents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Enum, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest import clock
from contest.audit import erased as _  # noqa: F401 - its table belongs to the erasures
from contest.database import Json, Short, db
from contest.privacy.terms import OPEN, Standing, Wish, answer_by, report_by

if TYPE_CHECKING:
    from contest.accounts.models import User
    from contest.regulations.models import Contest


def _words(kind: type[StrEnum]) -> Enum:
    return Enum(kind, native_enum=False, length=20, values_callable=lambda members: [str(member) for member in members])


class DataRequest(db.Model):
    """What somebody asks about their data, on their page or on paper, and what was decided and done."""

    __tablename__ = "data_request"
    __table_args__ = (Index(None, "contest_id", "standing"), Index(None, "user_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))  # whose organizer decides
    wish: Mapped[Wish] = mapped_column(_words(Wish))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # of whom; none for somebody without an account
    person_ids: Mapped[list[Any]] = mapped_column(Json)  # rows of people that mean them
    subjects: Mapped[list[Any]] = mapped_column(Json)  # their random ids
    words: Mapped[str] = mapped_column(default="")  # of the person, or what the paper says
    on_paper: Mapped[bool] = mapped_column(default=False)
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    received_at: Mapped[datetime]
    due_on: Mapped[date]
    standing: Mapped[Standing] = mapped_column(_words(Standing), default=Standing.ASKED)
    reason: Mapped[str] = mapped_column(default="")  # as the person reads it
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    pseudonym: Mapped[str] = mapped_column(Short, default="")
    outcome: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)  # places changed and left, by column

    contest: Mapped[Contest] = relationship()
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])
    entered_by: Mapped[User] = relationship(foreign_keys=[entered_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.standing in OPEN

    @property
    def answer_by(self) -> date:
        """The last day for an answer."""
        return answer_by(clock.local(self.received_at).date())

    def name_in(self, names: Mapping[str, str]) -> str:
        """Find the name of the person among those that stand behind random ids."""
        return next((names[one] for one in self.subjects if names.get(one)), self.pseudonym)


class Opening(db.Model):
    """That somebody of the staff read data of a person: one row a day for each reader, person and page.

    Kept apart from the log of acts, because it goes after a while and tells of people what the log must not.
    """

    __tablename__ = "opening"
    __table_args__ = (
        UniqueConstraint("on_day", "by_id", "subject", "what", "about"),
        Index(None, "subject", "on_day"),
        Index(None, "contest_id", "on_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    on_day: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    subject: Mapped[str] = mapped_column(String(22))
    what: Mapped[str] = mapped_column(String(40))  # code of the page or file
    about: Mapped[str] = mapped_column(String(60), default="")  # "entry:BDT-0042"
    times: Mapped[int] = mapped_column(default=1)
    last_at: Mapped[datetime]

    by: Mapped[User] = relationship()


class Incident(db.Model):
    """A breach of personal data: what happened, who is affected, who was told and when."""

    __tablename__ = "incident"
    __table_args__ = (UniqueConstraint("contest_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    number: Mapped[int]
    what: Mapped[str]
    affected: Mapped[str]  # whose data, of what kind, about how many
    measures: Mapped[str] = mapped_column(default="")
    happened_at: Mapped[datetime | None]
    known_at: Mapped[datetime]
    authority_told_at: Mapped[datetime | None]
    people_told_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime]

    by: Mapped[User] = relationship()

    @property
    def report_by(self) -> datetime:
        """The moment by which the authority has to know."""
        return report_by(self.known_at)
