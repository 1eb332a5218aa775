"""Invariants of the audit log."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import Executable, select

from contest import audit
from contest.audit import Flaw, Wrong
from contest.audit.models import AuditHead, AuditLine
from contest.database import db
from contest.entries.models import Entry, EntryRevision
from contest.judging.models import Assignment, Ballot, Round, ScoreSheet, Sitting
from contest.regulations.models import RegulationVersion
from contest.results.models import Decision, Posting, RoundResult


def chains_fit() -> Iterator[str]:
    """Every line of every chain binds the line before it."""
    for chain in sorted(db.session.scalars(select(AuditLine.chain).union(select(AuditHead.chain)))):
        line = audit.verify(chain)
        if line is not None:
            yield _("Line %(number)s of the log of contest %(chain)s does not fit.", number=line.number, chain=chain)


def rows_are_as_bound() -> Iterator[str]:
    """Every row that is written once is what the log says of it, and no other was put in past the log."""
    for flaw in audit.flaws():
        yield told(flaw)


def told(flaw: Flaw) -> str:
    """Say what is wrong with a row that was written once."""
    words = {"table": flaw.table, "key": flaw.key, "number": flaw.number}
    if flaw.wrong is Wrong.ALTERED:
        return _("Row %(key)s of %(table)s is no longer what line %(number)s of the log says of it.", **words)
    if flaw.wrong is Wrong.REMOVED:
        return _("Row %(key)s of %(table)s, which line %(number)s of the log names, is gone.", **words)
    return _("Row %(key)s of %(table)s stands in no line of the log: it was put in past the system.", **words)


def acts_stand_in_the_log() -> Iterator[str]:
    """Each thing that is never changed stands in the log with its hash, so the log is as new as the newest of them."""
    logged = {
        (line.chain, line.details["sha256"])
        for line in db.session.execute(select(AuditLine.chain, AuditLine.details))
        if "sha256" in line.details
    }
    for act, asked in _hashed():
        for contest_id, number, sha256 in db.session.execute(asked):
            if (contest_id, sha256) not in logged:
                yield _("%(act)s %(number)s does not stand in the log.", act=act, number=number)


def _hashed() -> Iterator[tuple[str, Executable]]:
    """Name what is never changed, each kind with contest, number and hash."""
    for kind in (RegulationVersion, Posting, Decision):
        yield kind.__tablename__, select(kind.contest_id, kind.id, kind.sha256)
    yield "entry_revision", select(Entry.contest_id, EntryRevision.id, EntryRevision.sha256).join(EntryRevision.entry)
    sheets = select(Round.contest_id, ScoreSheet.id, ScoreSheet.sha256)
    yield "score_sheet", sheets.join(ScoreSheet.assignment).join(Assignment.round)
    yield "ballot", select(Round.contest_id, Ballot.id, Ballot.sha256).join(Ballot.sitting).join(Sitting.round)
    yield "round_result", select(Round.contest_id, Round.id, RoundResult.sha256).join(RoundResult.round)
