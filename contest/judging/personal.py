"""What judging keeps about a juror."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Select, delete, select

from contest.database import db
from contest.entries.models import Entry
from contest.errors import N_
from contest.judging.models import Assignment, DraftRevision, JurorNote, ScoreSheet, SheetDraft
from contest.subjects import Section, Subject, section


def export(subject: Subject) -> list[Section]:
    """Sheets, comments and notes of one's own."""
    return [
        *section("sheets", N_("Score sheets you sent"), N_("To compute and to prove the result"), _sheets(subject)),
        *section("notes", N_("Notes of your own"), N_("For yourself alone, while you judge"), _notes(subject)),
    ]


def _sheets(subject: Subject) -> Iterator[dict[str, object]]:
    rows = select(ScoreSheet, Entry.code).join(ScoreSheet.assignment).join(Assignment.entry)
    mine = rows.where(Assignment.juror_id.in_(subject.user_ids)).order_by(ScoreSheet.id)
    for sheet, code in db.session.execute(mine):
        yield {
            N_("Code"): code,
            N_("Version"): sheet.revision,
            N_("Total"): sum(sheet.marks.values()) / 100,
            N_("Comment"): sheet.comment,
            N_("Sent at"): sheet.submitted_at,
        }


def _notes(subject: Subject) -> Iterator[dict[str, object]]:
    for note in db.session.scalars(select(JurorNote).where(JurorNote.assignment_id.in_(_own(subject)))):
        yield {N_("Text"): note.text, N_("Last saved"): note.updated_at}


def erase(subject: Subject, now: datetime) -> None:
    """Delete notes and drafts, and why somebody stepped back; sheets stay, because results rest on them."""
    own = list(db.session.scalars(_own(subject)))
    db.session.execute(delete(JurorNote).where(JurorNote.assignment_id.in_(own)))
    db.session.execute(delete(DraftRevision).where(DraftRevision.assignment_id.in_(own)))
    for draft in db.session.scalars(select(SheetDraft).where(SheetDraft.assignment_id.in_(own))):
        draft.comment, draft.version = "", draft.version + 1
    for assignment in db.session.scalars(select(Assignment).where(Assignment.id.in_(own))):
        assignment.recusal_reason = ""
    db.session.flush()


def _own(subject: Subject) -> Select[int]:
    return select(Assignment.id).where(Assignment.juror_id.in_(subject.user_ids))
