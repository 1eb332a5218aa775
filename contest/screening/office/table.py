"""The list of works: searched, filtered, sorted, exported."""

from __future__ import annotations

from typing import NamedTuple

from flask import Response, request, url_for
from flask_babel import gettext as _

from contest import clock
from contest.entries.models import LABELS, EntryState
from contest.screening import documents, lines, queries
from contest.screening.listing import STATES, Filters, Order, Trouble
from contest.screening.office.blueprint import DECIDERS, address_suffix, bp
from contest.web.access import has_role
from contest.web.addresses import current_contest
from contest.web.pages import answer
from contest.web.pagination import paginate
from contest.web.tables import Table, offered


class Count(NamedTuple):
    """One state with its number, as a filter."""

    label: str
    number: int
    url: str
    current: bool


def works_table() -> Table:
    """The list as it is filtered; how to reach authors is for those who write to them."""
    found = queries.exported(current_contest.id, Filters.read(request.args), now=clock.now())
    return documents.works_table(found, current_contest.regulation, contacts=has_role(*DECIDERS))


@bp.get("")
@offered(works_table)
def works() -> Response:
    """List the works that were sent, searched, filtered and sorted as the address says."""
    filters, now = Filters.read(request.args), clock.now()
    counted = queries.counts(current_contest.id)
    total = counted.get(filters.state, 0) if filters.state else sum(counted.values())
    page = paginate(
        queries.works(current_contest.id, filters, now=now),
        total=None if filters.narrows else total,
        scalars=False,
    )
    regulation = current_contest.regulation
    return answer(
        "screening/works.html",
        page=page,
        lines=lines.lines(page.items, regulation, now=now),
        counts=_counts(counted, filters),
        filters=filters,
        suffix=address_suffix(filters),
        columns={name: _sorting(filters, name) for name in ("ma", "ten", "nhan")},
        categories=regulation.categories,
        outlets=queries.outlets(),
        troubles=list(Trouble),
    )


def _counts(counted: dict[EntryState, int], filters: Filters) -> list[Count]:
    address = url_for(".works")
    states = [("", _("All"), sum(counted.values()))]
    states += [(name, _(LABELS[state]), counted.get(state, 0)) for name, state in STATES.items()]
    return [
        Count(label, number, address + address_suffix(filters.in_state(name)), filters.trang_thai == name)
        for name, label, number in states
    ]


def _sorting(filters: Filters, column: str) -> tuple[str, str | None]:
    """Address of the list sorted by a column, and how it is sorted by it now."""
    now = None if filters.xep.column != column else "descending" if filters.xep.descends else "ascending"
    return url_for(".works") + address_suffix(filters.sorted_by(Order(column))), now
