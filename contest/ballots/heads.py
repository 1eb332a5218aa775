"""What the columns of a table mean, from the words in its first row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from contest.errors import N_
from contest.regulations.scoring import Criterion
from contest.web.text import fold


class Field(StrEnum):
    """A column that is no criterion."""

    ROUND = "round"
    WORK = "work"
    EMAIL = "email"
    JUROR = "juror"
    COMMENT = "comment"
    REASON = "reason"
    TOTAL = "total"
    BALLOT = "ballot"
    QUESTION = "question"
    CHOICE = "choice"
    IGNORED = "ignored"


LABELS = {
    Field.ROUND: N_("Round"),
    Field.WORK: N_("Code of the work"),
    Field.EMAIL: N_("E-mail of the juror"),
    Field.JUROR: N_("Juror"),
    Field.COMMENT: N_("Comment"),
    Field.REASON: N_("Reason for the correction"),
    Field.TOTAL: N_("Total"),
    Field.BALLOT: N_("Ballot number"),
    Field.QUESTION: N_("Question"),
    Field.CHOICE: N_("Vote"),
    Field.IGNORED: N_("Title"),
}
"""What the columns are called in the form that is offered."""

WORDS = {
    Field.ROUND: ("vòng", "vòng chấm", "vòng thi", "mã vòng", "round"),
    Field.WORK: ("mã tác phẩm", "mã", "mã số", "mã bài", "tác phẩm hoặc cơ quan báo chí", "code", "entry"),
    Field.EMAIL: ("e-mail", "email", "thư điện tử", "e-mail giám khảo", "email giám khảo", "e-mail of the juror"),
    Field.JUROR: ("giám khảo", "họ tên giám khảo", "họ và tên giám khảo", "ủy viên", "thành viên hội đồng", "juror"),
    Field.COMMENT: ("nhận xét", "ghi chú", "ý kiến", "comment"),
    Field.REASON: ("lý do sửa", "lý do sửa phiếu", "lí do sửa", "reason", "reason for the correction"),
    Field.TOTAL: ("tổng", "tổng điểm", "cộng", "total"),
    Field.BALLOT: ("lần bỏ phiếu", "lần", "ballot", "ballot number"),
    Field.QUESTION: ("nội dung bỏ phiếu", "câu hỏi", "giải", "question"),
    Field.CHOICE: ("phiếu", "phiếu bầu", "lựa chọn", "bỏ phiếu", "ý kiến bỏ phiếu", "choice", "vote"),
    Field.IGNORED: ("stt", "tt", "số thứ tự", "tên tác phẩm", "tiêu đề", "loại hình", "title", "work", "no."),
}
"""What people call the columns; marks, capitals and accents do not matter."""
_BY_WORD = {fold(word): field for field, words in WORDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Heads:
    """The columns of one table.

    :ivar fields: position by field
    :ivar criteria: positions by code of the criterion
    :ivar unknown: positions of columns that mean nothing here
    """

    fields: Mapping[Field, int]
    criteria: Mapping[str, int]
    unknown: tuple[int, ...]
    twice: tuple[int, ...]

    @property
    def is_vote(self) -> bool:
        """Whether the table is one of votes."""
        return Field.CHOICE in self.fields

    def cell(self, cells: Sequence[str], field: Field) -> str:
        """Give the text of a field in a row; empty when there is no such column."""
        position = self.fields.get(field)
        return cells[position] if position is not None and position < len(cells) else ""

    def mark(self, cells: Sequence[str], criterion: str) -> str:
        """Give the text of a criterion in a row."""
        position = self.criteria.get(criterion)
        return cells[position] if position is not None and position < len(cells) else ""


def recognise(cells: Sequence[str], criteria: Iterable[Criterion], columns: Mapping[Field, str]) -> Heads:
    """Say what the columns of a table mean.

    :param criteria: of every rubric that may be meant
    :param columns: what the offered form calls its columns, in the language of the reader
    """
    by_criterion: dict[str, str] = {}
    for criterion in criteria:
        by_criterion |= {fold(criterion.code): criterion.code, fold(criterion.name): criterion.code}
    by_word = _BY_WORD | {fold(label): field for field, label in columns.items()}
    fields: dict[Field, int] = {}
    found: dict[str, int] = {}
    unknown, twice = [], []
    for position, cell in enumerate(cells):
        word = fold(cell.partition("(")[0])
        code, field = by_criterion.get(word) or by_criterion.get(fold(cell)), by_word.get(word)
        if code is not None:
            twice += [position] if code in found else []
            found.setdefault(code, position)
        elif field is not None:
            twice += [position] if field in fields and field is not Field.IGNORED else []
            fields.setdefault(field, position)
        elif cell:
            unknown.append(position)
    return Heads(fields, found, tuple(unknown), tuple(twice))


def letter(position: int) -> str:
    """Name a column as spreadsheets do: A, B, …, AA."""
    name = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
