"""What a juror may see of a work."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, func, select
from sqlalchemy.orm import load_only

from contest.database import db
from contest.entries.models import Attachment, Byline, Instalment
from contest.judging.models import RedactedCopy, RoundEntry
from contest.storage.models import Blob, Derivative


def instalments_of(work: RoundEntry) -> Sequence[Instalment]:
    """The instalments of the revision that is judged."""
    return db.session.scalars(_instalments(), {"revision": work.revision_id}).all()


def bylines_of(work: RoundEntry) -> Sequence[Byline]:
    """The bylines of the revision that is judged."""
    return db.session.scalars(_bylines(), {"revision": work.revision_id}).all()


@cache
def _instalments() -> Select[Instalment]:
    return select(Instalment).where(Instalment.revision_id == bindparam("revision")).order_by(Instalment.position)


@cache
def _bylines() -> Select[Byline]:
    return select(Byline).where(Byline.revision_id == bindparam("revision")).order_by(Byline.position)


class WorkFile(NamedTuple):
    """A file of a work as its jurors may look at it.

    :ivar number: its place among the files of the work, by which addresses name it: the number of a row would tell
        when the work came in
    :ivar blob: what is looked at; where names are hidden that of the redacted copy, if there is one
    :ivar made: what there is to look at, in order
    """

    number: int
    attachment: Attachment
    blob: Blob
    made: list[Derivative]
    redacted: bool


def files_kept(work: RoundEntry, slots: Collection[str]) -> list[int]:
    """The attachments that the revision names in these slots, in the order of the slots and not of the uploads."""
    order = {slot: place for place, slot in enumerate(slots)}
    named = [file for file in work.revision.content["attachments"] if file["slot"] in order]
    return [file["id"] for file in sorted(named, key=lambda file: order[file["slot"]])]


def files_of(work: RoundEntry, slots: Collection[str]) -> list[WorkFile]:
    """The files of the revision that is judged, of these slots, in the order of the slots.

    :param slots: codes in the order of the regulation
    """
    kept = files_kept(work, slots)
    places = {number: place for place, number in enumerate(kept, start=1)}
    found: dict[int, WorkFile] = {}
    asked = _files(work.round.is_blind), {"kept": kept, "entry": work.entry_id}
    for attachment, blob, copied, derivative in db.session.execute(*asked):
        place = places[attachment.id]
        file = found.setdefault(place, WorkFile(place, attachment, blob, [], copied is not None))
        if derivative is not None:
            file.made.append(derivative)
    return [file for _place, file in sorted(found.items())]


@cache
def _files(blind: bool) -> Select[Attachment, Blob, int | None, Derivative | None]:
    """Build the question once; of each row only what is shown, for a file is repeated with each of its pages."""
    return (
        select(Attachment, Blob, RedactedCopy.id, Derivative)
        .select_from(Attachment)
        .outerjoin(RedactedCopy, _copy(blind))
        .join(Blob, Blob.sha256 == func.coalesce(RedactedCopy.sha256, Attachment.sha256))
        .outerjoin(Derivative, Derivative.original_sha256 == Blob.sha256)
        .where(Attachment.id.in_(bindparam("kept", expanding=True)), Attachment.entry_id == bindparam("entry"))
        .order_by(Derivative.position)
        .options(
            load_only(Attachment.slot, Attachment.name),
            load_only(Blob.kind, Blob.size, Blob.active_content, Blob.derived, Blob.derived_problem),
        )
    )


def _copy(blind: bool) -> ColumnElement[bool]:
    """The redacted copy that stands for a file, in rounds that hide names."""
    if not blind:
        return false()
    return and_(RedactedCopy.attachment_id == Attachment.id, RedactedCopy.removed_at.is_(None))


def file_part(work: RoundEntry, slots: Collection[str], number: int, part: str, position: int) -> Derivative | None:
    """One thing made of a file of a work, as its jurors may look at it.

    :param number: place of the file among those of the work
    """
    kept = files_kept(work, slots)
    if not 0 < number <= len(kept):
        return None
    return db.session.scalar(
        select(Derivative)
        .select_from(Attachment)
        .outerjoin(RedactedCopy, _copy(work.round.is_blind))
        .join(Derivative, Derivative.original_sha256 == func.coalesce(RedactedCopy.sha256, Attachment.sha256))
        .where(Attachment.id == kept[number - 1], Derivative.part == part, Derivative.position == position)
    )
