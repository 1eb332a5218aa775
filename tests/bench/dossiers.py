"""Works with as many files as a dossier may hold, for the page on which their pages are looked at."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import select

from contest import clock
from contest.database import db
from contest.entries.models import Attachment
from contest.judging.models import Assignment, RoundEntry
from contest.storage.models import Blob, Derivative, DerivedState, Kind, Part
from tests.tampering import written_so

FILES = 8
PAGES = 4
SIZE = 1_000_000  # bytes


def fill_up(assignments: Iterable[int]) -> None:
    """Let jurors see eight files of four pages of the works of these assignments. Rows alone: no file is opened."""
    for number in assignments:
        work = db.session.scalars(
            select(RoundEntry)
            .join(
                Assignment, (Assignment.entry_id == RoundEntry.entry_id) & (Assignment.round_id == RoundEntry.round_id)
            )
            .where(Assignment.id == number)
        ).one()
        category = work.round.regulation.category(work.category)
        slot = next(slot.code for slot in category.slots if slot.juror_may_see)
        others = [file for file in work.revision.content["attachments"] if not _is_seen(category, file["slot"])]
        files = [_attach(work.entry_id, slot, place).described() for place in range(1, FILES + 1)]
        with written_so():
            work.revision.content = work.revision.content | {"attachments": [*others, *files]}
    db.session.commit()


def _is_seen(category: object, code: str) -> bool:
    return category.slot(code).juror_may_see  # type: ignore[attr-defined,no-any-return]


def _attach(entry_id: int, slot: str, place: int) -> Attachment:
    original = sha256(f"{entry_id}-{place}".encode()).hexdigest()
    if db.session.get(Blob, original) is None:
        kept = Blob(sha256=original, size=SIZE, media_type="application/pdf", kind=Kind.PDF, derived=DerivedState.DONE)
        db.session.add(kept)
        db.session.flush()
        db.session.add_all(
            Derivative(
                original_sha256=original,
                part=Part.PAGE,
                position=position,
                sha256=original,
                media_type="image/webp",
                size=SIZE,
                width=1200,
                height=1697,
            )
            for position in range(1, PAGES + 1)
        )
    attachment = Attachment(
        entry_id=entry_id,
        slot=slot,
        name=f"Trang báo {place}.pdf",
        sha256=original,
        size=SIZE,
        media_type="application/pdf",
        begun_at=clock.now(),
        stored_at=clock.now(),
    )
    db.session.add(attachment)
    db.session.flush()
    return attachment
