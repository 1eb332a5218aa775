"""Keeping a draft and sending a score sheet, from a page or from paper."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from contest import audit
from contest.accounts.models import User
from contest.database import db
from contest.judging import queries, sheets
from contest.judging.marks import read_sheet
from contest.judging.models import Assignment, ScoreSheet, SheetDraft
from contest.judging.queries import OUT, Judged
from contest.judging.refusals import (
    CorrectionNeedsReason,
    DraftChanged,
    InterestsNotDeclared,
    NotInRound,
    Recused,
    RoundNotOpened,
    SheetChanged,
)
from contest.judging.services.drafts import sign, type_over
from contest.judging.services.rounds import check_sheet_open
from contest.judging.services.stepping_back import check_own
from contest.turns import NOT_COUNTED, Turn


def save_sheet_draft(
    assignment: Assignment,
    marks: Mapping[str, str],
    comment: str,
    *,
    version: int,
    turn: Turn = NOT_COUNTED,
    by: User,
    now: datetime,
) -> SheetDraft:
    """Keep what a juror has typed, finished or not. Saving the same again changes nothing.

    Drafts are kept after the round closed too: extra time may be granted, and no typed text is ever lost to the clock.

    :param marks: text by criterion code, as typed
    :param version: the version this text was typed over; 0 when there was none
    :param turn: of the window it was typed in; a later text of the window that saved last replaces any version
    :return: the draft; it holds a later text where the same window has saved one already
    :raise DraftChanged: if another window saved something else in between
    :raise Recused: if the juror has stepped back
    :raise RoundSealed: once the round is sealed
    """
    queries.read_again(assignment)
    check_own(assignment, by)
    check_sheet_open(assignment)
    stored, typed = assignment.draft, {code: text for code, text in marks.items() if text}
    if stored is None:
        if version:
            raise DraftChanged(at=now)
        assignment.draft = stored = SheetDraft(version=0, kept=0)
    elif turn.is_overtaken_by(stored.last):
        return stored
    elif stored.marks == typed and stored.comment == comment:
        sign(stored, turn, now=now)
        return stored
    elif stored.version != version and not turn.goes_on_from(stored.last):
        raise DraftChanged(at=stored.updated_at)
    type_over(stored, typed, comment, turn=turn, now=now)
    return stored


def submit_score_sheet(
    assignment: Assignment,
    marks: Mapping[str, int],
    comment: str = "",
    *,
    reason: str = "",
    seen: int | None = None,
    typed_over: int | None = None,
    by: User,
    now: datetime,
) -> ScoreSheet:
    """Record a juror's marks as the next revision of their sheet.

    The same content again is answered with the sheet that is there, also after the round closed: a browser that
    lost the first answer asks a second time.

    :param marks: hundredths of a point by criterion code, every criterion
    :param reason: why a sheet already sent is corrected
    :param seen: number of the revision the juror was looking at, 0 for none; None to correct whatever is there
    :param typed_over: version of the draft that the juror was typing over, 0 for none; None to send over any draft
    :raise WindowRefused: if the round takes in no sheet at ``now``
    :raise InterestsNotDeclared: if it is the first sheet, and the juror has not declared before this round
    :raise Recused: if the juror has stepped back from this entry
    :raise CommentNeeded: if a mark is so low that the regulation asks for a comment, and there is none
    :raise SheetChanged: if another window sent a different sheet in between
    :raise DraftChanged: if another window kept a different draft in between
    :raise CorrectionNeedsReason: if there is a sheet and no reason
    """
    judged = _to_decide_on(assignment)
    check_own(assignment, by)
    newest, content = judged.newest, sheets.Content(marks, comment)
    if newest is not None and content.same_as(newest.marks, newest.comment):
        return newest
    if judged.state in OUT:
        raise NotInRound
    judged.window.check_takes_sheets(now)
    if newest is None and not queries.has_declared(by.id, assignment.round):
        raise InterestsNotDeclared
    _check_content(judged, content)
    if newest is not None:
        if seen is not None and newest.revision != seen:
            raise SheetChanged(at=newest.submitted_at)
        if not reason:
            raise CorrectionNeedsReason
    if typed_over is not None:
        _check_typed_over(judged, content, typed_over)
    return _record(judged, content, reason=reason, by=by, now=now)


def _check_typed_over(judged: Judged, content: sheets.Content, version: int) -> None:
    """Pass unless a draft lies there that the juror did not see; one from before the last sheet is done with."""
    draft, newest = judged.assignment.draft, judged.newest
    if draft is None or draft.version == version or (newest and draft.updated_at <= newest.submitted_at):
        return
    if not content.same_as(read_sheet(draft.marks, judged.rubric).marks, draft.comment):
        raise DraftChanged(at=draft.updated_at)


def send_draft(assignment: Assignment, *, version: int, by: User, now: datetime) -> ScoreSheet:
    """Send a draft as it stands, as the first sheet of its juror for the work.

    :param version: the version that the juror was looking at
    :raise DraftChanged: if it was typed on in another window since
    :raise SheetIncomplete: if a criterion has no mark
    :raise ContestError: whatever else `submit_score_sheet` refuses
    """
    judged = _to_decide_on(assignment)
    queries.read_again(assignment)
    check_own(assignment, by)
    draft = assignment.draft
    if draft is None or draft.version != version:
        raise DraftChanged(at=draft.updated_at if draft else now)
    marks = read_sheet(draft.marks, judged.rubric).marks
    return submit_score_sheet(assignment, marks, draft.comment, seen=0, by=by, now=now)


def record_paper_sheet(
    assignment: Assignment, marks: Mapping[str, int], comment: str = "", *, reason: str = "", by: User, now: datetime
) -> ScoreSheet:
    """Record a sheet that a juror filled in on paper as the next revision, marked with who typed it.

    Until the round is sealed, and also after its last hour: the paper lay with the secretariat in time. The same
    content again is answered with the sheet that is there.

    :param marks: hundredths of a point by criterion code, every criterion
    :param reason: why the paper replaces a sheet already sent
    :raise RoundSealed: once the round is sealed
    :raise RoundNotOpened: before it is opened
    :raise Recused: if the juror has stepped back from this entry
    :raise SheetIncomplete: if a criterion has no mark; also `CriterionUnknown` and `CommentNeeded`
    :raise CorrectionNeedsReason: if there is a sheet that says something else, and no reason
    """
    judged = _to_decide_on(assignment)
    round_ = assignment.round
    judged.window.check_not_sealed()
    if round_.opened_at is None:
        raise RoundNotOpened(round=round_.name)
    if assignment.recused_at is not None:
        raise Recused
    if judged.state in OUT:
        raise NotInRound
    newest, content = judged.newest, sheets.Content(marks, comment)
    if newest is not None and content.same_as(newest.marks, newest.comment):
        return newest
    _check_content(judged, content)
    if newest is not None and not reason:
        raise CorrectionNeedsReason
    return _record(judged, content, reason=reason, by=by, now=now, typed=True)


def _to_decide_on(assignment: Assignment) -> Judged:
    """Read everything that sending rests on."""
    judged = queries.judged_by(assignment)
    if judged is None:
        raise NotInRound
    return judged


def _check_content(judged: Judged, content: sheets.Content) -> None:
    sheets.check_whole(content.marks, judged.rubric)
    sheets.check_explained(content.marks, content.comment, judged.rubric)


def _record(
    judged: Judged, content: sheets.Content, *, reason: str, by: User, now: datetime, typed: bool = False
) -> ScoreSheet:
    assignment, newest = judged.assignment, judged.newest
    round_ = assignment.round
    revision = newest.revision + 1 if newest else 1
    sheet = ScoreSheet(
        assignment_id=assignment.id,
        revision=revision,
        marks=dict(content.marks),
        comment=content.comment,
        reason=reason if newest else "",
        submitted_at=now,
        typed_by_id=by.id if typed else None,
        salt=secrets.token_hex(16),
        sha256=sheets.fingerprint(
            content,
            round_code=round_.code,
            entry=judged.code,
            juror=assignment.juror.subject,
            revision=revision,
            submitted_at=now,
            typed_by=by.subject if typed else None,
        ),
    )
    db.session.add(sheet)
    assignment.sent_at = assignment.sent_at or now
    details = {"round": round_.code, "entry": judged.code, "revision": revision, "sha256": sheet.sha256}
    if typed:
        details["juror"] = assignment.juror.subject
    sent = "score_sheet.submitted" if revision == 1 else "score_sheet.corrected"
    with db.session.no_autoflush:  # the sheet and its line are written together
        audit.record(
            "score_sheet.typed_in" if typed else sent,
            contest_id=round_.contest_id,
            by=by,
            about=f"assignment:{assignment.id}",
            now=now,
            details=details,
        )
    return sheet
