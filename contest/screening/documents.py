"""The list of works as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from contest import clock
from contest.entries.models import LABELS, Byline
from contest.regulations.schema import Regulation
from contest.web.formats import as_datetime
from contest.web.spreadsheets import Table, as_xlsx

WIDTHS = (12, 48, 14, 16, 32, 24, 30, 16, 28, 20, 8, 10, 10, 20, 20)


def spreadsheet(
    lines: Iterable[Any], people: Mapping[int, Sequence[Byline]], regulation: Regulation, *, title: str
) -> bytes:
    """Write the list as XLSX. Every cell that holds somebody's words is text: nothing typed becomes a formula.

    :param lines: rows of `queries.exported`
    :param people: bylines by revision
    """
    rows = (_cells(line, people.get(line.revision_id, ()), regulation) for line in lines)
    columns = list(zip(_headings(), WIDTHS, strict=True))
    return as_xlsx(Table(title, _("Works"), columns, rows), now=clock.now())


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
