"""Invariants of the jury room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import and_, select
from sqlalchemy.orm import aliased, joinedload

from contest.accounts.models import User
from contest.audit import erased
from contest.database import db
from contest.entries.models import Entry
from contest.errors import ContestError
from contest.judging.models import Assignment, Reopening, Round, RoundEntry, ScoreSheet
from contest.judging.sheets import Content, check_whole, fingerprint
from contest.web.formats import as_datetime


class Sent(NamedTuple):
    """A sheet with what it was sent for."""

    sheet: ScoreSheet
    recused_at: datetime | None
    round: Round
    code: str | None
    category: str
    juror: str
    typed_by: str | None

    def words(self) -> dict[str, object]:
        """Name the sheet in a sentence."""
        return {"number": self.sheet.id, "work": self.code, "round": self.round.code}


def _sent() -> Iterator[Sent]:
    rounds = {row.id: row for row in db.session.scalars(select(Round).options(joinedload(Round.version)))}
    typist = aliased(User)
    for sheet, recused_at, round_id, code, category, juror, typed_by in db.session.execute(
        select(
            ScoreSheet,
            Assignment.recused_at,
            Assignment.round_id,
            Entry.code,
            RoundEntry.category,
            User.subject,
            typist.subject,
        )
        .join(ScoreSheet.assignment)
        .join(Assignment.entry)
        .join(Assignment.juror)
        .outerjoin(typist, typist.id == ScoreSheet.typed_by_id)
        .join(RoundEntry, and_(RoundEntry.round_id == Assignment.round_id, RoundEntry.entry_id == Assignment.entry_id))
        .order_by(ScoreSheet.id)
        .execution_options(yield_per=1000)
    ):
        yield Sent(sheet, recused_at, rounds[round_id], code, category, juror, typed_by)


def assignments_are_of_works_in_the_round() -> Iterator[str]:
    """Nobody judges a work that is not in the round."""
    admitted = select(RoundEntry.id).where(
        RoundEntry.round_id == Assignment.round_id, RoundEntry.entry_id == Assignment.entry_id
    )
    for number in db.session.scalars(select(Assignment.id).where(~admitted.exists())):
        yield _("Assignment %(number)s is of a work that is not in its round.", number=number)


def sheets_count_from_one() -> Iterator[str]:
    """The revisions of a sheet are numbered without a gap, so that exactly one of them is in force."""
    revisions = defaultdict(list)
    for assignment_id, number in db.session.execute(
        select(ScoreSheet.assignment_id, ScoreSheet.revision).order_by(ScoreSheet.assignment_id, ScoreSheet.revision)
    ):
        revisions[assignment_id].append(number)
    for assignment_id, numbers in revisions.items():
        if numbers != list(range(1, len(numbers) + 1)):
            yield _("The sheets of assignment %(number)s are not numbered one by one.", number=assignment_id)


def sheets_were_sent_in_time() -> Iterator[str]:
    """Every sheet was sent in the hours of its round or in extra time, and by a juror who had not stepped back.

    Sheets on paper may be typed in later: they lay with the secretariat in time.
    """
    reopenings = defaultdict(list)
    for reopening in db.session.scalars(select(Reopening)):
        reopenings[reopening.assignment_id].append(reopening)
    for sent in _sent():
        at = sent.sheet.submitted_at
        if sent.recused_at is not None and at > sent.recused_at:
            yield _("Sheet %(number)s of %(work)s was sent by a juror who had stepped back.", **sent.words())
        granted = [one.until for one in reopenings[sent.sheet.assignment_id] if one.at <= at]
        hours = sent.round.window(max(granted, default=None))
        if sent.typed_by is None and not replace(hours, sealed_at=None).takes_sheets(at):
            yield _(
                "Sheet %(number)s of %(work)s was sent at %(at)s, outside the hours of round %(round)s.",
                at=as_datetime(at),
                **sent.words(),
            )


def marks_lie_on_their_scale() -> Iterator[str]:
    """Every sheet has one mark for each criterion of the rubric, none above its maximum and none between two steps."""
    for sent in _sent():
        try:
            check_whole(sent.sheet.marks, sent.round.rubric(sent.category))
        except ContestError:
            yield _("Sheet %(number)s of %(work)s has marks that the rubric does not know.", **sent.words())


def sheets_are_as_sent() -> Iterator[str]:
    """Marks, juror, work and moment of every sheet give the hash that its audit line names."""
    erasures = erased.expected("score_sheet.comment")
    for sent in _sent():
        sheet = sent.sheet
        if sheet.sha256 != fingerprint(
            Content(sheet.marks, sheet.comment),
            comment_sha256=erased.promised(sheet.comment, erasures.get(str(sheet.id))),
            round_code=sent.round.code,
            entry=sent.code,
            juror=sent.juror,
            revision=sheet.revision,
            submitted_at=sheet.submitted_at,
            typed_by=sent.typed_by,
        ):
            yield _("Sheet %(number)s of %(work)s is no longer what was sent.", **sent.words())
