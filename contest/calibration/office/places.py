"""The interval on every place of a sealed round, a group at a time."""

from __future__ import annotations

from fractions import Fraction

from flask import abort, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from contest.calibration import charts, queries
from contest.calibration.office.blueprint import READERS, bp, find_scored, group_names, shown, titles
from contest.judging.models import Round
from contest.results.documents import Figures
from contest.results.outcome import GroupOutcome
from contest.web import tables, wall
from contest.web.pages import answer
from contest.web.pagination import PER_PAGE, Page, page_number
from contest.web.tables import Given, Table, offered


def _asked(code: str) -> tuple[Round, queries.Studied, list[GroupOutcome], GroupOutcome]:
    """The round, what its marks tell, its groups, and the one that the address asks for."""
    row = find_scored(code)
    if row.sealed_at is None:
        abort(404)
    wall.require_whole(*READERS)  # a place that is missed among the others would tell
    studied = queries.studied(row)
    known = studied.estimates.works
    groups = [group for group in studied.outcome.groups if any(one.entry in known for one in group.places)]
    if not groups:
        abort(404)
    asked = request.args.get("nhom", "")
    return row, studied, groups, next((group for group in groups if group.group == asked), groups[0])


def places_table(code: str) -> Table:
    """The places of a group with their intervals."""
    row, studied, _groups, chosen = _asked(code)
    works, called = studied.estimates.works, titles(place.entry for place in chosen.places)
    figures = Figures.of(studied.outcome.material.ruling)

    def estimate(name: str) -> Given:
        return lambda place: getattr(works.get(place.entry), name, None)

    def rounded(name: str) -> Given:
        return lambda place: Fraction(found) if (found := estimate(name)(place)) is not None else None

    columns = [
        tables.number("place", _("Rank")),
        tables.text("code", _("Code"), lambda place: shown(place.entry), width=12),
        tables.text("title", _("Work"), lambda place: called.get(place.entry), width=52),
        tables.points("mean", _("Points"), lambda place: figures.shown(place.mean), decimals=figures.decimals),
        tables.points("estimate", _("Estimate"), rounded("figure"), decimals=1),
        tables.points("low", _("Lower end of the interval"), rounded("low"), decimals=1),
        tables.points("high", _("Upper end of the interval"), rounded("high"), decimals=1),
        tables.number("place_low", _("Best place"), estimate("place_low")),
        tables.number("place_high", _("Worst place"), estimate("place_high")),
    ]
    name = f"do-chac-{code}-{chosen.group}".replace("_", "-").lower()
    return Table(name, f"{row.name}, {_('How sure the places are')}", columns, chosen.places)


@bp.get("/<code>/thu-hang")
@offered(places_table)
def places(code: str) -> Response:
    """Show the places of a group with their intervals; before sealing there is no such page."""
    row, studied, groups, chosen = _asked(code)
    estimates = studied.estimates
    page = _page(chosen)
    known = [estimates.works[place.entry] for place in page.items if place.entry in estimates.works]
    axis = charts.Axis.over(end for one in known for end in (one.low, one.high))
    ruling = studied.outcome.material.ruling
    return answer(
        "calibration/places.html",
        row=row,
        groups=[group.group for group in groups],
        group_names=group_names(ruling),
        chosen=chosen.group,
        page=page,
        works=estimates.works,
        bars={one.entry: charts.Bar.on(axis, one.low, one.figure, one.high) for one in known},
        axis=axis,
        titles=titles(place.entry for place in page.items),
        figures=Figures.of(ruling),
        total=len(chosen.places),
    )


def _page(group: GroupOutcome) -> Page:
    """The part of the list that the address asks for, without what the reader may not hear of."""
    hidden = wall.names()
    lines = [place for place in group.places if place.entry not in hidden]
    number = page_number(max(1, -(-len(lines) // PER_PAGE)))
    return Page(lines[(number - 1) * PER_PAGE : number * PER_PAGE], len(lines), number, PER_PAGE)
