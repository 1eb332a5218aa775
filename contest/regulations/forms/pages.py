"""The form of a page of tables: made from the page's description and a draft, read back as changes to the draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import FieldList, FormField, IntegerField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from contest.regulations import document
from contest.regulations.editing import Row, Rows, applied
from contest.regulations.forms.drafts import DraftForm
from contest.regulations.forms.rearranging import rearranged, tidied
from contest.regulations.forms.rows import Cell, Group, Member, Table, fields_of, shown, typed
from contest.regulations.problems import Problem, path_of
from contest.web.forms import Form


@dataclass(frozen=True)
class Part:
    """Some members of a page under one heading."""

    title: Any
    members: tuple[Member, ...]
    hint: Any = None


@dataclass(frozen=True)
class Page:
    """A page on which a part of the regulation is edited.

    :ivar listed: the list of the document of which the page edits one item, such as ``rubrics``; None for the whole
    """

    code: str
    title: Any
    lead: Any
    parts: Callable[[Mapping[str, Any], Mapping[str, Any]], tuple[Part, ...]]
    listed: str | None = None
    none_yet: Any = None


class RowForm(Form):
    """One row: the fields of its table, and which row of the document it is."""

    class Meta(Form.Meta):
        """The whole form has the token."""

        csrf = False

    members: Sequence[Member] = ()
    problems_here: Sequence[str] = ()

    at = IntegerField(validators=[Optional()], widget=HiddenInput())


class PageForm(DraftForm):
    """The form of a page.

    :ivar focus: the row that was just added or moved
    :ivar placed: where on the page each problem is shown that `place` has put there, by its path
    """

    page_parts: Sequence[Part] = ()
    table: Any = {}
    whole: Any = {}
    base: tuple[str | int, ...] = ()
    focus: str | None = None
    placed: Mapping[str, str] = {}

    @property
    def values(self) -> dict[str, Any]:
        """What is to be written so that the document says what was typed."""
        members = [member for part in self.page_parts for member in part.members]
        values = typed(members, self, self.table)
        if not self.base:
            return _without_empty(values, self.whole)
        if not values:
            return {}
        listed, index = self.base
        count = len(self.whole[listed])
        return {str(listed): Rows(tuple(Row(number, values if number == index else {}) for number in range(count)))}

    def place(self, problems: Iterable[Problem], sentence: Callable[[Problem], str]) -> list[Problem]:
        """Put each problem to the field or row that it concerns.

        :return: those that concern nothing on this page
        """
        places = dict(self._places())
        left = []
        self.placed = found = {}
        for problem in problems:
            place = _nearest(places, problem.path)
            if place is None:
                left.append(problem)
            else:
                found[problem.path] = place.id
                place.show(sentence(problem))
        return left

    def _places(self) -> Iterator[tuple[str, Spot]]:
        members = [member for part in self.page_parts for member in part.members]
        yield from _places(members, self, self.base, self.whole)


MAY_BE_MISSING = ("base_salary", "carry_on", "gates", "safeguards")
"""Tables that say something by being there: one that was emptied is left out."""


def _without_empty(values: dict[str, Any], whole: Any) -> dict[str, Any]:
    for name in MAY_BE_MISSING:
        of_table = {key.partition(".")[2]: value for key, value in values.items() if key.startswith(f"{name}.")}
        if of_table and not applied(whole.get(name), of_table):
            values = {key: value for key, value in values.items() if not key.startswith(f"{name}.")} | {name: None}
    return values


@dataclass(frozen=True)
class Spot:
    """Where on the page a problem can be shown: a field, a row, or a whole list."""

    id: str
    shower: Any

    def show(self, sentence: str) -> None:
        """Show a sentence there."""
        if isinstance(self.shower, list):
            self.shower.append(sentence)
        else:
            self.shower.errors = [*self.shower.errors, sentence]


def _places(
    members: Sequence[Member], form: Any, base: tuple[str | int, ...], whole: Any
) -> Iterator[tuple[str, Spot]]:
    """List what can show a problem, by the path of the document that it stands for."""
    for member in members:
        way = (*base, *member.key.split("."))
        path = path_of(way, whole)
        if isinstance(member, Cell):
            yield path, Spot(form[member.name].id, form[member.name])
        elif isinstance(member, Group):
            spots = [(f"{path}.{cell.key}", Spot(form[name].id, form[name])) for name, cell in member.named]
            yield from ((path, spot) for _, spot in spots[:1])
            yield from spots
        else:
            yield from _places_of_rows(member, form[member.name], way, whole)


def _places_of_rows(
    member: Table, field_list: Any, way: tuple[str | int, ...], whole: Any
) -> Iterator[tuple[str, Spot]]:
    field_list.problems_here = []
    yield path_of(way, whole), Spot(field_list.name, field_list.problems_here)
    for number, entry in enumerate(field_list.entries):
        if entry.form["at"].data is None:
            continue
        row = (*way, entry.form["at"].data)
        if member.single:
            field = entry.form[member.members[0].name]
            yield path_of(row, whole), Spot(field.id, field)
        else:
            entry.form.problems_here = []
            yield path_of(row, whole), Spot(f"{field_list.name}-{number}", entry.form.problems_here)
            yield from _places(member.members, entry.form, row, whole)


def _nearest(places: Mapping[str, Spot], path: str) -> Spot | None:
    while path:
        if path in places:
            return places[path]
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return None


def items_of(text: str, listed: str) -> list[dict[str, Any]]:
    """List the tables of a list of a draft; other things in it are left to the whole text."""
    values = document.read(text).get(listed)
    return [item for item in values if isinstance(item, dict)] if isinstance(values, list) else []


def page_form(page: Page, text: str, number: int | None = None, sent: Any = None, act: str = "") -> PageForm | None:
    """Make the form of a page over a draft.

    :param number: which item of the page's list is edited, counted from 1
    :param sent: what was sent, or None to show what the draft says
    :param act: what is done to the rows first
    :return: None if there is no such item
    """
    whole = document.read(text)
    table: Any = whole
    base: tuple[str | int, ...] = ()
    if page.listed:
        items = whole.get(page.listed)
        index = (1 if number is None else number) - 1
        if not isinstance(items, list) or not 0 <= index < len(items) or not isinstance(items[index], dict):
            return None
        table, base = items[index], (page.listed, index)
    parts = page.parts(whole, table)
    members = [member for part in parts for member in part.members]
    attributes = {"page_parts": parts, "table": table, "whole": whole, "base": base}
    form_class = _form_class("PageForm", (PageForm,), members, attributes)
    focus = None
    formdata = None
    if sent is not None:
        formdata, focus = rearranged(tidied(sent), act, dict(_fresh(members)))
    form: PageForm = form_class(formdata=formdata, data=shown(members, table) if formdata is None else {})
    form.focus = focus
    return form


def _form_class(
    name: str, bases: tuple[type, ...], members: Sequence[Member], attributes: Mapping[str, Any]
) -> type[Any]:
    fields = dict(fields_of(members))
    for member in members:
        if isinstance(member, Table):
            row = _form_class("RowForm", (RowForm,), member.members, {"members": member.members})
            fields[member.name] = FieldList(FormField(row), label=member.title, max_entries=member.most)
    return type(name, bases, {**attributes, **fields})


def _fresh(members: Sequence[Member], above: str = "") -> Iterator[tuple[str, Mapping[str, str]]]:
    for member in members:
        if isinstance(member, Table):
            yield above + member.name, member.fresh
            yield from _fresh(member.members, f"{above}{member.name}-")


__all__ = ["Page", "PageForm", "Part", "items_of", "page_form"]
