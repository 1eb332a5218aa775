"""How far a round has come, reminders, and extra time."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import transaction
from contest.judging import progress as rules
from contest.judging import queries, services
from contest.judging.forms import ConfirmForm, ReopenForm
from contest.judging.office.blueprint import bp, find_round
from contest.web.pages import answer
from contest.web.refusals import refused_at


@bp.get("/<code>")
def progress(code: str) -> Response:
    """Show how many sheets are in, by panel and by juror; never a mark. A voted round shows its ballots."""
    row = find_round(code)
    if row.rule.is_voted:
        return redirect(url_for(".voting", code=code), code=302)
    window, now = row.window(), clock.now()
    board = rules.board(queries.progress(row), opens=window.opens, closes=window.closes, now=now)
    return answer(
        "judging/office/progress.html",
        form=ConfirmForm(),
        row=row,
        rule=row.rule,
        window=window,
        phase=window.phase(now),
        board=board,
        coverage=queries.coverage(row, row.rule.jurors_per_entry),
        people=queries.people(line.juror_id for line in board.by_juror),
        reopened=queries.reopened(row, now=now),
        sitting=queries.open_sitting(row),
        days_left=max((window.closes - now).days, 0),
        expected=rules.elapsed_permille(window.opens, window.closes, now),
        panels=[panel for panel in row.panel_rules if panel.code in board.by_panel],
        largest=max((tally.assigned for tally in board.by_panel.values()), default=0),
    )


@bp.post("/<code>/nhac")
def remind(code: str) -> Response:
    """Write to the jurors who are not done, or to one of them."""
    row = find_round(code)
    form = ConfirmForm()
    if form.validate_on_submit():
        one = request.form.get("juror", type=int)
        with transaction():
            number = services.remind(row, jurors=None if one is None else [one], by=current_user, now=clock.now())
        flash(
            ngettext("A reminder goes to %(num)s juror.", "A reminder goes to %(num)s jurors.", number)
            if number
            else _("Nobody has sheets left, so no letter was written.")
        )
    return redirect(url_for(".progress", code=code), code=303)


@bp.route("/<code>/mo-lai/<int:assignment_id>", methods=["GET", "POST"])
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
