"""A table as XLSX: typed cells, a head that stays, filters. What people typed is never a formula."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import IO, Any

import xlsxwriter
from flask_babel import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from contest import clock
from contest.web.formats import as_datetime
from contest.web.tables.description import Cell, Kind, Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MOST_LETTERS = 32_767  # in one cell
MOST_LINKS = 65_530  # on one sheet
LONGEST_LINK = 2_079
LONGEST_NAME = 31
FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
FIRST_YEAR = 1900

LOOKS: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"text_wrap": True},
    Kind.NUMBER: {"num_format": "#,##0"},
    Kind.MONEY: {"num_format": "#,##0\\ [$₫-42A]"},
    Kind.DATE: {"num_format": "dd/mm/yyyy", "align": "left"},
    Kind.MOMENT: {"num_format": "hh:mm dd/mm/yyyy", "align": "left"},
    Kind.BOOL: {"align": "center"},
    Kind.LINK: {"font_color": "#0b57a4", "underline": 1},
}


def as_xlsx(table: Table, *, now: datetime) -> bytes:
    """Write a table as XLSX in memory."""
    made = io.BytesIO()
    write(table, made, now=now)
    return made.getvalue()


def write(table: Table, target: IO[bytes], *, now: datetime) -> int:
    """Write a table as XLSX, row by row: nothing of it is kept in memory but the row that is written.

    The head is the first row, so that sheets are sorted, filtered and read back as they are. The title, and the moment
    of which the table tells, stand at the head of each printed page.

    :param now: the moment; also the date of the file, so that the same table gives the same bytes
    :return: number of rows
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": table.title, "created": now.replace(tzinfo=None)})
        sheet = book.add_worksheet(sheet_name(table.title))
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        looks = [
            book.add_format({"valign": "top", **LOOKS.get(column.kind, {"num_format": _decimals(column.decimals)})})
            for column in table.columns
        ]
        _set_up(sheet, table, now)
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.label, head)
        count = 0
        for count, row in enumerate(table.rows, start=1):
            for place, (column, look) in enumerate(zip(table.columns, looks, strict=True)):
                value = column.of(row)
                if value is not None:
                    WRITERS[column.kind](sheet, count, place, value, look)
        sheet.autofilter(0, 0, max(count, 1), len(table.columns) - 1)
        if table.note:
            beside = book.add_worksheet(sheet_name(_("Note")))
            beside.set_column(0, 0, 100)
            beside.write_string(0, 0, table.note, book.add_format({"text_wrap": True}))
    return count


def _set_up(sheet: Worksheet, table: Table, now: datetime) -> None:
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    title, at = (said.replace("&", "&&") for said in (table.title[:150], _("As of %(at)s", at=as_datetime(now))))
    sheet.set_header(f"&L{title}&R{at}")
    sheet.set_footer("&C&P/&N")


def sheet_name(title: str) -> str:
    """Name a sheet as spreadsheets allow it."""
    return " ".join(title.translate(FORBIDDEN_IN_NAMES).split())[:LONGEST_NAME].strip() or "1"


def _decimals(places: int) -> str:
    return "#,##0" + ("." + "0" * places if places else "")


def _text(sheet: Worksheet, row: int, place: int, value: Any, look: Format) -> None:
    sheet.write_string(row, place, value if len(value) <= MOST_LETTERS else value[: MOST_LETTERS - 1] + "…", look)


def _number(sheet: Worksheet, row: int, place: int, value: Any, look: Format) -> None:
    sheet.write_number(row, place, value, look)


def _moment(sheet: Worksheet, row: int, place: int, value: Any, look: Format) -> None:
    if value.year < FIRST_YEAR:  # spreadsheets know no earlier day
        sheet.write_string(row, place, value.isoformat(), look)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, place, clock.local(value).replace(tzinfo=None), look)
    else:
        sheet.write_datetime(row, place, _midnight(value), look)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day of a sheet has no zone


def _bool(sheet: Worksheet, row: int, place: int, value: Any, look: Format) -> None:
    sheet.write_boolean(row, place, value, look)


def _link(sheet: Worksheet, row: int, place: int, value: Any, look: Format) -> None:
    if value.startswith(("https://", "http://")) and len(value) <= LONGEST_LINK and row <= MOST_LINKS:
        sheet.write_url(row, place, value, look, value)
    else:
        _text(sheet, row, place, value, look)


WRITERS: dict[Kind, Callable[[Worksheet, int, int, Cell, Format], None]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.POINTS: _number,
    Kind.MONEY: _number,
    Kind.DATE: _moment,
    Kind.MOMENT: _moment,
    Kind.BOOL: _bool,
    Kind.LINK: _link,
}
