"""A plain table as a file: XLSX for those who calculate, CSV for programs. What people typed is never a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter
from flask import Response, make_response

from contest import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | datetime | date | None


@dataclass(frozen=True)
class Table:
    """Columns with their widths in letters, and rows of cells."""

    title: str
    sheet: str
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Cell]]


def as_xlsx(table: Table, *, now: datetime) -> bytes:
    """Write a table as XLSX: typed cells, a head that stays and is repeated on paper.

    :param now: kept as the date of the file, so that the same table gives the same bytes
    """
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(written, options) as book:
        book.set_properties({"title": table.title, "created": now.replace(tzinfo=None)})
        sheet = book.add_worksheet(table.sheet)
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        moment = book.add_format({"valign": "top", "num_format": "hh:mm dd/mm/yyyy"})
        day = book.add_format({"valign": "top", "num_format": "dd/mm/yyyy"})
        for column, (label, width) in enumerate(table.columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, label, head)
        for number, row in enumerate(table.rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(number, column, value, body)
                elif isinstance(value, datetime):
                    sheet.write_datetime(number, column, clock.local(value).replace(tzinfo=None), moment)
                elif isinstance(value, date):
                    sheet.write_datetime(number, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001 - a day of a sheet has no zone
                else:
                    sheet.write_string(number, column, value or "", body)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return written.getvalue()


def as_csv(table: Table) -> bytes:
    """Write a table as CSV in UTF-8, with the mark by which Excel knows it; moments and days in ISO form."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow([label for label, _ in table.columns])
    for row in table.rows:
        rows.writerow([_plain(value) for value in row])
    return written.getvalue().encode("utf-8-sig")


def _plain(value: Cell) -> str | int:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return clock.local(value).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(STARTS_A_FORMULA):
        return "'" + value
    return value


def as_attachment(table: Table, kind: str, *, name: str, now: datetime) -> Response:
    """Answer with a table as a file.

    :param kind: ``xlsx`` or ``csv``
    :param name: of the file, without its ending
    """
    content, media = (as_csv(table), CSV) if kind == "csv" else (as_xlsx(table, now=now), XLSX)
    disposition = f'attachment; filename="{name}.{kind}"'
    return make_response(content, {"Content-Type": media, "Content-Disposition": disposition})
