"""Rows to CSV and back: UTF-8, LF, RFC 4180 quoting, fixed columns, rows in the order of their key."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from contest.errors import N_
from contest.results.recount import layout
from contest.results.recount.cells import NotWritten
from contest.results.recount.flaws import Flaws, shown
from contest.results.recount.layout import Table

NOT_UTF8 = N_("The file is not text in UTF-8.")
BOM = N_("The file begins with a byte order mark; another program saved it. Take the bundle as it was written.")
CARRIAGE_RETURN = N_("Lines end with LF alone in a bundle; another program saved this file.")
NOT_CSV = N_("This line cannot be read as CSV.")
OTHER_COLUMNS = N_("The columns are not those of the format. Expected: %(expected)s. Missing: %(missing)s.")
WRONG_WIDTH = N_("This line has %(found)s cells instead of %(expected)s.")
NOT_IN_ORDER = N_("This row does not come after the one before it: the rows stand in the order of %(key)s.")
TWICE = N_("This row is there twice: %(key)s.")
UNENDED = N_("The last line is not ended.")


class Row(NamedTuple):
    """One row: the line it ends on, and its values by column."""

    line: int
    values: dict[str, Any]


def write(table: Table, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Write a table, its rows brought into order."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.columns)
    for row in sorted(rows, key=lambda row: tuple(row[name] for name in table.key)):
        writer.writerow([kind.write(row[name]) for name, kind in table.columns.items()])
    return stream.getvalue().encode()


def read(table: Table, content: bytes, flaws: Flaws) -> Iterator[Row]:
    """Read a table row by row; what is wrong with a row is noted and the row passed over."""
    file, names = table.file, list(table.columns)
    text = _text(file, content, flaws)
    usual = csv.field_size_limit(layout.LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = next(reader, [])
        if head != names:
            missing = ", ".join(name for name in names if name not in head) or "–"
            flaws.refuse(file, OTHER_COLUMNS, line=1, expected=", ".join(names), missing=missing)
        before: tuple[Any, ...] | None = None
        for cells in reader:
            values = _values(table, cells, reader.line_num, flaws)
            if values is None:
                continue
            key = tuple(values[name] for name in table.key)
            if before is not None and key <= before:
                message = TWICE if key == before else NOT_IN_ORDER
                named = " · ".join(map(shown, key)) if key == before else ", ".join(table.key)
                flaws.add(file, message, line=reader.line_num, key=named)
                continue
            before = key
            yield Row(reader.line_num, values)
    except csv.Error:
        flaws.refuse(file, NOT_CSV, line=reader.line_num)
    finally:
        csv.field_size_limit(usual)


def _text(file: str, content: bytes, flaws: Flaws) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        flaws.refuse(file, NOT_UTF8, line=content.count(b"\n", 0, error.start) + 1)
    if text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}"):
        flaws.refuse(file, BOM)
    if (at := text.find("\r")) >= 0:
        flaws.refuse(file, CARRIAGE_RETURN, line=text.count("\n", 0, at) + 1)
    if text and not text.endswith("\n"):
        flaws.refuse(file, UNENDED, line=text.count("\n") + 1)
    return text


def _values(table: Table, cells: list[str], line: int, flaws: Flaws) -> dict[str, Any] | None:
    if len(cells) != len(table.columns):
        flaws.add(table.file, WRONG_WIDTH, line=line, found=len(cells), expected=len(table.columns))
        return None
    values: dict[str, Any] = {}
    for (name, kind), cell in zip(table.columns.items(), cells, strict=True):
        try:
            values[name] = kind.read(cell)
        except NotWritten as wrong:
            flaws.add(table.file, str(wrong), line=line, column=name)
    return values if len(values) == len(cells) else None
