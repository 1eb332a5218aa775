"""What is remembered of the works: one mutable draft each, and revisions that never change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Enum, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.audit.protection import written_once
from contest.database import Json, Short, db
from contest.entries.parts import Part
from contest.errors import N_
from contest.exemplars.models import Exemplar
from contest.turns import Turn

if TYPE_CHECKING:
    from contest.accounts.models import Outlet, Person, User
    from contest.regulations.models import Contest


class EntryState(StrEnum):
    """Where a work stands between its author and the secretariat."""

    DRAFT = "draft"
    RECEIVED = "received"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """Message id of the state as people call it."""
        return LABELS[self]

    @property
    def mark(self) -> str:
        """Name of the mark that shows the state in a table."""
        return MARKS[self]


LABELS = {
    EntryState.DRAFT: N_("Draft, not sent"),
    EntryState.RECEIVED: N_("Waiting to be checked"),
    EntryState.RETURNED: N_("To be completed"),
    EntryState.ACCEPTED: N_("Valid"),
    EntryState.REJECTED: N_("Rejected"),
    EntryState.WITHDRAWN: N_("Withdrawn"),
}
MARKS = {
    EntryState.DRAFT: "now",
    EntryState.RECEIVED: "wait",
    EntryState.RETURNED: "fix",
    EntryState.ACCEPTED: "ok",
    EntryState.REJECTED: "no",
    EntryState.WITHDRAWN: "gone",
}
SENT = (EntryState.RECEIVED, EntryState.RETURNED, EntryState.ACCEPTED, EntryState.REJECTED)
"""States of works that stand in the contest and count for the limits; a withdrawn one gives its place back."""


class Entry(db.Model):
    """A work that somebody enters, from the first line of the draft on."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("contest_id", "code"),
        UniqueConstraint("owner_id", "start_key"),
        Index(None, "contest_id", "state", "category"),
        Index(None, "contest_id", "state", "code"),
        Index(None, "contest_id", "submitted_at"),
        Index(None, "contest_id", "title_key"),
        Index(None, "contest_id", "unit_key"),
        Index(None, "outlet_id"),
        Index(None, "origin_id"),
        Index(None, "sender_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    start_key: Mapped[str] = mapped_column(String(40))  # drawn with the form, so that two clicks start one draft
    code: Mapped[str | None] = mapped_column(String(20))  # given at submission, ASCII
    category: Mapped[str] = mapped_column(Short)
    state: Mapped[EntryState] = mapped_column(
        Enum(EntryState, native_enum=False, length=20, values_callable=lambda states: [str(state) for state in states]),
        default=EntryState.DRAFT,
    )
    title: Mapped[str] = mapped_column(String(400), default="")  # of the draft until sent, then of the revision
    title_key: Mapped[str] = mapped_column(String(400), default="")  # the folded title, by which twins are found
    folded: Mapped[str] = mapped_column(default="")  # code, title, authors and outlets, as they are searched
    # The line of a long list, taken from the revision in force so that a list reads one table only.
    genre: Mapped[str] = mapped_column(Short, default="")
    topic: Mapped[str] = mapped_column(Short, default="")
    lead_author: Mapped[str] = mapped_column(String(520), default="")  # the name as printed, pen names in brackets
    author_count: Mapped[int] = mapped_column(default=0)
    outlet_name: Mapped[str] = mapped_column(Short, default="")  # of the first instalment, as it was called then
    blocks: Mapped[int] = mapped_column(default=0)  # findings by severity, of the revision or its latest re-check
    warns: Mapped[int] = mapped_column(default=0)
    declares: Mapped[int] = mapped_column(default=0)  # prizes already won
    submitted_at: Mapped[datetime | None]  # when the revision in force was stored
    draft: Mapped[dict[str, Any]] = mapped_column(Json)
    draft_version: Mapped[int] = mapped_column(default=1)
    part_versions: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)  # draft version that last changed a part
    part_turns: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)  # window and turn that last changed a part
    saved_at: Mapped[datetime]
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("entry_revision.id", use_alter=True))
    returned_until: Mapped[datetime | None]
    returned_items: Mapped[list[Any]] = mapped_column(Json, default=list)
    returned_reason: Mapped[str] = mapped_column(default="")  # the words the author reads, of a return or a rejection
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))  # the same work in an earlier đợt
    outlet_id: Mapped[int | None] = mapped_column(ForeignKey("outlet.id"))  # of the first instalment
    sender_id: Mapped[int | None] = mapped_column(ForeignKey("outlet.id"))  # newsroom or branch for which it is sent
    unit_key: Mapped[str] = mapped_column(Short, default="")  # folded name of the unit whose places it takes
    withdrawal_reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    contest: Mapped[Contest] = relationship()
    owner: Mapped[User] = relationship()
    outlet: Mapped[Outlet | None] = relationship(foreign_keys=[outlet_id])
    sender: Mapped[Outlet | None] = relationship(foreign_keys=[sender_id])
    revision: Mapped[EntryRevision | None] = relationship(foreign_keys=[revision_id], post_update=True)
    revisions: Mapped[list[EntryRevision]] = relationship(
        back_populates="entry", foreign_keys="EntryRevision.entry_id", order_by="EntryRevision.number"
    )
    attachments: Mapped[list[Attachment]] = relationship(back_populates="entry", order_by="Attachment.id")

    def count_findings(self, severities: Iterable[str], *, declared: int) -> None:
        """Remember how many findings of each weight there are, for lists and filters.

        :param declared: number of prizes the author declares; the reminder to declare them is no finding
        """
        counted = Counter(str(severity) for severity in severities)
        self.blocks, self.warns, self.declares = counted["blocks"], counted["warns"], declared

    def last_turn(self, part: Part) -> Turn:
        """Tell which window saved a part last, and how far typing had come there."""
        return Turn(*self.part_turns.get(part.value, ()))

    def sign(self, part: Part, turn: Turn) -> None:
        """Note which window saved a part last."""
        if self.last_turn(part) != turn:
            self.part_turns = self.part_turns | {part.value: [turn.window, turn.number]}

    @property
    def is_sent(self) -> bool:
        """Say whether the work stands in the contest."""
        return self.state in SENT

    @property
    def has_unsent_changes(self) -> bool:
        """Say whether the draft has changed since the revision in force was taken from it."""
        return self.revision is not None and self.revision.draft_version != self.draft_version

    @property
    def files(self) -> list[Attachment]:
        """The files of the draft: those not removed."""
        return [file for file in self.attachments if file.removed_at is None]

    @property
    def shown_code(self) -> str:
        """The code with the letters of its prefix, ``BĐT-0042``; empty for a draft."""
        if self.code is None:
            return ""
        prefix, _, digits = self.code.rpartition("-")
        category = self.contest.regulation.category(self.category)
        return f"{category.shown_prefix if category.prefix == prefix else prefix}-{digits}"


