"""What jurors of a blind round might learn from the works before them, and what was done about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from contest.accounts.models import Outlet
from contest.database import db
from contest.entries.models import Attachment, Entry, EntryRevision
from contest.judging.byline import Known, Place, Telling, What, read_back, telling
from contest.judging.models import LookedThrough, RedactedCopy, Round, RoundEntry
from contest.judging.queries.conditions import IN_CONTEST
from contest.judging.queries.work_shown import files_kept


class Hidden(StrEnum):
    """Where a file or a work stands on the way to giving nobody away."""

    unread = "unread"  # nobody and nothing has looked through it yet
    named = "named"  # somebody is named where jurors see it
    look = "look"  # there is no text to read: a person must look
    clear = "clear"  # no name was found
    cleared = "cleared"  # somebody said that it gives nobody away

    @property
    def waits(self) -> bool:
        """Whether somebody has to do something."""
        return self in (Hidden.unread, Hidden.named, Hidden.look)


@dataclass(frozen=True)
class BlindFile:
    """A file that jurors see, with what is known of it."""

    attachment: Attachment
    copy: RedactedCopy | None
    looked: LookedThrough | None

    @property
    def sha256(self) -> str:
        """The bytes that jurors see."""
        return self.copy.sha256 if self.copy is not None else self.attachment.sha256

    @property
    def is_current(self) -> bool:
        """Whether what was found is of these bytes."""
        return self.looked is not None and self.looked.sha256 == self.sha256

    @property
    def telling(self) -> list[Telling]:
        """What was found in them."""
        return read_back(self.looked.telling) if self.looked is not None and self.is_current else []

    @property
    def state(self) -> Hidden:
        """Where the file stands."""
        if self.looked is None or not self.is_current:
            return Hidden.unread
        if self.looked.cleared_at is not None:
            return Hidden.cleared
        if any(one.seen for one in self.telling):
            return Hidden.named
        return Hidden.clear if self.looked.readable else Hidden.look


@dataclass(frozen=True)
class BlindWork:
    """A work of a blind round, with its files and what its words give away."""

    work: RoundEntry
    files: list[BlindFile] = field(default_factory=list)

    @property
    def telling(self) -> list[Telling]:
        """What the title, the summary, the instalments and the links give away."""
        return read_back(self.work.telling)

    @property
    def words(self) -> Hidden:
        """Where the words stand; other words in their place settle it."""
        if self.work.read_revision_id != self.work.revision_id:
            return Hidden.unread
        shown = {Place.headline, Place.instalment} if not self.work.shown_title else set()
        shown |= {Place.summary} if not self.work.shown_summary else set()
        return Hidden.named if any(one.place in shown for one in self.telling) else Hidden.clear

    @property
    def states(self) -> set[Hidden]:
        """The states of the words and of every file."""
        return {self.words, *(file.state for file in self.files)}

    @property
    def waits(self) -> bool:
        """Whether somebody has to do something."""
        return any(state.waits for state in self.states)


def slots_of(round_: Round, category: str) -> list[str]:
    """The slots of a category whose files jurors look at, in the order of the regulation."""
    return [slot.code for slot in round_.regulation.category(category).slots if slot.juror_may_see]


def blind_works(round_: Round, entry_ids: Iterable[int] | None = None) -> list[BlindWork]:
    """The works of a round with their files, in the order of their codes; four statements however many there are."""
    asked = (
        select(RoundEntry)
        .join(RoundEntry.entry)
        .where(RoundEntry.round_id == round_.id, IN_CONTEST)
        .options(joinedload(RoundEntry.entry).defer(Entry.draft), joinedload(RoundEntry.revision))
        .order_by(Entry.code)
    )
    if entry_ids is not None:
        asked = asked.where(RoundEntry.entry_id.in_(list(entry_ids)))
    works = list(db.session.scalars(asked))
    slots = {category.code: slots_of(round_, category.code) for category in round_.regulation.categories}
    kept = {work.id: files_kept(work, slots[work.category]) for work in works}
    files = _files(number for numbers in kept.values() for number in numbers)
    return [BlindWork(work, [files[number] for number in kept[work.id] if number in files]) for work in works]


def _files(numbers: Iterable[int]) -> Mapping[int, BlindFile]:
    rows = db.session.execute(
        select(Attachment, RedactedCopy, LookedThrough)
        .outerjoin(RedactedCopy, (RedactedCopy.attachment_id == Attachment.id) & RedactedCopy.removed_at.is_(None))
        .outerjoin(LookedThrough, LookedThrough.attachment_id == Attachment.id)
        .where(Attachment.id.in_(list(numbers)))
    )
    return {attachment.id: BlindFile(attachment, copy, looked) for attachment, copy, looked in rows}


def known_of(works: Sequence[RoundEntry]) -> dict[int, list[Known]]:
    """The words by which the people and newsrooms behind works are known, by revision."""
    ids = [work.revision_id for work in works]
    revisions = db.session.scalars(
        select(EntryRevision)
        .where(EntryRevision.id.in_(ids))
        .options(selectinload(EntryRevision.bylines), selectinload(EntryRevision.instalments))
    )
    outlets = dict(db.session.execute(select(Outlet.id, Outlet.name)).all())
    senders = {work.revision_id: outlets.get(work.entry.sender_id or 0, "") for work in works}
    found = {}
    for revision in revisions:
        known: list[Known] = []
        for byline in revision.bylines:
            known += [Known(What.name, byline.name), Known(What.outlet, byline.unit)]
            known += [Known(What.pen_name, name) for name in byline.pen_names.replace(";", ",").split(",")]
            known += [Known(What.contact, byline.email), Known(What.contact, byline.phone.removeprefix("+84"))]
        known += [Known(What.outlet, row.outlet) for row in revision.instalments]
        known.append(Known(What.outlet, senders.get(revision.id, "")))
        found[revision.id] = [one for one in dict.fromkeys(known) if one.word.strip()]
    return found


def telling_words(work: RoundEntry, known: Sequence[Known]) -> list[Telling]:
    """What the words of a work give away."""
    content = work.revision.content
    found = telling(content["title"], known, Place.headline) + telling(content["summary"], known, Place.summary)
    titles = " · ".join(row.get("title", "") for row in content["instalments"])
    links = " ".join(row.get("url", "") for row in content["instalments"])
    return found + telling(titles, known, Place.instalment) + telling(links, known, Place.link)


def attachment_again(attachment_id: int) -> Attachment | None:
    """A file by its number."""
    return db.session.get(Attachment, attachment_id)


def copy_in_force(attachment_id: int) -> RedactedCopy | None:
    """The copy that jurors see in place of a file."""
    return db.session.scalar(
        select(RedactedCopy).where(RedactedCopy.attachment_id == attachment_id, RedactedCopy.removed_at.is_(None))
    )


def blind_rounds() -> Sequence[Round]:
    """The rounds of all contests in which names are still hidden and that are not sealed."""
    rounds = db.session.scalars(select(Round).where(Round.sealed_at.is_(None)).order_by(Round.id))
    return [round_ for round_ in rounds if round_.is_blind]
