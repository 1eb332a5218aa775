"""Who sits on a panel, and who chairs it."""

from __future__ import annotations

from flask import abort, flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import transaction
from contest.judging import queries, services
from contest.judging.forms import panel_form
from contest.judging.office.blueprint import bp
from contest.web.pages import answer
from contest.web.refusals import refused_at


@bp.route("/<code>/hoi-dong/<panel>", methods=["GET", "POST"])
def panel(code: str, panel: str) -> Response:
    """Choose who sits on a panel and who chairs it, and note how much they take and when they are away."""
    row = queries.round_of(g.contest, code)
    rule = next((rule for rule in g.contest.regulation.rounds if rule.code == code), None) or abort(404)
    asked = row.panel_rules if row else g.contest.regulation.panels_of(rule)
    named = next((one for one in asked if one.code == panel), None) or abort(404)
    present = queries.panels_of(row).get(panel) if row else None
    seated = {member.user_id for member in present.members} if present else set()
    jurors = sorted(
        queries.jurors_of(g.contest), key=lambda juror: juror.id not in seated
    )  # else by name, as they come
    form = panel_form(jurors)
    if form.validate_on_submit():
        chosen = [juror for juror in jurors if juror.id in (form.members.data or [])]
        chair = next((juror for juror in jurors if juror.id == form.chair.data), None)
        with refused_at(form), transaction():
            services.form_panel(
                services.begin_round(g.contest, code),
                panel,
                members=chosen,
                chair=chair,
                terms={juror_id: services.SeatTerms(*agreed) for juror_id, agreed in form.terms.items()},
                by=current_user,
                now=clock.now(),
            )
        if not form.errors:
            flash(_("The panel is formed."))
            return redirect(url_for(".rounds"), code=303)
    elif not form.is_submitted() and present is not None:
        form.fill(present.members)
    return answer(
        "judging/office/panel.html",
        form=form,
        rule=row.rule if row else rule,
        panel=named,
        jurors=jurors,
        is_formed=bool(seated),
        loads=queries.loads_of(row) if row and not row.rule.is_voted else {},
    )
