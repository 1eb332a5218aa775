"""The list of works as a table to take away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _

from contest.entries.models import LABELS, Byline
from contest.regulations.schema import Regulation
from contest.screening.lines import shown_code
from contest.web import tables
from contest.web.tables import Column, Table

Line = tuple[Any, Sequence[Byline]]


def works_table(lines: Iterable[Line], regulation: Regulation, *, contacts: bool) -> Table:
    """Describe the list of works.

    :param lines: rows of `queries.exported`
    :param contacts: whether it also says how to reach the lead author
    """
    categories = {category.code: category for category in regulation.categories}
    genres = {genre.code: genre.name for genre in regulation.genres}
    columns = [
        tables.text("code", _("Code"), lambda line: shown_code(line[0].code, categories[line[0].category]), width=12),
        tables.text("title", _("Title of the work"), lambda line: line[0].title, width=48),
        tables.text("category", _("Category"), lambda line: categories[line[0].category].name, width=14),
        tables.text("genre", _("Genre"), lambda line: genres.get(line[0].genre, line[0].genre), width=16),
        tables.text(
            "authors", _("Authors (real names)"), lambda line: "; ".join(one.name for one in line[1]), width=32
        ),
        tables.text("pen_names", _("Pen names"), _pen_names),
        tables.text("outlet", _("Press agency"), lambda line: line[0].outlet_name, width=30),
        *(_contacts() if contacts else ()),
        tables.text("state", _("State"), lambda line: _(LABELS[line[0].state]), width=20),
        tables.number("blocks", _("Stops"), lambda line: line[0].blocks),
        tables.number("warns", _("Warnings"), lambda line: line[0].warns),
        tables.number("declares", _("To be declared"), lambda line: line[0].declares),
        tables.moment("submitted_at", _("Received at"), lambda line: line[0].submitted_at),
        tables.moment(
            "returned_until",
            _("To be completed until"),
            lambda line: line[0].returned_until if line[0].state == "returned" else None,
        ),
    ]
    return Table("tac-pham", _("Works"), columns, lines, personal=contacts)


def _contacts() -> tuple[Column, Column]:
    return (
        tables.text("phone", _("Telephone"), lambda line: getattr(_lead(line), "phone", None), width=16),
        tables.text("email", _("E-mail"), lambda line: getattr(_lead(line), "email", None), width=28),
    )


def _lead(line: Line) -> Any:
    return next((byline for byline in line[1] if byline.lead), None)


def _pen_names(line: Line) -> str:
    return "; ".join(byline.pen_names for byline in line[1] if byline.pen_names)
