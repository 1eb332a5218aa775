"""The list of works as a spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from contest import clock
from contest.entries.models import LABELS, Byline
from contest.regulations.schema import Regulation
from contest.web.formats import as_datetime

WIDTHS = (12, 48, 14, 16, 32, 24, 30, 16, 28, 20, 8, 10, 10, 20, 20)


def spreadsheet(
    lines: Iterable[Any], people: Mapping[int, Sequence[Byline]], regulation: Regulation, *, title: str
) -> bytes:
    """Write the list as XLSX. Every cell that holds somebody's words is text: nothing typed becomes a formula.

    :param lines: rows of `queries.exported`
    :param people: bylines by revision
    """
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(written, options) as book:
        book.set_properties({"title": title, "created": clock.now().replace(tzinfo=None)})
        sheet = book.add_worksheet(_("Works"))
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for column, (label, width) in enumerate(zip(_headings(), WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, label, head)
        for number, line in enumerate(lines, start=1):
            for column, value in enumerate(_cells(line, people.get(line.revision_id, ()), regulation)):
                if isinstance(value, int):
                    sheet.write_number(number, column, value, body)
                else:
                    sheet.write_string(number, column, value, body)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return written.getvalue()


def _headings() -> list[str]:
    return [
        _("Code"),
        _("Title of the work"),
        _("Category"),
        _("Genre"),
        _("Authors (real names)"),
        _("Pen names"),
        _("Press agency"),
        _("Telephone"),
        _("E-mail"),
        _("State"),
        _("Stops"),
        _("Warnings"),
        _("To be declared"),
        _("Received at"),
        _("To be completed until"),
    ]


def _cells(line: Any, bylines: Sequence[Byline], regulation: Regulation) -> list[str | int]:
    category = regulation.category(line.category)
    lead = next((byline for byline in bylines if byline.lead), None)
    return [
        f"{category.shown_prefix}-{line.code.rpartition('-')[2]}",
        line.title,
        category.name,
        regulation.genre(line.genre).name if line.genre in category.genres else line.genre,
        "; ".join(byline.name for byline in bylines),
        "; ".join(byline.pen_names for byline in bylines if byline.pen_names),
        line.outlet_name,
        lead.phone if lead else "",
        lead.email if lead else "",
        _(LABELS[line.state]),
        line.blocks,
        line.warns,
        line.declares,
        as_datetime(line.submitted_at),
        as_datetime(line.returned_until) if line.state == "returned" else "",
    ]
