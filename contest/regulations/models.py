"""What is remembered of contests and of the regulations they were run under."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.audit.protection import written_once
from contest.database import Short, db
from contest.errors import N_, ContestError
from contest.regulations import schema
from contest.regulations.schema import Regulation


class NotAdopted(ContestError):
    """Nothing can be entered or judged before there is a regulation."""

    message = N_("This contest has not adopted its regulation yet.")
    status = 404


class NoSuchContest(ContestError):
    """The shell was asked for a contest that is not there."""

    message = N_("There is no contest at this address; name one with --contest.")
    status = 404


class Stage(StrEnum):
    """How far the people in charge have taken a contest; the calendar and the rounds say the rest."""

    SETUP = "setup"
    RUNNING = "running"
    PROPOSED = "proposed"
    APPROVED = "approved"
    POSTED = "posted"
    DECIDED = "decided"
    PREPARED = "prepared"
    PUBLISHED = "published"


PROPOSED = frozenset({Stage.PROPOSED, Stage.APPROVED, Stage.POSTED})
"""Stages at which the list of the council goes its way to the decision: dossiers are closed."""

DECIDED = frozenset({Stage.DECIDED, Stage.PREPARED, Stage.PUBLISHED})
"""Stages from which on the list of prizes is frozen, and with it which works are in the contest."""


class Contest(db.Model):
    """One contest: its own regulation, calendar, entries, rounds, roles and audit chain."""

    __tablename__ = "contest"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(Short, unique=True)
    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(Short)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("contest.id"))
    stage: Mapped[Stage] = mapped_column(Short, default=Stage.SETUP)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("regulation_version.id", use_alter=True))
    draft_text: Mapped[str] = mapped_column(deferred=True)
    draft_version: Mapped[int] = mapped_column(default=1)  # grows with every saving; two editors do not overwrite
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    version: Mapped[RegulationVersion | None] = relationship(foreign_keys=version_id, post_update=True)

    @property
    def regulation(self) -> Regulation:
        """The newest adopted regulation.

        :raise NotAdopted: if there is none yet
        """
        if self.version is None:
            raise NotAdopted
        return self.version.regulation


@written_once()
class RegulationVersion(db.Model):
    """A regulation as it was adopted. Never updated: an amendment is the next number."""

    __tablename__ = "regulation_version"
    __table_args__ = (
        UniqueConstraint("contest_id", "number"),
        CheckConstraint("number > 0", name="number_counts_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(deferred=True)
    sha256: Mapped[str] = mapped_column(Short)
    adopted_at: Mapped[datetime]
    adopted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decision_number: Mapped[str] = mapped_column(Short)
    decision_date: Mapped[date]
    signer: Mapped[str] = mapped_column(Short)

    @property
    def regulation(self) -> Regulation:
        """The document as objects; the text is read only where this process has not parsed it lately."""
        return schema.remembered(self.sha256) or schema.parse(self.text)
