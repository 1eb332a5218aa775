"""What a juror keeps for themselves: earlier states of a draft to go back to, and notes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from contest.accounts.models import User
from contest.database import db
from contest.judging import earlier_states, queries
from contest.judging.earlier_states import Text
from contest.judging.marks import written
from contest.judging.models import Assignment, DraftRevision, JurorNote, ScoreSheet, SheetDraft
from contest.judging.refusals import DraftChanged, NoEarlierState, NoteChanged
from contest.judging.services.rounds import check_sheet_open
from contest.judging.services.stepping_back import check_own
from contest.turns import NOT_COUNTED, Turn


def type_over(
    draft: SheetDraft,
    marks: Mapping[str, str],
    comment: str,
    *,
    turn: Turn = NOT_COUNTED,
    now: datetime,
    always: bool = False,
) -> None:
    """Put new text into a draft, as its next version; the state before is kept where it is worth it.

    :param always: keep it in any case: this is no typing, but going back to another state
    :raise DraftChanged: if another window was first
    """
    old, new = Text(draft.marks or {}, draft.comment or ""), Text(marks, comment)
    if draft.version and (always or earlier_states.is_worth_keeping(old, new, kept_at=draft.kept_at, now=now)):
        _keep(draft, now)
    elif draft.kept_at is None:
        draft.kept_at = now
    draft.version += 1
    draft.marks, draft.comment, draft.updated_at = dict(marks), comment, now
    sign(draft, turn, now=now)


def sign(draft: SheetDraft, turn: Turn, *, now: datetime) -> None:
    """Note which window saved a draft last.

    :raise DraftChanged: if another window was first
    """
    draft.window, draft.turn = turn.window, turn.number
    try:
        db.session.flush()
    except (IntegrityError, StaleDataError) as twin:
        raise DraftChanged(at=now) from twin


def _keep(draft: SheetDraft, now: datetime) -> None:
    draft.kept, draft.kept_at = draft.kept + 1, now
    state = {"marks": draft.marks, "comment": draft.comment, "saved_at": draft.updated_at}
    with db.session.no_autoflush:
        db.session.execute(insert(DraftRevision).values(assignment_id=draft.assignment_id, number=draft.kept, **state))
        if draft.kept > earlier_states.MOST:
            oldest = draft.kept - earlier_states.MOST
            db.session.execute(
                delete(DraftRevision).where(
                    DraftRevision.assignment_id == draft.assignment_id, DraftRevision.number <= oldest
                )
            )


def restore_draft(assignment: Assignment, *, number: int, by: User, now: datetime) -> SheetDraft:
    """Make an earlier state of the draft its present one; the present one is kept among the earlier.

    :raise NoEarlierState: if there is none of this number, or no longer
    """
    state = db.session.scalar(
        select(DraftRevision).where(DraftRevision.assignment_id == assignment.id, DraftRevision.number == number)
    )
    if state is None:
        raise NoEarlierState
    return _go_back(assignment, state.marks, state.comment, by=by, now=now)


def restore_sheet(assignment: Assignment, *, revision: int, by: User, now: datetime) -> SheetDraft:
    """Put a sheet that was sent before into the draft; the sheet itself stays as it is.

    :raise NoEarlierState: if there is no such revision
    """
    sheet = db.session.scalar(
        select(ScoreSheet).where(ScoreSheet.assignment_id == assignment.id, ScoreSheet.revision == revision)
    )
    if sheet is None:
        raise NoEarlierState
    marks = {code: written(mark) for code, mark in sheet.marks.items()}
    return _go_back(assignment, marks, sheet.comment, by=by, now=now)


def _go_back(assignment: Assignment, marks: Mapping[str, str], comment: str, *, by: User, now: datetime) -> SheetDraft:
    queries.read_again(assignment)
    check_own(assignment, by)
    check_sheet_open(assignment)
    draft = assignment.draft
    if draft is None:
        assignment.draft = draft = SheetDraft(version=0, kept=0)
    type_over(draft, marks, comment, now=now, always=True)
    return draft


def save_note(
    assignment: Assignment, text: str, *, version: int, turn: Turn = NOT_COUNTED, by: User, now: datetime
) -> JurorNote | None:
    """Keep what a juror notes for themselves about a work, also after the round is sealed. An empty note is no note.

    :param version: the version this text was typed over; 0 when there was none
    :param turn: of the window it was typed in; a later text of the window that saved last replaces any version
    :raise NoteChanged: if another window saved something else in between
    :raise Recused: if the juror has stepped back
    """
    queries.read_again(assignment)
    check_own(assignment, by)
    note = db.session.get(JurorNote, assignment.id)
    if note is None:
        if not text:
            return None
        if version:
            raise NoteChanged(at=now)
        note = JurorNote(assignment_id=assignment.id, version=0)
        db.session.add(note)
    elif turn.is_overtaken_by(note.last):
        return note
    elif note.text != text and note.version != version and not turn.goes_on_from(note.last):
        raise NoteChanged(at=note.updated_at)
    if note.text != text:
        note.version += 1
        note.text, note.updated_at = text, now
    note.window, note.turn = turn.window, turn.number
    try:
        db.session.flush()
    except (IntegrityError, StaleDataError) as twin:
        raise NoteChanged(at=now) from twin
    return note
