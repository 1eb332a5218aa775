"""Finding rounds, work and sheets; a juror finds only their own."""

from contest.judging.queries.assigning import AssignmentLine, assignment_lines, loads_of, work_in, works_to_assign
from contest.judging.queries.conditions import HAS_SHEET, IN_CONTEST, OUT, first_sheet
from contest.judging.queries.counted_sheets import SheetInForce, newest_sheet, reopened, sheets_in_force
from contest.judging.queries.interests import declared, juror_facts, successors, work_facts
from contest.judging.queries.own_desk import DeskLine, Done, Order, desk, own_order, rounds_on_desk
from contest.judging.queries.own_sheet import (
    Judged,
    Sheet,
    Typing,
    history_of,
    judged_by,
    name_for_juror,
    sheet_of,
    typing_of,
)
from contest.judging.queries.pace import Coverage, assignment_in, coverage, people, progress
from contest.judging.queries.panels import jurors_of, panels_of
from contest.judging.queries.rounds import (
    count_waiting,
    counts_of_rounds,
    round_entries,
    round_of,
    rounds_of,
    waiting_entries,
)
from contest.judging.queries.work_shown import WorkFile, bylines_of, derivative_of, files_kept, files_of, instalments_of

__all__ = [
    "HAS_SHEET",
    "IN_CONTEST",
    "OUT",
    "AssignmentLine",
    "Coverage",
    "DeskLine",
    "Done",
    "Judged",
    "Order",
    "Sheet",
    "SheetInForce",
    "Typing",
    "WorkFile",
    "assignment_in",
    "assignment_lines",
    "bylines_of",
    "count_waiting",
    "counts_of_rounds",
    "coverage",
    "declared",
    "derivative_of",
    "desk",
    "files_kept",
    "files_of",
    "first_sheet",
    "history_of",
    "instalments_of",
    "judged_by",
    "juror_facts",
    "jurors_of",
    "loads_of",
    "name_for_juror",
    "newest_sheet",
    "own_order",
    "panels_of",
    "people",
    "progress",
    "reopened",
    "round_entries",
    "round_of",
    "rounds_of",
    "rounds_on_desk",
    "sheet_of",
    "sheets_in_force",
    "successors",
    "typing_of",
    "waiting_entries",
    "work_facts",
    "work_in",
    "works_to_assign",
]
