"""How far a round has come, as a page and as a sheet, and extra time."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import transaction
from contest.judging import outlook, queries, services
from contest.judging.forms import RemindForm, ReopenForm
from contest.judging.models import Round
from contest.judging.office.blueprint import bp, find_round
from contest.judging.office.board import Filters, Shown, as_table, shown
from contest.judging.progress import elapsed_permille
from contest.web.pages import answer
from contest.web.refusals import refused_at
from contest.web.seconding import second_person
from contest.web.tables import Table, offered


def board_of(row: Round) -> Shown:
    """The board as the address asks for it."""
    return shown(row, Filters.read(request.args, row), clock.now())


def progress_table(code: str) -> Table:
    """The board, as it is filtered and sorted; a voted round has none."""
    row = find_round(code)
    if row.rule.is_voted:
        abort(404)
    return as_table(row, board_of(row).rows)


@bp.get("/<code>")
@offered(progress_table)
def progress(code: str) -> Response:
    """Show how many sheets are in, by group and by juror; never a mark. A voted round shows its ballots."""
    row = find_round(code)
    if row.rule.is_voted:
        return redirect(url_for(".voting", code=code), code=302)
    found, now = board_of(row), clock.now()
    window = found.window
    return answer(
        "judging/office/progress.html",
        form=RemindForm(),
        row=row,
        rule=row.rule,
        shown=found,
        filters=found.filters,
        window=window,
        phase=window.phase(now),
        board=found.board,
        coverage=found.coverage,
        reopened=queries.reopened(row, now=now),
        sitting=queries.open_sitting(row),
        today=clock.local(now).date(),
        days_left=max((window.closes - now).days, 0),
        expected=elapsed_permille(window.opens, window.closes, now),
        looked_back=(now - outlook.looked_back_to(window.opens, now)).days,
        plan=queries.plan_of(row),
    )


def _sheet(code: str, assignment_id: int) -> str:
    row = find_round(code)
    assignment = queries.assignment_in(row, assignment_id) or abort(404)
    sheet = f"{row.rule.name} · {assignment.entry.shown_code} · {assignment.juror.name}"
    return _("Extra time: %(sheet)s", sheet=sheet)


@bp.route("/<code>/mo-lai/<int:assignment_id>", methods=["GET", "POST"])
@second_person("reopen_round", about=_sheet)
def reopen(code: str, assignment_id: int) -> Response:
    """Give one juror extra time for one work."""
    row = find_round(code)
    assignment = queries.assignment_in(row, assignment_id) or abort(404)
    form = ReopenForm()
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.reopen(
                assignment, until=form.moment, reason=form.reason.data or "", by=current_user, now=clock.now()
            )
        if not form.errors:
            flash(_("The sheet is open again, and the juror got a letter."))
            return redirect(url_for(".progress", code=code), code=303)
    return answer("judging/office/reopen.html", form=form, row=row, assignment=assignment, window=row.window())
