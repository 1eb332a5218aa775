"""Paper ballots against what they are about: every problem at its row and column, and what would be recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from contest.ballots import heads
from contest.ballots.facts import Juror, Round
from contest.ballots.heads import Field, Heads
from contest.ballots.outcomes import MOST_PROBLEMS, Outcome, Problem
from contest.ballots.paper_sheets import PaperSheet, read_sheet
from contest.ballots.paper_votes import PaperVote, VoteRow, read_row, together
from contest.errors import N_
from contest.web.reading_tables import Row, Table
from contest.web.text import fold

NO_TABLE_OF_BALLOTS = N_(
    "The first row must name the columns: the code of the work, the juror, and the criteria or the vote."
)
UNKNOWN_COLUMN = N_("This column is neither a criterion nor anything else that is known here: %(name)s.")
COLUMN_TWICE = N_("There is another column for the same thing.")
NO_ROUND = N_("Say which round: %(known)s.")
UNKNOWN_ROUND = N_("No round that takes paper ballots now is called %(name)s. It would be: %(known)s.")
NO_JUROR = N_("The juror is missing: an e-mail address or a name.")
UNKNOWN_JUROR = N_("Nobody called %(name)s judges in this round.")
SEVERAL_JURORS = N_("Several jurors are called %(name)s. Write the e-mail address instead.")
OTHER_NAME = N_("This address belongs to %(name)s.")
TWICE = N_("The same ballot stands in row %(row)s of the table %(table)s.")


@dataclass(frozen=True, slots=True)
class Checked:
    """A file as far as it can be recorded.

    :ivar empty: how many prepared rows were left empty
    """

    sheets: tuple[PaperSheet, ...] = ()
    votes: tuple[PaperVote, ...] = ()
    problems: tuple[Problem, ...] = ()
    empty: int = 0

    def count(self, outcome: Outcome) -> int:
        """How many ballots have this outcome."""
        outcomes = [sheet.outcome for sheet in self.sheets] + [vote.outcome for vote in self.votes]
        return outcomes.count(outcome)

    @property
    def changing(self) -> int:
        """How many ballots would be recorded."""
        return self.count(Outcome.NEW) + self.count(Outcome.CORRECTION)


class _Full(Exception):
    """Enough problems are named."""


class _Check:
    def __init__(self, rounds: Sequence[Round], columns: Mapping[Field, str]) -> None:
        self.rounds = rounds
        self.columns = columns
        self.problems: list[Problem] = []
        self.sheets: dict[int, PaperSheet] = {}
        self.votes: list[VoteRow] = []
        self.empty = 0

    def add(self, table: Table, row: Row, column: int | None, message: str, /, **parameters: object) -> None:
        """Note a problem."""
        self.problems.append(Problem(table.name, row.number, column, message, parameters))
        if len(self.problems) >= MOST_PROBLEMS:
            raise _Full

    def table(self, table: Table) -> None:
        """Check one table."""
        head = table.rows[0]
        known = [criterion for round_ in self.rounds for criterion in round_.criteria]
        found = heads.recognise(head.cells, known, self.columns)
        for position in found.unknown:
            self.add(table, head, position, UNKNOWN_COLUMN, name=head.cells[position][:60])
        for position in found.twice:
            self.add(table, head, position, COLUMN_TWICE)
        has_juror = Field.EMAIL in found.fields or Field.JUROR in found.fields
        if Field.WORK not in found.fields or not has_juror or not (found.criteria or found.is_vote):
            self.add(table, head, None, NO_TABLE_OF_BALLOTS)
            return
        for row in table.rows[1:]:
            self.row(table, row, found)

    def row(self, table: Table, row: Row, found: Heads) -> None:
        """Check one row."""
        filled = (Field.CHOICE,) if found.is_vote else (Field.COMMENT, Field.REASON, Field.TOTAL)
        if not any(found.cell(row.cells, each) for each in filled) and not any(
            found.mark(row.cells, criterion) for criterion in found.criteria
        ):
            self.empty += 1
            return
        round_ = self.round_of(table, row, found)
        juror = self.juror_of(table, row, found, round_) if round_ else None
        if round_ is None or juror is None:
            return
        if found.is_vote:
            voted = read_row(table, row, found, round_, juror, self.add)
            self.votes += [voted] if voted else []
            return
        sheet = read_sheet(table, row, found, round_, juror, self.add)
        if sheet is None:
            return
        twin = self.sheets.setdefault(sheet.assignment_id, sheet)
        if twin is not sheet:
            self.add(table, row, found.fields[Field.WORK], TWICE, row=twin.row, table=twin.table)

    def round_of(self, table: Table, row: Row, found: Heads) -> Round | None:
        """Find the round of a row; where only one takes paper, nothing need be said."""
        said = found.cell(row.cells, Field.ROUND)
        known = ", ".join(round_.name for round_ in self.rounds)
        if not said:
            if len(self.rounds) == 1:
                return self.rounds[0]
            self.add(table, row, found.fields.get(Field.ROUND), NO_ROUND, known=known)
            return None
        asked = fold(said)
        for round_ in self.rounds:
            if asked in (fold(round_.code), fold(round_.name)):
                return round_
        self.add(table, row, found.fields[Field.ROUND], UNKNOWN_ROUND, name=said[:60], known=known or "–")
        return None

    def juror_of(self, table: Table, row: Row, found: Heads, round_: Round) -> Juror | None:
        """Find the juror of a row: by address, else by name; where both are given they must agree."""
        email, name = found.cell(row.cells, Field.EMAIL), found.cell(row.cells, Field.JUROR)
        column = found.fields.get(Field.EMAIL if email else Field.JUROR)
        said = email or name
        if not said:
            self.add(table, row, column, NO_JUROR)
            return None
        jurors = round_.jurors_called(said)
        if len(jurors) != 1:
            self.add(table, row, column, SEVERAL_JURORS if jurors else UNKNOWN_JUROR, name=said[:60])
            return None
        if email and name and fold(name) not in (fold(jurors[0].name), fold(jurors[0].email)):
            self.add(table, row, column, OTHER_NAME, name=jurors[0].name)
            return None
        return jurors[0]


def check(tables: Iterable[Table], rounds: Sequence[Round], columns: Mapping[Field, str]) -> Checked:
    """Check every row of every table. Nothing is recorded here, and nothing is left unsaid but what is too much.

    :param rounds: those that take paper ballots now
    :param columns: what the offered form calls its columns, in the language of the reader
    """
    checking = _Check(rounds, columns)
    votes: list[PaperVote] = []
    try:
        for table in tables:
            checking.table(table)
        votes = together(checking.votes, checking.problems)
    except _Full:
        pass
    return Checked(tuple(checking.sheets.values()), tuple(votes), tuple(checking.problems), checking.empty)
