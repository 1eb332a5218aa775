"""Finding lines of the log as the staff reads them, and the receipts of a juror."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import Select, Text, and_, cast, not_, or_, select

from contest import clock
from contest.accounts.models import Person, User
from contest.audit.models import AuditLine
from contest.audit.services import ROWS_BOUND
from contest.database import db
from contest.judging.models import Assignment, Round, RoundEntry, ScoreSheet
from contest.regulations.models import Contest
from contest.results import queries as results
from contest.results.models import RoundCommitment
from contest.web import wall
from contest.web.text import fold


class Asked(NamedTuple):
    """What somebody looks for in the log; an empty field looks for everything."""

    person: str = ""
    act: str = ""
    work: str = ""
    first: date | None = None
    last: date | None = None


def lines_of(contest: Contest, asked: Asked) -> Select[AuditLine]:
    """Ask for the lines of a log, newest first, without those that tell of a work hidden from whoever reads."""
    lines = select(AuditLine).filter_by(chain=contest.id).order_by(AuditLine.number.desc())
    lines = lines.where(AuditLine.action == asked.act if asked.act else AuditLine.action != ROWS_BOUND)
    if asked.person:
        lines = lines.where(AuditLine.actor.in_(_subjects(asked.person)))
    if asked.work:
        lines = lines.where(_names(asked.work.upper().replace("Đ", "D")))
    if asked.first:
        lines = lines.where(AuditLine.at >= _midnight(asked.first))
    if asked.last:
        lines = lines.where(AuditLine.at < _midnight(date.fromordinal(asked.last.toordinal() + 1)))
    return lines.where(*(not_(each) for each in _hidden()))


def _hidden() -> Iterable[Any]:
    """Conditions of lines that name a hidden work, by its code or by an assignment of it."""
    works = wall.hidden()
    if not works:
        return []
    with wall.lowered():
        given = db.session.scalars(select(Assignment.id).where(Assignment.entry_id.in_(works))).all()
    abouts = {*(f"assignment:{number}" for number in given), *(f"entry:{number}" for number in works)}
    return [AuditLine.about.in_(sorted(abouts)), *(_names(code) for code in sorted(wall.names()))]


def _names(code: str) -> Any:
    """Whether a line is about a work or says its code."""
    return or_(
        AuditLine.about == f"entry:{code}",
        cast(AuditLine.details, Text).contains(f'"{code}"', autoescape=True),
    )


def _subjects(typed: str) -> list[str]:
    people = db.session.execute(select(User.subject, Person.name, User.email).join(User.person))
    wanted = fold(typed)
    return [row.subject for row in people if wanted in fold(row.name) or wanted in row.email]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.ZONE)


def names_of(subjects: Iterable[str | None]) -> dict[str, str]:
    """Give the names behind random subject ids, as far as they are not erased."""
    rows = db.session.execute(
        select(User.subject, Person.name).join(User.person).where(User.subject.in_({each for each in subjects if each}))
    )
    return {row.subject: row.name for row in rows}


def unsealed_in(contest: Contest) -> frozenset[str]:
    """Give the codes of the rounds that are open and not sealed yet."""
    return frozenset(db.session.scalars(select(Round.code).filter_by(contest_id=contest.id, sealed_at=None)))


def acts_in(contest: Contest) -> Sequence[str]:
    """List the acts that the log of a contest tells of."""
    return db.session.scalars(
        select(AuditLine.action).filter_by(chain=contest.id).distinct().order_by(AuditLine.action)
    ).all()


class Receipt(NamedTuple):
    """What a juror holds of one sheet.

    :ivar commitment: what its round is bound to; none before the sealing
    :ivar is_in: whether the sheet is one of those that the round is bound to
    """

    sheet: ScoreSheet
    commitment: RoundCommitment | None
    is_in: bool


def receipts_of(user: User, contest: Contest) -> list[Receipt]:
    """Give a receipt for each sheet that somebody ever sent in a contest, newest first."""
    sheets = db.session.scalars(
        select(ScoreSheet)
        .join(ScoreSheet.assignment)
        .join(Assignment.round)
        .where(and_(Round.contest_id == contest.id, Assignment.juror_id == user.id))
        .order_by(ScoreSheet.submitted_at.desc(), ScoreSheet.id.desc())
    )
    bound: dict[int, RoundCommitment] = {each.round_id: each for each in results.commitments_of(contest)}
    leaves = {number: frozenset(each.leaves) for number, each in bound.items()}
    return [
        Receipt(
            sheet,
            bound.get(sheet.assignment.round_id),
            sheet.receipt in leaves.get(sheet.assignment.round_id, ()),
        )
        for sheet in sheets
    ]


def aliases_of(receipts: Iterable[Receipt]) -> dict[tuple[int, int], str]:
    """Give the names under which works are judged where names are hidden, by round and work."""
    rounds = {each.sheet.assignment.round_id for each in receipts}
    rows = select(RoundEntry.round_id, RoundEntry.entry_id, RoundEntry.alias).where(RoundEntry.round_id.in_(rounds))
    return {(row.round_id, row.entry_id): row.alias for row in db.session.execute(rows)}
