"""The list of winners on paper and as a sheet: by group and tier with counts, then what is given over all groups."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import xlsxwriter
from flask_babel import gettext

from contest import printing
from contest.regulations.issuing import Letterhead
from contest.results.lists import Kind, Line, Section


def result_list(
    sections: Sequence[Section],
    *,
    contest_name: str,
    letterhead: Letterhead | Mapping[str, Any],
    decision: Mapping[str, Any] | None = None,
    with_money: bool = False,
) -> bytes:
    """Draw the list as a PDF, as the annex of a decision or, before it, as the proposed list.

    :param decision: number, decided_on (ISO) and issuer; None while there is no decision
    """
    return printing.pdf(
        "documents/result_list.html",
        css=("official.css", "result_list.css"),
        title=gettext("List of prizes: %(contest)s", contest=contest_name),
        sections=sections,
        contest_name=contest_name,
        letterhead=letterhead,
        decision=decision,
        with_money=with_money,
        mixed=any(section.names_categories and section.count for section in sections),
        newsrooms=any(section.is_of_newsrooms and section.count for section in sections),
        paid=sum(section.paid for section in sections),
        total=sum(section.count for section in sections),
    )


def result_sheet(sections: Sequence[Section], *, contest_name: str, dated: date, with_money: bool = False) -> bytes:
    """Write the list as XLSX: one row a prize, typed cells, frozen head. What people typed is text, never a formula.

    :param dated: kept as the date of the file, so that the same list gives the same bytes
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": contest_name, "created": datetime.combine(dated, time(), UTC)})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    number = book.add_format({"valign": "top", "num_format": "0"})
    money = book.add_format({"valign": "top", "num_format": "#,##0\\ [$₫]"})
    formats = {str: text, int: number}

    sheet = book.add_worksheet(gettext("Prizes"))
    groups = any(section.kind is Kind.GROUP for section in sections)
    columns = [
        (gettext("No. in the list"), 6),
        (gettext("Work"), 52),
        (gettext("Instalments"), 10),
        (gettext("Authors (pen names)"), 44),
        (gettext("Outlet or unit"), 30),
        (gettext("Category"), 16),
        (gettext("Genre"), 18),
        (gettext("Prize"), 20),
        *([(gettext("Group"), 24)] if groups else []),
        *([(gettext("Money (₫)"), 16), (gettext("In kind"), 30)] if with_money else []),
    ]
    for column, (label, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, label, head)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)

    given = [(section, line) for section in sections for prize in section.prizes for line in prize.lines]
    for row, (section, line) in enumerate(given, 1):
        cells: list[str | int] = [row, *_cells(line), *([section.name] if groups else [])]
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell, formats[type(cell)])
        if with_money:
            sheet.write_number(row, len(cells), line["money"], money)
            sheet.write_string(row, len(cells) + 1, line["in_kind"], text)
    sheet.autofilter(0, 0, max(len(given), 1), len(columns) - 1)
    book.close()
    return out.getvalue()


def _cells(line: Line) -> list[str | int]:
    """What a row says of a prize; a newsroom has neither a work nor authors."""
    if "outlet" in line and "title" not in line:
        return ["", "", "", line["outlet"], "", "", _prize(line)]
    return [
        line["title"],
        len(line["instalments"]),
        "\n".join(map(_author, line["authors"])),
        line["unit"],
        line["category_name"],
        line["genre_name"],
        _prize(line),
    ]


def _prize(line: Line) -> str:
    """The prize, and that it is held back where it is."""
    if not line.get("suspended"):
        return str(line["tier_name"])
    return gettext("%(prize)s (suspended)", prize=line["tier_name"])


def _author(author: Mapping[str, str]) -> str:
    return f"{author['name']} ({author['pen_names']})" if author["pen_names"] else author["name"]
