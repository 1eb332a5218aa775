"""What is remembered of exemplars."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Enum, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Short, db
from contest.errors import N_


class ExemplarKind(StrEnum):
    """Whether one person is meant or several."""

    PERSON = "person"
    COLLECTIVE = "collective"

    @property
    def label(self) -> str:
        """Message id of the kind as people call it."""
        return LABELS[self]


LABELS = {ExemplarKind.PERSON: N_("A person"), ExemplarKind.COLLECTIVE: N_("A collective or model")}


class Exemplar(db.Model):
    """A person, unit or model that works of a contest are about."""

    __tablename__ = "exemplar"
    __table_args__ = (Index(None, "contest_id", "folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    name: Mapped[str] = mapped_column(Short)
    folded: Mapped[str] = mapped_column(Short)  # name and locality, as they are searched
    kind: Mapped[ExemplarKind] = mapped_column(
        Enum(ExemplarKind, native_enum=False, length=20, values_callable=lambda kinds: [str(kind) for kind in kinds])
    )
    topic: Mapped[str] = mapped_column(Short, default="")
    locality: Mapped[str] = mapped_column(Short, default="")
    unit: Mapped[str] = mapped_column(Short, default="")
