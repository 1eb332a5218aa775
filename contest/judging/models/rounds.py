"""Rounds, their panels, and the works in them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.database import Json, db
from contest.judging.window import Window
from contest.regulations.models import Contest, RegulationVersion

if TYPE_CHECKING:
    from contest.accounts.models import User
    from contest.entries.models import Entry, EntryRevision
    from contest.regulations.schema import Regulation
    from contest.regulations.scoring import Criterion, PanelRule, RoundRule


class Round(db.Model):
    """One round of one contest. Its rules come from the regulation; the row keeps the acts that bound it."""

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("contest_id", "code"),
        CheckConstraint("sealed_at IS NULL OR opened_at IS NOT NULL", name="sealed_after_opening"),
        CheckConstraint("unblinded_at IS NULL OR sealed_at IS NOT NULL", name="unblinded_after_sealing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    code: Mapped[str] = mapped_column(String(40))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("regulation_version.id"))
    opened_at: Mapped[datetime | None]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    sealed_at: Mapped[datetime | None]
    sealed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    unblinded_at: Mapped[datetime | None]  # when jurors were told, after the sealing, whose works they had judged
    unblinded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    unblinding_reason: Mapped[str] = mapped_column(default="")

    contest: Mapped[Contest] = relationship()
    version: Mapped[RegulationVersion | None] = relationship()
    panels: Mapped[list[Panel]] = relationship(back_populates="round", order_by="Panel.id")

    @property
    def regulation(self) -> Regulation:
        """The regulation that rules rubric and panel: that of the opening, before it the newest."""
        return self.version.regulation if self.version else self.contest.regulation

    @property
    def rule(self) -> RoundRule:
        """What the regulation says of this round."""
        return self.regulation.round(self.code)

    @property
    def name(self) -> str:
        """The name the regulation gives the round."""
        return self.rule.name

    @property
    def is_blind(self) -> bool:
        """Whether names are hidden from jurors: as the regulation says, until somebody tells them after the sealing."""
        return self.rule.blind and self.unblinded_at is None

    def rubric(self, category: str) -> tuple[Criterion, ...]:
        """The criteria of one category; none where the council votes."""
        return self.rule.rubrics.get(category, ())

    @property
    def panel_rules(self) -> tuple[PanelRule, ...]:
        """The panels that the regulation gives the round."""
        return self.regulation.panels_of(self.rule)

    def panel_name(self, code: str) -> str:
        """The name of a panel; its code where the regulation no longer knows it."""
        return next((panel.name for panel in self.panel_rules if panel.code == code), code)

    def window(
        self,
        reopened_until: datetime | None = None,
        newest: Regulation | None = None,
        *,
        remarking: bool = False,
    ) -> Window:
        """When sheets are taken in: the hours of the newest regulation, bounded by the acts remembered here.

        :param reopened_until: the end of one sheet's extra time
        :param newest: that regulation, where the caller has it already
        :param remarking: whether the sheet is awaited although the round is sealed
        """
        hours = (newest or self.contest.regulation).round(self.code)
        return Window(hours.name, hours.opens, hours.closes, self.opened_at, self.sealed_at, reopened_until, remarking)


class Panel(db.Model):
    """The jurors who judge some of the works of one round."""

    __tablename__ = "panel"
    __table_args__ = (UniqueConstraint("round_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    code: Mapped[str] = mapped_column(String(40))

    round: Mapped[Round] = relationship(back_populates="panels")
    members: Mapped[list[PanelMember]] = relationship(
        back_populates="panel", order_by="PanelMember.id", cascade="all, delete-orphan"
    )


class PanelMember(db.Model):
    """One juror on one panel; one of them chairs. How much they take, and the days on which they are not there."""

    __tablename__ = "panel_member"
    __table_args__ = (
        UniqueConstraint("panel_id", "user_id"),
        Index(
            "ix_panel_member_chair",
            "panel_id",
            unique=True,
            sqlite_where=db.text("chair"),
            postgresql_where=db.text("chair"),
        ),
        Index(None, "user_id"),
        CheckConstraint("quota >= 0", name="quota_not_negative"),
        CheckConstraint("absent_until >= absent_from", name="absence_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    chair: Mapped[bool] = mapped_column(default=False)
    quota: Mapped[int | None]  # works of this panel that they take at most; none: as many as fall to them
    absent_from: Mapped[date | None]  # first day away
    absent_until: Mapped[date | None]  # last day away; open where only the first is known

    panel: Mapped[Panel] = relationship(back_populates="members")
    user: Mapped[User] = relationship()


class RoundEntry(db.Model):
    """A work in a round: the revision that is judged, by which panel, and the name it has where names are hidden."""

    __tablename__ = "round_entry"
    __table_args__ = (
        UniqueConstraint("round_id", "entry_id"),
        UniqueConstraint("round_id", "alias"),
        Index(None, "entry_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("entry_revision.id"))
    category: Mapped[str] = mapped_column(String(40))
    panel: Mapped[str] = mapped_column(String(40))
    alias: Mapped[str] = mapped_column(String(8))
    admitted_at: Mapped[datetime]
    shown_title: Mapped[str] = mapped_column(String(400), default="")  # where names are hidden and the title tells one
    shown_summary: Mapped[str] = mapped_column(default="")
    links_shown: Mapped[bool] = mapped_column(default=False)  # the articles themselves, although they bear the byline
    telling: Mapped[list[Any]] = mapped_column(Json, default=list)  # what gives somebody away in title and summary
    read_revision_id: Mapped[int | None]  # the revision that was looked through for names
    first: Mapped[bool] = mapped_column(default=False)  # all jurors of the panel mark it, before their other works

    round: Mapped[Round] = relationship()
    entry: Mapped[Entry] = relationship()
    revision: Mapped[EntryRevision] = relationship()
