"""Who an exemplar is and where, its portrait, and whether others are to follow it."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import db, transaction
from contest.exemplars import queries, services
from contest.exemplars.models import Exemplar
from contest.home import queries as home
from contest.portraits.forms import ActForm, FactsForm, ReplicationForm, facts_form, replication_form
from contest.portraits.office.blueprint import bp, find, regulation_here, shown
from contest.web.addresses import current_contest
from contest.web.forms import Form
from contest.web.pages import answer
from contest.web.refusals import refused_at


@bp.route("/<int:exemplar_id>/thong-tin", methods=["GET", "POST"])
def facts(exemplar_id: int) -> Response | str:
    """Change what is said of an exemplar."""
    exemplar = find(exemplar_id)
    form = facts_form(exemplar, regulation_here())
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.describe(find(exemplar_id), form.description, by=current_user, now=clock.now())
        if not form.errors:
            flash(_("What is said of the exemplar is saved."))
            return redirect(url_for(".facts", exemplar_id=exemplar_id), code=303)
    return _page(exemplar_id, form, facts=form)


@bp.post("/<int:exemplar_id>/nhan-rong")
def replication(exemplar_id: int) -> Response | str:
    """Mark an exemplar for others to follow, or take that back."""
    form = replication_form(find(exemplar_id))
    if form.validate_on_submit():
        with refused_at(form), transaction():
            exemplar, now = find(exemplar_id), clock.now()
            if "unmark" in request.form:
                services.unmark_for_replication(exemplar, by=current_user, now=now)
            else:
                services.mark_for_replication(exemplar, form.reason.data or "", by=current_user, now=now)
        if not form.errors:
            flash(_("What others are to follow is saved."))
            return redirect(url_for(".facts", exemplar_id=exemplar_id), code=303)
    return _page(exemplar_id, form, marking=form)


def _page(
    exemplar_id: int, sent: Form, *, facts: FactsForm | None = None, marking: ReplicationForm | None = None
) -> Response | str:
    """Show an exemplar with the form that was sent, if one was, and the other as it stands."""
    exemplar = find(exemplar_id)
    return answer(
        "portraits/office/facts.html",
        form=sent,
        facts=facts or facts_form(exemplar, regulation_here(), sent=False),
        marking=marking or replication_form(exemplar, sent=False),
        shown=shown([exemplar_id])[exemplar_id],
        stands_for=_standing_for(exemplar),
        merges=db.session.scalars(queries.merges_of(exemplar, home.may_be_told())).all(),
        act=ActForm(None),
    )


def _standing_for(exemplar: Exemplar) -> Exemplar | None:
    """The exemplar that stands for a merged one, where the reader may hear of it."""
    if exemplar.merged_into_id is None:
        return None
    told = home.told(current_contest.id, exemplar.merged_into_id)
    return told.exemplar if told else None
