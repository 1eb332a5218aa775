"""Finding works that are marked first, marks that only compare, and what the marks of a round tell.

Estimates rest on all marks of a round. They are read with the wall down, and whoever shows them leaves out what the
reader may not hear of.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from contest.accounts.models import User
from contest.calibration.edges import edges_of, marks_of, scored_of, total
from contest.calibration.estimates import Estimates, estimate
from contest.calibration.linking import Mark
from contest.calibration.models import Remark, Remarking, SharedMarking
from contest.calibration.spread import Spread, spread
from contest.database import db
from contest.entries.models import Entry
from contest.judging import queries as judging
from contest.judging.models import Assignment, Panel, PanelMember, Round, RoundEntry, ScoreSheet
from contest.regulations.models import Contest
from contest.results import queries as results
from contest.results.outcome import RoundOutcome, conclude
from contest.results.tally import Sheet
from contest.web import wall


def scored_rounds(contest: Contest) -> list[Round]:
    """The rounds of a contest in which jurors give marks, in the order of the regulation."""
    return [row for row in judging.rounds_of(contest) if not row.rule.is_voted]


def shared_markings(round_: Round) -> dict[str, SharedMarking]:
    """What was chosen to be marked first in a round, by panel."""
    rows = db.session.scalars(select(SharedMarking).filter_by(round_id=round_.id))
    return {row.panel: row for row in rows}


def _newest() -> ColumnElement[bool]:
    """Whether a sheet is the last that its juror sent for the work."""
    newer = aliased(ScoreSheet)
    later = select(newer.id).where(newer.assignment_id == ScoreSheet.assignment_id)
    return ~later.where(newer.revision > ScoreSheet.revision).exists()


class FirstSheet(NamedTuple):
    """A juror who marks a work that all mark first, and what they gave it so far.

    :ivar marks: hundredths of a point by criterion; None until a sheet is sent
    """

    entry_id: int
    juror_id: int
    marks: dict[str, int] | None


def first_works(round_: Round, panel: str) -> list[RoundEntry]:
    """The works that all jurors of a panel mark first, by category and code."""
    return list(
        db.session.scalars(
            select(RoundEntry)
            .join(RoundEntry.entry)
            .where(RoundEntry.round_id == round_.id, RoundEntry.panel == panel, RoundEntry.first, judging.IN_CONTEST)
            .options(contains_eager(RoundEntry.entry).defer(Entry.draft))
            .order_by(RoundEntry.category, Entry.code)
        )
    )


def first_sheets(round_: Round) -> list[FirstSheet]:
    """Who marks the works that are marked first, and the newest sheet of each; extra jurors are not among them."""
    rows = db.session.execute(
        select(Assignment.entry_id, Assignment.juror_id, ScoreSheet.marks)
        .join(RoundEntry, and_(RoundEntry.round_id == Assignment.round_id, RoundEntry.entry_id == Assignment.entry_id))
        .join(Assignment.entry)
        .outerjoin(ScoreSheet, and_(ScoreSheet.assignment_id == Assignment.id, _newest()))
        .where(Assignment.round_id == round_.id, Assignment.recused_at.is_(None), ~Assignment.third)
        .where(RoundEntry.first, judging.IN_CONTEST)
        .order_by(Assignment.entry_id, Assignment.id)
    )
    return [FirstSheet(*row) for row in rows]


def seats_of(juror: User, contest: Contest) -> list[tuple[Round, str]]:
    """The panels on which a juror sits, in rounds that were opened, latest round first."""
    order = {rule.code: number for number, rule in enumerate(contest.regulation.rounds)}
    rows = db.session.execute(
        select(Round, Panel.code)
        .join(Panel, Panel.round_id == Round.id)
        .join(Panel.members)
        .where(PanelMember.user_id == juror.id, Round.contest_id == contest.id, Round.opened_at.is_not(None))
        .options(joinedload(Round.version))
        .order_by(Panel.id)
    ).all()
    return sorted(((row, code) for row, code in rows), key=lambda seat: -order.get(seat[0].code, -1))


def advisory_sheets(round_: Round) -> dict[str, list[Sheet]]:
    """The newest advisory sheet of every juror who did not step back, by code of the work."""
    rows = db.session.execute(
        select(Entry.code, User.subject, ScoreSheet.marks, ScoreSheet.revision)
        .join(ScoreSheet.assignment)
        .join(Assignment.entry)
        .join(Assignment.juror)
        .where(Assignment.round_id == round_.id, Assignment.advisory, Assignment.recused_at.is_(None))
        .where(judging.IN_CONTEST, _newest())
        .order_by(Entry.code, User.subject)
    )
    found: dict[str, list[Sheet]] = {}
    for code, subject, marks, revision in rows:
        found.setdefault(str(code), []).append(Sheet(subject, marks, revision=revision))
    return found


@dataclass(frozen=True)
class Studied:
    """A round with what its marks tell."""

    outcome: RoundOutcome
    marks: tuple[Mark, ...]
    estimates: Estimates


def studied(round_: Round) -> Studied:
    """Conclude a round as it stands, or as it was sealed, and estimate what its marks tell."""
    with wall.lowered():
        result = results.result_of(round_) if round_.sealed_at is not None else None
        ruling = results.ruling_of(round_, result) if result is not None else round_.contest.regulation
        outcome = conclude(results.material_of(round_, ruling=ruling))
        marks = marks_of(outcome, advisory_sheets(round_))
    return Studied(outcome, marks, estimate(marks, scored_of(outcome), edges_of(outcome)))


def remarkings(round_: Round) -> list[Remarking]:
    """Every drawing of works to be marked again, newest first, with its works and who marks them."""
    asked = (
        select(Remarking)
        .where(Remarking.round_id == round_.id)
        .options(
            joinedload(Remarking.by),
            selectinload(Remarking.works).options(
                joinedload(Remark.entry).defer(Entry.draft),
                joinedload(Remark.assignment).joinedload(Assignment.juror),
            ),
        )
        .order_by(Remarking.number.desc())
    )
    return list(db.session.scalars(asked))


def marked_again(round_: Round) -> frozenset[int]:
    """The works, by id, that were given to somebody to be marked again and not given back."""
    rows = db.session.scalars(
        select(Remark.entry_id)
        .join(Remark.assignment)
        .where(Assignment.round_id == round_.id, Assignment.recused_at.is_(None))
    )
    return frozenset(rows)


class FirstWork(NamedTuple):
    """A work that a panel marks first.

    :ivar spread: how its marks lie; None until every sheet is in
    """

    work: RoundEntry
    sent: int
    expected: int
    spread: Spread | None


def laid_out(round_: Round, panel: str) -> list[FirstWork]:
    """How the marks of the works lie that a panel marks first; of a work only when nobody's mark is missing."""
    sheets: dict[int, list[dict[str, int] | None]] = {}
    for sheet in first_sheets(round_):
        sheets.setdefault(sheet.entry_id, []).append(sheet.marks)
    found = []
    for work in first_works(round_, panel):
        given = sheets.get(work.entry_id, [])
        sent = [marks for marks in given if marks is not None]
        whole = spread(sent, round_.rubric(work.category)) if len(sent) == len(given) else None
        found.append(FirstWork(work, len(sent), len(given), whole))
    return found


