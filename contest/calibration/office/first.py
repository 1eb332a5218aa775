"""Works that a whole panel marks first: choosing them, seeing how their marks lie, opening that to the panel."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.calibration import queries, services
from contest.calibration.forms import ConfirmForm, FirstForm
from contest.calibration.office.blueprint import bp, find_panel, find_scored
from contest.database import transaction
from contest.judging import queries as judging
from contest.web.pages import answer
from contest.web.refusals import refused_at


@bp.route("/<code>/cham-chung/<panel>", methods=["GET", "POST"])
def first(code: str, panel: str) -> Response:
    """Choose the works that all jurors of a panel mark first."""
    row = find_scored(code)
    rule = find_panel(row, panel)
    works = [work for work in judging.round_entries(row) if work.panel == panel]
    form = FirstForm()
    form.offer((work.entry_id, f"{work.entry.shown_code}: {work.entry.title}") for work in works)
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.choose_first(row, panel, form.works.data or [], by=current_user, now=clock.now())
        if not form.errors:
            flash(_("These works lie first on the desk of every juror of the panel."))
            return redirect(url_for(".spread", code=code, panel=panel), code=303)
    elif not form.is_submitted():
        form.works.data = [work.entry_id for work in works if work.first]
    return answer("calibration/first.html", form=form, row=row, panel=rule, works=works, most=services.MOST)


@bp.route("/<code>/cham-chung/<panel>/phan-tan", methods=["GET", "POST"])
def spread(code: str, panel: str) -> Response:
    """Show how the marks of the first works lie, without names, when all are in; open it to the panel."""
    row = find_scored(code)
    rule = find_panel(row, panel)
    form = ConfirmForm()
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.open_spread(row, panel, by=current_user, now=clock.now())
        if not form.errors:
            flash(_("The panel sees now how its marks lie, without names."))
            return redirect(url_for(".spread", code=code, panel=panel), code=303)
    return answer(
        "calibration/spread.html",
        form=form,
        row=row,
        panel=rule,
        shared=queries.shared_markings(row).get(panel),
        lines=queries.laid_out(row, panel),
    )
