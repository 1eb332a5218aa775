"""Keeping a draft and sending a score sheet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from contest import audit
from contest.accounts.models import User
from contest.database import db, hold, lock
from contest.judging import queries, sheets
from contest.judging.models import Assignment, ScoreSheet, SheetDraft
from contest.judging.refusals import CorrectionNeedsReason, DraftChanged, NotInRound, SheetChanged
from contest.judging.services.rounds import check_not_sealed
from contest.judging.services.stepping_back import check_own


def save_sheet_draft(
    assignment: Assignment, marks: Mapping[str, str], comment: str, *, version: int, by: User, now: datetime
) -> SheetDraft:
    """Keep what a juror has typed, finished or not. Saving the same again changes nothing.

    Drafts are kept after the round closed too: extra time may be granted, and no typed text is ever lost to the clock.

    :param marks: text by criterion code, as typed
    :param version: the version this text was typed over; 0 when there was none
    :raise DraftChanged: if another window saved something else in between
    :raise Recused: if the juror has stepped back
    :raise RoundSealed: once the round is sealed
    """
    check_own(assignment, by)
    check_not_sealed(assignment.round)
    stored, typed = assignment.draft, {code: text for code, text in marks.items() if text}
    if stored is None:
        if version:
            raise DraftChanged(at=now)
        assignment.draft = stored = SheetDraft(version=0)
    elif stored.marks == typed and stored.comment == comment:
        return stored
    elif stored.version != version:
        raise DraftChanged(at=stored.updated_at)
    stored.version += 1
    stored.marks, stored.comment, stored.updated_at = typed, comment, now
    try:
        db.session.flush()
    except (IntegrityError, StaleDataError) as twin:
        raise DraftChanged(at=now) from twin
    return stored


def submit_score_sheet(
    assignment: Assignment,
    marks: Mapping[str, int],
    comment: str = "",
    *,
    reason: str = "",
    seen: int | None = None,
    by: User,
    now: datetime,
) -> ScoreSheet:
    """Record a juror's marks as the next revision of their sheet.

    The same content again is answered with the sheet that is there, also after the round closed: a browser that
    lost the first answer asks a second time.

    :param marks: hundredths of a point by criterion code, every criterion
    :param reason: why a sheet already sent is corrected
    :param seen: number of the revision the juror was looking at, 0 for none; None to correct whatever is there
    :raise WindowRefused: if the round takes in no sheet at ``now``
    :raise Recused: if the juror has stepped back from this entry
    :raise SheetChanged: if another window sent a different sheet in between
    :raise CorrectionNeedsReason: if there is a sheet and no reason
    """
    check_own(assignment, by)
    round_ = hold(assignment.round)
    lock(assignment)
    content = sheets.Content(marks, comment)
    newest = queries.newest_sheet(assignment)
    if newest is not None and content.same_as(newest.marks, newest.comment):
        return newest
    work = queries.judged_by(assignment)
    if work is None:
        raise NotInRound
    round_.window(work.reopened_until).check_takes_sheets(now)
    sheets.check_whole(marks, round_.rubric(work.category))
    if newest is not None:
        if seen is not None and newest.revision != seen:
            raise SheetChanged(at=newest.submitted_at)
        if not reason:
            raise CorrectionNeedsReason
    revision = newest.revision + 1 if newest else 1
    sheet = ScoreSheet(
        assignment_id=assignment.id,
        revision=revision,
        marks=dict(marks),
        comment=comment,
        reason=reason if newest else "",
        submitted_at=now,
        sha256=sheets.fingerprint(
            content,
            round_code=round_.code,
            entry=work.code,
            juror=by.subject,
            revision=revision,
            submitted_at=now,
        ),
    )
    db.session.add(sheet)
    db.session.flush()
    audit.record(
        "score_sheet.submitted" if revision == 1 else "score_sheet.corrected",
        contest_id=round_.contest_id,
        by=by,
        about=f"assignment:{assignment.id}",
        now=now,
        details={"round": round_.code, "entry": work.code, "revision": revision, "sha256": sheet.sha256},
    )
    return sheet
