"""What may become of a work without anybody noticing who must not hear of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import delete, select, update

from contest.database import db
from contest.entries.models import Attachment, Entry, EntryState
from contest.judging.models import Assignment, ScoreSheet, SheetDraft
from tests.leaks.secret import Place
from tests.tampering import tampering

Change = Callable[[list[int]], None]


def rename(ids: list[int]) -> None:
    """Call works and their files otherwise."""
    db.session.execute(update(Entry).where(Entry.id.in_(ids)).values(title="Một tên khác hẳn, dài hơn nhiều"))
    db.session.execute(update(Attachment).where(Attachment.entry_id.in_(ids)).values(name="khac.pdf"))


def take_marks_back(ids: list[int]) -> None:
    """Take back everything that jurors sent about works, and type something else into their drafts."""
    given = list(db.session.scalars(select(Assignment.id).where(Assignment.entry_id.in_(ids))))
    db.session.execute(delete(ScoreSheet).where(ScoreSheet.assignment_id.in_(given)))
    db.session.execute(update(Assignment).where(Assignment.id.in_(given)).values(sent_at=None))
    db.session.execute(update(SheetDraft).where(SheetDraft.assignment_id.in_(given)).values(comment="Khác hẳn."))


def take_out(ids: list[int]) -> None:
    """Take works out of the contest."""
    db.session.execute(update(Entry).where(Entry.id.in_(ids)).values(state=EntryState.WITHDRAWN))


CHANGES: tuple[Change, ...] = (rename, take_marks_back, take_out)


def happen(place: Place, changes: Iterable[Change], ids: list[int] | None = None) -> None:
    """Let something become of works, by default of all that are secret."""
    with place.world.app.app_context(), tampering():
        for change in changes:
            change(place.ids if ids is None else ids)
