"""CSV and XLSX as plain rows of text, bounded before they are read. Nothing in a file is ever computed or followed.

::

    ContestError
    └── FileRefused    FileTooLarge · NotASpreadsheet · TooManyRows · TooManyColumns · CellTooLong · NothingInIt
"""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any, NamedTuple

from contest.errors import N_, ContestError
from contest.web.text import tidy

LARGEST_MEGABYTES = 5
LARGEST_UNPACKED_MEGABYTES = 60
MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_TABLES = 60
MOST_PARTS = 500
LONGEST_CELL = 4_000
ZIP = b"PK\x03\x04"
DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
MEGABYTE = 2**20


class FileRefused(ContestError):
    """The file as a whole cannot be taken."""

    status = 422
    field = "file"


class FileTooLarge(FileRefused):
    """More bytes than such a table ever needs, packed or unpacked."""

    message = N_("The file is larger than %(most)s MB. Send it in several files.")


class NotASpreadsheet(FileRefused):
    """Neither CSV nor XLSX, or broken."""

    message = N_("This file cannot be read. Save it as XLSX, or as CSV in UTF-8, and send it again.")


class TooManyRows(FileRefused):
    """More rows than one import takes."""

    message = N_("The file has more than %(most)s rows. Send it in several files.")


class TooManyColumns(FileRefused):
    """More columns than any table that is sent here has."""

    message = N_("A table in the file has more than %(most)s columns. Use the file that is offered here.")


class CellTooLong(FileRefused):
    """More text in one cell than any comment has."""

    message = N_("A cell in row %(row)s has more than %(most)s letters.")


class NothingInIt(FileRefused):
    """No table with a row below its head."""

    message = N_("The file has no filled-in row. Use the file that is offered here.")


class Row(NamedTuple):
    """One row: its number as the program shows it, and the text of its cells."""

    number: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """One worksheet, or one CSV file, without its empty rows."""

    name: str
    rows: tuple[Row, ...]


def read(name: str, content: bytes) -> list[Table]:
    """Read the tables of a file that have anything in them.

    :param name: of the file, shown for a CSV
    :raise FileRefused: if it is too large, too long, too wide, or no spreadsheet
    """
    if len(content) > LARGEST_MEGABYTES * MEGABYTE:
        raise FileTooLarge(most=LARGEST_MEGABYTES)
    tables = list(_of_workbook(content) if content.startswith(ZIP) else _of_csv(name, content))
    if sum(len(table.rows) for table in tables) > MOST_ROWS:
        raise TooManyRows(most=MOST_ROWS)
    found = [table for table in tables if len(table.rows) > 1]
    if not found:
        raise NothingInIt
    return found


def _table(name: str, rows: Iterable[Iterable[str]]) -> Table:
    found = []
    for number, cells in enumerate(rows, 1):
        written = [tidy(cell) for cell in cells]
        while written and not written[-1]:
            written.pop()
        if len(written) > MOST_COLUMNS:
            raise TooManyColumns(most=MOST_COLUMNS)
        if any(len(cell) > LONGEST_CELL for cell in written):
            raise CellTooLong(row=number, most=LONGEST_CELL)
        if written:
            found.append(Row(number, tuple(written)))
        if number > MOST_ROWS:
            raise TooManyRows(most=MOST_ROWS)
    return Table(name, tuple(found))


def _of_csv(name: str, content: bytes) -> Iterator[Table]:
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotASpreadsheet from error
    if "\0" in text:
        raise NotASpreadsheet
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    try:
        yield _table(tidy(name)[:60], csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise NotASpreadsheet from error


def _of_workbook(content: bytes) -> Iterator[Table]:
    import openpyxl  # with its arrays it takes 16 MB, and few ever send a workbook

    _check_package(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the library, about styles that nobody here looks at
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            sheets = [sheet for sheet in book.worksheets[:MOST_TABLES] if sheet.sheet_state == "visible"]
            for sheet in sheets:
                sheet.reset_dimensions()  # what the file says of its size may be false
                rows = sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)
                yield _table(tidy(sheet.title), ([_text(cell) for cell in row] for row in rows))
    except FileRefused:
        raise
    except Exception as error:
        raise NotASpreadsheet from error


def _check_package(content: bytes) -> None:
    """Look at every part before the library does: how large it is unpacked, and that no XML declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED_MEGABYTES * MEGABYTE:
                raise FileTooLarge(most=LARGEST_MEGABYTES)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    written = package.read(part)
                    if any(doctype in written for doctype in DOCTYPES):
                        raise NotASpreadsheet
    except FileRefused:
        raise
    except Exception as error:
        raise NotASpreadsheet from error


def _text(value: Any) -> str:
    """Write a cell as a person sees it; a whole number without decimals, a date as a date so that it is noticed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)
