"""What a juror may see of a work."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import select

from contest.database import db
from contest.entries.models import Attachment, Byline, Instalment
from contest.judging.models import RoundEntry
from contest.storage.derivatives import derivatives_of
from contest.storage.models import Blob, Derivative


def instalments_of(work: RoundEntry) -> Sequence[Instalment]:
    """The instalments of the revision that is judged."""
    return db.session.scalars(
        select(Instalment).where(Instalment.revision_id == work.revision_id).order_by(Instalment.position)
    ).all()


def bylines_of(work: RoundEntry) -> Sequence[Byline]:
    """The bylines of the revision that is judged."""
    return db.session.scalars(
        select(Byline).where(Byline.revision_id == work.revision_id).order_by(Byline.position)
    ).all()


class WorkFile(NamedTuple):
    """A file of a work, with what was made of it to look at."""

    attachment: Attachment
    blob: Blob
    made: Sequence[Derivative]


def files_kept(work: RoundEntry, slots: Collection[str]) -> list[int]:
    """The attachments that the revision names in these slots, in the order of the dossier."""
    return [file["id"] for file in work.revision.content["attachments"] if file["slot"] in slots]


def files_of(work: RoundEntry, slots: Collection[str]) -> list[WorkFile]:
    """The files of the revision that is judged, of these slots, in the order of the dossier."""
    kept = files_kept(work, slots)
    found = {
        attachment.id: (attachment, blob)
        for attachment, blob in db.session.execute(
            select(Attachment, Blob)
            .join(Blob, Blob.sha256 == Attachment.sha256)
            .where(Attachment.id.in_(kept), Attachment.entry_id == work.entry_id)
        )
    }
    made = derivatives_of({blob.sha256 for _, blob in found.values()})
    return [
        WorkFile(attachment, blob, made.get(blob.sha256, ()))
        for attachment, blob in (found[number] for number in kept if number in found)
    ]


def derivative_of(attachment_id: int, part: str, position: int) -> Derivative | None:
    """One thing made of an attached file."""
    return db.session.scalar(
        select(Derivative)
        .join(Attachment, Attachment.sha256 == Derivative.original_sha256)
        .where(Attachment.id == attachment_id, Derivative.part == part, Derivative.position == position)
    )
