"""The list of works as a table to take away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from flask_babel import gettext as _

from contest.entries.models import LABELS, Byline
from contest.regulations.schema import Regulation
from contest.screening.folders import Kept
from contest.screening.lines import shown_code
from contest.web import tables
from contest.web.tables import Column, Given, Table

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


class Packed(NamedTuple):
    """A work in an archive: its line, its folder, and its files by path, each with whether it is there."""

    line: Line
    folder: str
    files: Mapping[str, tuple[Kept, bool]]


def packed_table(works: Sequence[Packed], regulation: Regulation, *, title: str, note: str) -> Table:
    """Describe the works of an archive: what is known of each, and its folder.

    :param note: what is not in it
    """
    told = works_table((), regulation, contacts=True)
    columns = [
        *(replace(column, given=_of_line(column.given)) for column in told.columns),
        tables.text("folder", _("Folder"), width=48),
        tables.number("files", _("Number of files"), lambda work: len(work.files)),
    ]
    return Table("muc-luc", title, columns, works, note=note)


def _of_line(given: Given) -> Given:
    return lambda work: given(work.line)


def packed_files_table(works: Iterable[Packed], *, title: str) -> Table:
    """Describe the files of an archive, each with the hash by which it can be told that nothing in it was changed."""
    columns = [
        tables.text("path", _("File"), lambda row: row[0], width=80),
        tables.text("slot", _("Part of the dossier"), lambda row: row[1].slot),
        tables.number("size", _("Size in bytes"), lambda row: row[1].size, width=14),
        tables.text("sha256", "SHA-256", lambda row: row[1].sha256, width=66),
        tables.text("state", _("State"), lambda row: None if row[2] else _("Missing from the store")),
    ]
    return Table("tep", title, columns, [(path, *file) for work in works for path, file in work.files.items()])


def _contacts() -> tuple[Column, Column]:
    return (
        tables.text("phone", _("Telephone"), lambda line: getattr(_lead(line), "phone", None), width=16),
        tables.text("email", _("E-mail"), lambda line: getattr(_lead(line), "email", None), width=28),
    )


def _lead(line: Line) -> Any:
    return next((byline for byline in line[1] if byline.lead), None)


def _pen_names(line: Line) -> str:
    return "; ".join(byline.pen_names for byline in line[1] if byline.pen_names)
