"""The list of works in words: one line as the secretariat reads it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from contest import clock
from contest.entries.models import LABELS, MARKS, EntryState
from contest.regulations.entering import Category
from contest.regulations.schema import Regulation


class Line(NamedTuple):
    """One work in the list."""

    id: int
    code: str
    title: str
    sort: str  # category and genre
    authors: str
    outlet: str
    mark: str
    state: str
    troubles: str
    at: str


def lines(rows: Sequence[Any], regulation: Regulation, *, now: datetime) -> list[Line]:
    """Put rows of `queries.works` into words."""
    year = clock.local(now).year
    told = cache(troubles)  # a page of fifty has only a few different answers
    categories = {category.code: category for category in regulation.categories}
    genres = {genre.code: genre.name.lower() for genre in regulation.genres}
    states = {state: _(label) for state, label in LABELS.items()}
    return [
        Line(
            row.id,
            shown_code(row.code, categories[row.category]),
            row.title,
            f"{categories[row.category].name}, {genres.get(row.genre, row.genre)}",
            authors(row.lead_author, row.author_count),
            row.outlet_name,
            MARKS[row.state],
            states[row.state],
            "–" if row.state is EntryState.WITHDRAWN else told(row.blocks, row.warns, row.declares),
            moment(row.submitted_at, year),
        )
        for row in rows
    ]


def shown_code(code: str | None, category: Category) -> str:
    """Give a code with the letters of its prefix, without reading the work: ``BĐT-0042``."""
    return f"{category.shown_prefix}-{(code or '').rpartition('-')[2]}"


def moment(at: datetime, this_year: int) -> str:
    """Write a moment as short as it is clear: "11/08 20:26", with the year when it is not this one."""
    here = clock.local(at)
    year = "" if here.year == this_year else f"/{here.year}"
    return f"{here:%d/%m}{year} {here:%H:%M}"


def authors(lead: str, count: int) -> str:
    """Name the lead author and count the others."""
    if count < 2:
        return lead
    return ngettext("%(lead)s and %(num)s co-author", "%(lead)s and %(num)s co-authors", count - 1, lead=lead)


def troubles(blocks: int, warns: int, declares: int) -> str:
    """Say how many things the machine found, the gravest first."""
    found = []
    if blocks:
        found.append(ngettext("%(num)s stop", "%(num)s stops", blocks))
    if warns:
        found.append(ngettext("%(num)s warning", "%(num)s warnings", warns))
    if declares:
        found.append(ngettext("%(num)s declaration", "%(num)s declarations", declares))
    return ", ".join(found) or _("Nothing found")