@written_once()
class EntryRevision(db.Model):
    """A work as it was sent. Never updated; receipt, screening and judging name it."""

    __tablename__ = "entry_revision"
    __table_args__ = (UniqueConstraint("entry_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    number: Mapped[int]
    draft_version: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    sha256: Mapped[str] = mapped_column(String(64))
    findings: Mapped[list[Any]] = mapped_column(Json)
    regulation_version_id: Mapped[int] = mapped_column(ForeignKey("regulation_version.id"))
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    entry: Mapped[Entry] = relationship(back_populates="revisions", foreign_keys=[entry_id])
    created_by: Mapped[User] = relationship()
    bylines: Mapped[list[Byline]] = relationship(back_populates="revision", order_by="Byline.position")
    instalments: Mapped[list[Instalment]] = relationship(back_populates="revision", order_by="Instalment.position")
    exemplars: Mapped[list[RevisionExemplar]] = relationship(order_by="RevisionExemplar.position")


@written_once(but=("person_id", "name", "pen_names", "role", "unit", "phone", "email", "salt"))
class Byline(db.Model):
    """One person behind a revision, with the name as it is printed. What can be erased lies here, not in the hash."""

    __tablename__ = "byline"
    __table_args__ = (Index(None, "person_id"), Index(None, "email"), Index(None, "phone"))

    revision_id: Mapped[int] = mapped_column(ForeignKey("entry_revision.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(Short)
    pen_names: Mapped[str] = mapped_column(Short, default="")
    role: Mapped[str] = mapped_column(Short, default="")
    unit: Mapped[str] = mapped_column(Short, default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(Short, default="")
    lead: Mapped[bool] = mapped_column(default=False)
    salt: Mapped[str] = mapped_column(String(32))
    digest: Mapped[str] = mapped_column(String(64))

    revision: Mapped[EntryRevision] = relationship(back_populates="bylines")
    person: Mapped[Person] = relationship()


@written_once()
class Instalment(db.Model):
    """One part of a revision as it was published or broadcast."""

    __tablename__ = "instalment"
    __table_args__ = (Index(None, "address"), Index(None, "outlet_id"), Index(None, "published_on"))

    revision_id: Mapped[int] = mapped_column(ForeignKey("entry_revision.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(400), default="")
    published_on: Mapped[date]
    outlet_id: Mapped[int | None] = mapped_column(ForeignKey("outlet.id"))
    outlet: Mapped[str] = mapped_column(Short)  # its name on that day
    url: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")  # the URL in the form in which two are compared
    issue: Mapped[str] = mapped_column(Short, default="")
    page: Mapped[str] = mapped_column(Short, default="")
    channel: Mapped[str] = mapped_column(Short, default="")
    hour: Mapped[str] = mapped_column(String(5), default="")
    minutes: Mapped[int | None]
    words: Mapped[int | None]

    revision: Mapped[EntryRevision] = relationship(back_populates="instalments")


@written_once()
class RevisionExemplar(db.Model):
    """That a revision is about somebody."""

    __tablename__ = "revision_exemplar"
    __table_args__ = (Index(None, "exemplar_id"),)

    revision_id: Mapped[int] = mapped_column(ForeignKey("entry_revision.id"), primary_key=True)
    exemplar_id: Mapped[int] = mapped_column(ForeignKey("exemplar.id"), primary_key=True)
    position: Mapped[int]

    exemplar: Mapped[Exemplar] = relationship()


class Attachment(db.Model):
    """A file of a dossier. The bytes are a blob named by its hash; who may read them goes by this row."""

    __tablename__ = "attachment"
    __table_args__ = (Index(None, "entry_id"), Index(None, "sha256"))

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    slot: Mapped[str] = mapped_column(Short)
    name: Mapped[str] = mapped_column(Short)  # as the author called it, cleaned; never a path
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(Short)
    begun_at: Mapped[datetime]
    stored_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    entry: Mapped[Entry] = relationship(back_populates="attachments")

    def described(self) -> dict[str, Any]:
        """Give what a revision keeps of the file."""
        return {
            "id": self.id,
            "slot": self.slot,
            "name": self.name,
            "sha256": self.sha256,
            "size": self.size,
            "media_type": self.media_type,
        }
