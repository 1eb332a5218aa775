"""The empty form for paper ballots: one worksheet for each rubric and each vote, the assignments filled in."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import xlsxwriter

from contest.ballots.facts import Juror, Round, Topic, Work
from contest.ballots.heads import Field
from contest.judging import marks as rules
from contest.regulations.scoring import Criterion

FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
LONGEST_NAME = 31

Columns = Mapping[Field, str]


def empty_form(rounds: Iterable[Round], columns: Columns, *, categories: Mapping[str, str], dated: date) -> bytes:
    """Write the form as XLSX. What people typed is text there, never a formula.

    :param columns: what the columns are called, in the language of the reader
    :param categories: names by code
    :param dated: kept as the date of the file, so that the same form gives the same bytes
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": datetime.combine(dated, time(), UTC)})
    written = _Written(book, columns)
    for round_ in rounds:
        for category, rubric in round_.rubrics.items():
            rows = [(work, juror) for work, juror in _given(round_) if work.category == category]
            if rows:
                written.sheets(f"{round_.name} {categories.get(category, category)}", round_, rubric, rows)
        for topic in round_.topics:
            written.votes(topic, round_)
    if not book.worksheets():
        written.heads("Phiếu", [])
    book.close()
    return out.getvalue()


def _given(round_: Round) -> list[tuple[Work, Juror]]:
    works = {work.id: work for work in round_.works}
    jurors = {juror.id: juror for juror in round_.jurors}
    pairs = [
        (works[work_id], jurors[juror_id])
        for (work_id, juror_id), given in round_.given.items()
        if not given.recused and work_id in works and juror_id in jurors
    ]
    return sorted(pairs, key=lambda pair: (pair[1].name, pair[0].code))


class _Written:
    """A workbook while it is written."""

    def __init__(self, book: xlsxwriter.Workbook, columns: Columns) -> None:
        self.book = book
        self.columns = columns
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self.names: set[str] = set()

    def heads(self, name: str, heads: Sequence[tuple[str, int]]) -> Any:
        """Begin a worksheet with the names of its columns and their widths."""
        name = " ".join(name.translate(FORBIDDEN_IN_NAMES).split())
        base, number = name[:LONGEST_NAME], 1
        while base.casefold() in self.names:
            number += 1
            base = f"{name[: LONGEST_NAME - 3]} {number}"
        self.names.add(base.casefold())
        sheet = self.book.add_worksheet(base)
        for column, (label, width) in enumerate(heads):
            sheet.set_column(column, column, width, self.text)
            sheet.write_string(0, column, label, self.head)
        sheet.freeze_panes(1, 0)
        return sheet

    def sheets(self, name: str, round_: Round, rubric: Sequence[Criterion], rows: Iterable[tuple[Work, Juror]]) -> None:
        """Write a worksheet of score sheets."""
        say = self.columns
        marks = [(f"{each.name} (0–{rules.written(each.maximum)})", 14) for each in rubric]
        heads = [
            (say[Field.ROUND], 12),
            (say[Field.WORK], 12),
            (say[Field.IGNORED], 40),
            (say[Field.EMAIL], 28),
            (say[Field.JUROR], 24),
            *marks,
            (say[Field.TOTAL], 10),
            (say[Field.COMMENT], 40),
            (say[Field.REASON], 28),
        ]
        sheet = self.heads(name, heads)
        for number, (work, juror) in enumerate(rows, 1):
            filled = (round_.name, work.shown, work.title, juror.email, juror.name)
            for column, text in enumerate(filled):
                sheet.write_string(number, column, text, self.text)

    def votes(self, topic: Topic, round_: Round) -> None:
        """Write a worksheet of votes on one question."""
        say = self.columns
        heads = [
            (say[Field.ROUND], 12),
            (say[Field.QUESTION], 20),
            (say[Field.BALLOT], 10),
            (say[Field.EMAIL], 28),
            (say[Field.JUROR], 24),
            (say[Field.WORK], 20),
            (say[Field.IGNORED], 40),
            (say[Field.CHOICE], 14),
        ]
        sheet = self.heads(f"{round_.name} {topic.name} {topic.ballot}", heads)
        works = {work.code: work for work in round_.works}
        members = [juror for juror in round_.jurors if juror.id in topic.offered]
        number = 0
        for juror in sorted(members, key=lambda juror: (juror.name, juror.id)):
            for subject in sorted(topic.offered[juror.id]):
                number += 1
                work = works.get(subject)
                named, title = (work.shown, work.title) if work else (subject, "")
                filled = (round_.name, topic.name, str(topic.ballot), juror.email, juror.name, named, title)
                for column, text in enumerate(filled):
                    sheet.write_string(number, column, text, self.text)