class Twice(NamedTuple):
    """A work that is marked again, in hundredths of a point.

    :ivar before: mean of the sheets that count; None until there is one
    :ivar after: what the new sheet came to; None until it is sent
    """

    remark: Remark
    before: float | None
    after: float | None
    tolerance: int

    @property
    def difference(self) -> float | None:
        """The new mark minus the old ones."""
        return self.after - self.before if self.after is not None and self.before is not None else None

    @property
    def is_outside(self) -> bool:
        """Whether they differ by more than is tolerated."""
        return self.difference is not None and abs(self.difference) > self.tolerance


def compared(round_: Round, remarking: Remarking) -> list[Twice]:
    """Set what was marked again beside what counts, by code of the work."""
    entries = {remark.entry_id: remark for remark in remarking.works}
    again = {remark.assignment_id for remark in remarking.works}
    before: dict[int, list[float]] = {}
    after: dict[int, float] = {}
    for assignment_id, entry_id, category, advisory, marks in db.session.execute(
        select(Assignment.id, Assignment.entry_id, RoundEntry.category, Assignment.advisory, ScoreSheet.marks)
        .join(ScoreSheet.assignment)
        .join(RoundEntry, and_(RoundEntry.round_id == Assignment.round_id, RoundEntry.entry_id == Assignment.entry_id))
        .where(Assignment.round_id == round_.id, Assignment.entry_id.in_(entries), _newest())
        .where(Assignment.recused_at.is_(None))
    ):
        points = total(marks, round_.rubric(category))
        if points is None:
            continue
        if assignment_id in again:
            after[entry_id] = points
        elif not advisory:
            before.setdefault(entry_id, []).append(points)
    lines = [
        Twice(remark, fmean(before[entry]) if entry in before else None, after.get(entry), remarking.tolerance)
        for entry, remark in entries.items()
    ]
    return sorted(lines, key=lambda line: line.remark.entry.code or "")
