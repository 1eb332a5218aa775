"""The list of winners on paper and as a sheet: by group and tier with counts, then what is given over all groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from flask_babel import gettext

from contest import printing
from contest.regulations.issuing import Letterhead
from contest.results.lists import Kind, Line, Section
from contest.web import tables
from contest.web.tables import Column, Table


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


Given = tuple[int, Section, Line]


def prize_table(sections: Sequence[Section], *, contest_name: str, with_money: bool = False) -> Table:
    """Describe the list as a table: one row a prize."""
    given = [(section, line) for section in sections for prize in section.prizes for line in prize.lines]
    groups = any(section.kind is Kind.GROUP for section in sections)
    columns = [
        tables.number("number", gettext("No. in the list"), itemgetter(0), width=6),
        _of_line("title", gettext("Work"), 52),
        tables.number("instalments", gettext("Instalments"), lambda row: len(row[2].get("instalments", ())) or None),
        tables.text("authors", gettext("Authors (pen names)"), _authors, width=44),
        tables.text("unit", gettext("Outlet or unit"), _unit, width=30),
        _of_line("category_name", gettext("Category"), 16),
        _of_line("genre_name", gettext("Genre"), 18),
        tables.text("prize", gettext("Prize"), lambda row: _prize(row[2]), width=20),
    ]
    if groups:
        columns.append(tables.text("group", gettext("Group"), lambda row: row[1].name, width=24))
    if with_money:
        columns += [
            tables.money("money", gettext("Money (₫)"), lambda row: row[2]["money"]),
            _of_line("in_kind", gettext("In kind"), 30),
        ]
    rows = [(number, section, line) for number, (section, line) in enumerate(given, 1)]
    return Table("danh-sach-giai", gettext("List of prizes: %(contest)s", contest=contest_name), columns, rows)


def _of_line(key: str, label: str, width: int) -> Column:
    """A column of what the line of a work says; a newsroom has neither a work nor authors."""
    return tables.text(key, label, lambda row: row[2].get(key), width=width)


def _authors(row: Given) -> str:
    return "\n".join(map(_author, row[2].get("authors", ())))


def _unit(row: Given) -> str:
    line = row[2]
    return str(line["unit"] if "title" in line else line["outlet"])


def _prize(line: Line) -> str:
    """The prize, and that it is held back where it is."""
    if not line.get("suspended"):
        return str(line["tier_name"])
    return gettext("%(prize)s (suspended)", prize=line["tier_name"])


def _author(author: Mapping[str, str]) -> str:
    return f"{author['name']} ({author['pen_names']})" if author["pen_names"] else author["name"]
