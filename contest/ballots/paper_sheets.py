"""One row of a table of score sheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from contest.ballots.facts import Juror, Recorded, Round, Work
from contest.ballots.heads import Field, Heads
from contest.ballots.outcomes import Outcome
from contest.errors import N_
from contest.judging import marks as rules
from contest.judging import sheets
from contest.judging.refusals import MarkRefused
from contest.regulations.scoring import Criterion
from contest.web.reading_tables import Row, Table

LONGEST_COMMENT = 4_000
MOST_DIGITS = 12

NO_WORK = N_("The code of the work is missing.")
UNKNOWN_WORK = N_("There is no work %(name)s in this round.")
NOT_ASSIGNED = N_("The work %(work)s was not given to %(juror)s. Assign it first.")
STEPPED_BACK = N_("%(juror)s has stepped back from the work %(work)s.")
NOT_IN_RUBRIC = N_("This criterion is not on the score sheet of this work; leave the cell empty.")
NO_COLUMN = N_("The table has no column for the criterion %(criterion)s, which this work is marked by.")
WRONG_TOTAL = N_("The total on paper is %(written)s, the marks add up to %(computed)s. Compare with the paper.")
NOT_A_TOTAL = N_("The total is no number. Compare with the paper.")
COMMENT_NEEDED = N_("A comment must explain so low a mark: %(criteria)s.")
REASON_NEEDED = N_("A sheet of this juror is recorded already and says otherwise. Say in a column why it is corrected.")

Add = Callable[..., None]


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """One score sheet from paper, ready to be recorded.

    What an earlier sheet said is not in it: marks are opened at the sealing, to the secretariat too.
    """

    table: str
    row: int
    round: Round
    work: Work
    juror: Juror
    assignment_id: int
    marks: Mapping[str, int]
    total: Fraction
    comment: str
    reason: str
    outcome: Outcome


def read_sheet(table: Table, row: Row, found: Heads, round_: Round, juror: Juror, add: Add) -> PaperSheet | None:
    """Read a row as a score sheet; what is wrong is noted, and then there is none."""
    said = found.cell(row.cells, Field.WORK)
    works = round_.works_called(said) if said else []
    if len(works) != 1:
        add(table, row, found.fields[Field.WORK], UNKNOWN_WORK if said else NO_WORK, name=said[:60])
        return None
    work = works[0]
    given = round_.given.get((work.id, juror.id))
    if given is None or given.recused:
        message = STEPPED_BACK if given else NOT_ASSIGNED
        add(table, row, found.fields[Field.WORK], message, work=work.shown, juror=juror.name)
        return None
    rubric = round_.rubrics.get(work.category, ())
    marks = _marks(table, row, found, rubric, add)
    if marks is None:
        return None
    total = rules.total_of(marks, rubric)
    comment, reason = found.cell(row.cells, Field.COMMENT), found.cell(row.cells, Field.REASON)
    wrong = _wrong_total(found.cell(row.cells, Field.TOTAL), total)
    if wrong is not None:
        add(table, row, found.fields[Field.TOTAL], wrong[0], **wrong[1])
        return None
    low = sheets.unexplained(marks, rubric)
    if low and not comment:
        names = "; ".join(criterion.name for criterion in low)
        add(table, row, found.fields.get(Field.COMMENT), COMMENT_NEEDED, criteria=names)
        return None
    outcome = _outcome(given.newest, marks, comment)
    if outcome is Outcome.CORRECTION and not reason:
        add(table, row, found.fields.get(Field.REASON), REASON_NEEDED)
        return None
    return PaperSheet(
        table=table.name,
        row=row.number,
        round=round_,
        work=work,
        juror=juror,
        assignment_id=given.assignment_id,
        marks=marks,
        total=total,
        comment=comment,
        reason=reason if outcome is Outcome.CORRECTION else "",
        outcome=outcome,
    )


def _marks(table: Table, row: Row, found: Heads, rubric: tuple[Criterion, ...], add: Add) -> dict[str, int] | None:
    marks: dict[str, int] = {}
    whole = True
    for criterion in rubric:
        column = found.criteria.get(criterion.code)
        if column is None:
            add(table, row, None, NO_COLUMN, criterion=criterion.name)
            whole = False
            continue
        try:
            marks[criterion.code] = rules.parse_mark(found.mark(row.cells, criterion.code), criterion)
        except MarkRefused as refusal:
            add(table, row, column, refusal.message, **refusal.parameters)
            whole = False
    ours = {criterion.code for criterion in rubric}
    for code, column in found.criteria.items():
        if code not in ours and found.mark(row.cells, code):
            add(table, row, column, NOT_IN_RUBRIC)
            whole = False
    return marks if whole else None


def _wrong_total(written: str, computed: Fraction) -> tuple[str, dict[str, str]] | None:
    """Compare the total that stands on the paper; a slip of the pen or of the typing shows here."""
    if not written:
        return None
    number = written.replace(",", ".").strip()
    if len(number) > MOST_DIGITS or not number.replace(".", "", 1).isdecimal() or not number.isascii():
        return NOT_A_TOTAL, {}
    points = Fraction(number) * 100
    decimals = len(number.partition(".")[2])
    unit = Fraction(100, 10**decimals)
    if abs(points - computed) < unit and (points == computed or computed.denominator != 1 or computed % unit != 0):
        return None  # what is written with fewer decimals than there are is a rounding of it
    return WRONG_TOTAL, {"written": written, "computed": _points(computed)}


def _points(total: Fraction) -> str:
    return rules.written(int(total)) if total.denominator == 1 else f"{float(total) / 100:.4f}".replace(".", ",")


def _outcome(newest: Recorded | None, marks: Mapping[str, int], comment: str) -> Outcome:
    if newest is None:
        return Outcome.NEW
    return Outcome.UNCHANGED if dict(newest.marks) == marks and newest.comment == comment else Outcome.CORRECTION
