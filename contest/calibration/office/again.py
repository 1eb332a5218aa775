"""Works that are marked again without their jurors knowing why, and how the marks agree."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from operator import itemgetter

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.calibration import queries, services
from contest.calibration.agreement import Agreement, agreement
from contest.calibration.forms import AgainForm
from contest.calibration.models import Remarking
from contest.calibration.office.blueprint import bp, find_scored
from contest.database import transaction
from contest.errors import N_
from contest.judging.models import Round
from contest.web import tables
from contest.web.pages import answer
from contest.web.refusals import refused_at
from contest.web.tables import Table, offered

USUAL_SHARE = 5
"""Of a hundred, as the rules of the state examinations have it for their control marking."""
USUAL_TOLERANCE = 10
ENOUGH_TO_HIDE_IN = 5
"""From so many pairs on a mean says nothing of a single work, and may be seen before sealing."""


WHY = {"edge": N_("near an edge"), "astray": N_("a mark far off"), "drawn": N_("by lot")}


def again_table(code: str) -> Table:
    """The works that were marked again, of all drawings; before sealing no figure shows."""
    row = find_scored(code)
    if row.sealed_at is None:
        abort(404)
    lines = [
        (remarking.number, line) for remarking in queries.remarkings(row) for line in queries.compared(row, remarking)
    ]
    columns = [
        tables.number("drawing", _("Drawing no."), itemgetter(0)),
        tables.text("code", _("Code"), lambda one: one[1].remark.entry.shown_code, width=12),
        tables.text("title", _("Work"), lambda one: one[1].remark.entry.title, width=52),
        tables.text("why", _("Why"), lambda one: _(WHY[one[1].remark.why])),
        tables.text("juror", _("Marked again by"), _juror, width=28),
        tables.points("before", _("Mean"), lambda one: one[1].before, decimals=1),
        tables.points("after", _("Again"), lambda one: one[1].after, decimals=1),
        tables.points("difference", _("Difference"), lambda one: one[1].difference, decimals=1),
        tables.yes("outside", _("outside the tolerance"), lambda one: one[1].is_outside),
    ]
    title = f"{row.name}, {_('Works marked again')}"
    return Table(f"cham-kiem-tra-{code}".replace("_", "-"), title, columns, lines)


def _juror(one: tuple[int, queries.Twice]) -> str | None:
    assignment = one[1].remark.assignment
    return assignment.juror.name if assignment else None


@bp.route("/<code>/cham-kiem-tra", methods=["GET", "POST"])
@offered(again_table)
def again(code: str) -> Response:
    """Draw works to be marked again, and compare what came back with what was there."""
    row = find_scored(code)
    form = AgainForm()
    if form.validate_on_submit():
        with refused_at(form), transaction():
            drawn = services.mark_again(
                row,
                share=form.share.data or 0,
                tolerance=(form.tolerance.data or 0) * 100,
                seed=secrets.randbelow(2**31),
                until=form.moment,
                reason=_("The council asks for one more sheet."),
                by=current_user,
                now=clock.now(),
            )
        if not form.errors:
            number = len(queries.compared(row, drawn))  # of which those who may not hear of a work count one less
            flash(ngettext("%(num)s work is marked again.", "%(num)s works are marked again.", number))
            return redirect(url_for(".again", code=code), code=303)
    elif request.method == "GET":
        form.share.data, form.tolerance.data = USUAL_SHARE, _usual_tolerance(row)
    window, now = row.window(), clock.now()
    return answer(
        "calibration/again.html",
        form=form,
        row=row,
        window=window,
        takes_sheets=window.takes_sheets(now),
        sealed=row.sealed_at is not None,
        drawings=[_drawing(row, remarking) for remarking in queries.remarkings(row)],
    )


@dataclass(frozen=True)
class Drawing:
    """One drawing with what came back."""

    remarking: Remarking
    lines: list[queries.Twice]
    agreement: Agreement | None

    @property
    def sent(self) -> int:
        """How many sheets came back."""
        return sum(line.after is not None for line in self.lines)

    @property
    def outside(self) -> list[queries.Twice]:
        """Works whose marks differ by more than is tolerated."""
        return [line for line in self.lines if line.is_outside]


def _drawing(row: Round, remarking: Remarking) -> Drawing:
    lines = queries.compared(row, remarking)
    pairs = [(line.before, line.after) for line in lines if line.before is not None and line.after is not None]
    shown = row.sealed_at is not None or len(pairs) >= ENOUGH_TO_HIDE_IN
    return Drawing(remarking, lines, agreement(pairs) if shown else None)


def _usual_tolerance(row: Round) -> int:
    """What the regulation lets jurors differ by, else ten points."""
    rule = row.rule.discrepancy
    return max(1, rule.limit // 100) if rule is not None else USUAL_TOLERANCE
