"""Recording what stands on paper: everything in a file or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import delete

from contest import audit
from contest.accounts.models import User
from contest.audit.chain import canonical
from contest.ballots import queries
from contest.ballots.checking import Checked, check
from contest.ballots.heads import Field
from contest.ballots.models import PaperBatch
from contest.ballots.outcomes import Outcome
from contest.ballots.refusals import BallotsChanged, BallotsWrong, NothingToRecord
from contest.database import db
from contest.judging import models as judging
from contest.judging import queries as judging_queries
from contest.judging import services as judging_services
from contest.regulations.models import Contest
from contest.web.reading_tables import Row, Table

Columns = Mapping[Field, str]


def digest(checked: Checked) -> str:
    """Name what would be recorded, so that nothing else is confirmed."""
    said: list[Any] = [
        [sheet.assignment_id, dict(sheet.marks), sheet.comment, sheet.reason, str(sheet.outcome)]
        for sheet in checked.sheets
    ]
    said += [
        [
            vote.round.code,
            vote.topic.ballot,
            vote.topic.question.code,
            vote.juror.id,
            dict(vote.choice),
            str(vote.outcome),
        ]
        for vote in checked.votes
    ]
    return sha256(canonical(said)).hexdigest()[:16]


def keep_batch(
    contest: Contest, tables: Sequence[Table], *, name: str, content: bytes, by: User, now: datetime
) -> PaperBatch:
    """Keep the rows of a file until they are confirmed; what the same person looked at before is let go."""
    db.session.execute(delete(PaperBatch).where(PaperBatch.contest_id == contest.id, PaperBatch.by_id == by.id))
    batch = PaperBatch(
        contest_id=contest.id,
        name=name[:255],
        sha256=sha256(content).hexdigest(),
        tables=[[table.name, [[row.number, list(row.cells)] for row in table.rows]] for table in tables],
        by_id=by.id,
        at=now,
    )
    db.session.add(batch)
    db.session.flush()
    return batch


def tables_of(batch: PaperBatch) -> list[Table]:
    """Give the rows that were kept."""
    return [Table(name, tuple(Row(number, tuple(cells)) for number, cells in rows)) for name, rows in batch.tables]


def confirm_batch(batch: PaperBatch, *, seen: str, columns: Columns, by: User, now: datetime) -> Checked:
    """Record the ballots of a file that somebody has looked at.

    :param seen: digest of what was shown
    :raise ContestError: as `record_ballots` does
    """
    contest = db.session.get_one(Contest, batch.contest_id)
    done = record_ballots(
        contest, tables_of(batch), columns=columns, seen=seen, file_sha256=batch.sha256, by=by, now=now
    )
    db.session.delete(batch)
    return done


def record_ballots(
    contest: Contest,
    tables: Sequence[Table],
    *,
    columns: Columns,
    file_sha256: str,
    seen: str | None = None,
    by: User,
    now: datetime,
) -> Checked:
    """Record every ballot of a file as one act, each as the next revision of what is there.

    :param seen: digest of what was shown; None records whatever the file says
    :raise BallotsWrong: with every problem, and then nothing is recorded
    :raise BallotsChanged: if it would record something else than was shown
    :raise NothingToRecord: if all of it is recorded already
    """
    checked = check(tables, queries.rounds_taking_paper(contest), columns)
    if checked.problems:
        raise BallotsWrong(checked.problems)
    if seen is not None and digest(checked) != seen:
        raise BallotsChanged
    if not checked.changing:
        raise NothingToRecord
    for sheet in checked.sheets:
        if sheet.outcome is not Outcome.UNCHANGED:
            assignment = db.session.get_one(judging.Assignment, sheet.assignment_id)
            judging_services.record_paper_sheet(
                assignment, sheet.marks, sheet.comment, reason=sheet.reason, by=by, now=now
            )
    for vote in checked.votes:
        if vote.outcome is not Outcome.UNCHANGED:
            round_ = judging_queries.round_of(contest, vote.round.code)
            if round_ is None:
                raise BallotsChanged
            judging_services.record_paper_ballot(
                round_,
                ballot=vote.topic.ballot,
                question=vote.topic.question.code,
                voter=db.session.get_one(User, vote.juror.id),
                choice=vote.choice,
                by=by,
                now=now,
            )
    db.session.flush()
    audit.record(
        "ballots.imported",
        contest_id=contest.id,
        by=by,
        about="ballots",
        now=now,
        details={
            "file": file_sha256,
            "new": checked.count(Outcome.NEW),
            "corrected": checked.count(Outcome.CORRECTION),
            "unchanged": checked.count(Outcome.UNCHANGED),
        },
    )
    return checked
