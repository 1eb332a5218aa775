"""The interval on every place of a sealed round, a group at a time."""

from __future__ import annotations

from flask import abort, request
from werkzeug.wrappers import Response

from contest.calibration import charts, queries
from contest.calibration.office.blueprint import READERS, bp, find_scored, group_names, titles
from contest.results.documents import Figures
from contest.results.outcome import GroupOutcome
from contest.web import wall
from contest.web.pages import answer
from contest.web.pagination import PER_PAGE, Page, page_number


@bp.get("/<code>/thu-hang")
def places(code: str) -> Response:
    """Show the places of a group with their intervals; before sealing there is no such page."""
    row = find_scored(code)
    if row.sealed_at is None:
        abort(404)
    wall.require_whole(*READERS)  # a place that is missed among the others would tell
    studied = queries.studied(row)
    estimates = studied.estimates
    groups = [group for group in studied.outcome.groups if any(one.entry in estimates.works for one in group.places)]
    if not groups:
        abort(404)
    asked = request.args.get("nhom", "")
    chosen = next((group for group in groups if group.group == asked), groups[0])
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
