"""The list of winners on paper and as a sheet: grouped by category, then by tier with counts."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import xlsxwriter
from flask_babel import gettext

from contest import printing
from contest.regulations.issuing import Letterhead
from contest.results.lists import CategoryList


def result_list(
    categories: Sequence[CategoryList],
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
        categories=categories,
        contest_name=contest_name,
        letterhead=letterhead,
        decision=decision,
        with_money=with_money,
        total=sum(category.count for category in categories),
    )


def result_sheet(
    categories: Sequence[CategoryList], *, contest_name: str, dated: date, with_money: bool = False
) -> bytes:
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

    sheet = book.add_worksheet(gettext("Prizes"))
    columns: list[tuple[str, int]] = [
        (gettext("No."), 6),
        (gettext("Work"), 52),
        (gettext("Instalments"), 10),
        (gettext("Authors (pen names)"), 44),
        (gettext("Outlet or unit"), 30),
        (gettext("Category"), 16),
        (gettext("Genre"), 18),
        (gettext("Prize"), 20),
    ]
    if with_money:
        columns.append((gettext("Money (₫)"), 16))
    for column, (label, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, label, head)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)

    row = 0
    for category in categories:
        for tier in category.tiers:
            for line in tier.lines:
                row += 1
                sheet.write_number(row, 0, row, number)
                sheet.write_string(row, 1, line["title"], text)
                sheet.write_number(row, 2, len(line["instalments"]), number)
                sheet.write_string(row, 3, "\n".join(map(_author, line["authors"])), text)
                sheet.write_string(row, 4, line["unit"], text)
                sheet.write_string(row, 5, category.name, text)
                sheet.write_string(row, 6, line["genre_name"], text)
                sheet.write_string(row, 7, tier.name, text)
                if with_money:
                    sheet.write_number(row, 8, line["money"], money)
    sheet.autofilter(0, 0, max(row, 1), len(columns) - 1)
    book.close()
    return out.getvalue()


def _author(author: Mapping[str, str]) -> str:
    return f"{author['name']} ({author['pen_names']})" if author["pen_names"] else author["name"]
