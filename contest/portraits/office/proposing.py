"""Exemplars that may be the same: proposed, decided, and proposed again."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import db, transaction
from contest.exemplars import queries, services
from contest.exemplars.localities import Province, province_of
from contest.exemplars.models import NotTheSame
from contest.home import queries as home
from contest.portraits.forms import ActForm
from contest.portraits.office.blueprint import bp, find, regulation_here, shown
from contest.regulations.schema import Regulation
from contest.web.addresses import current_contest
from contest.web.pages import answer
from contest.web.refusals import refused_at

AT_ONCE = 20
"""Pairs on one page; the next appear as these are decided."""


def province_here(regulation: Regulation | None) -> Province | None:
    """What is known of the places of the province in which the organizers are."""
    return province_of(regulation.letterhead.place) if regulation else None


@bp.get("/co-the-la-mot")
def proposals() -> Response | str:
    """Show the pairs that may be the same, side by side with the works about each."""
    return _page(ActForm())


@bp.post("/<int:exemplar_id>/khac/<int:other_id>")
def different(exemplar_id: int, other_id: int) -> Response | str:
    """Say that two exemplars are different, so that they are proposed no more."""
    find(exemplar_id)
    find(other_id)
    form = ActForm()
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.say_different(find(exemplar_id), find(other_id), by=current_user, now=clock.now())
        if not form.errors:
            flash(_("The two are kept apart and are not proposed again."))
            return redirect(url_for(".proposals"), code=303)
    return _page(form)


@bp.post("/<int:exemplar_id>/khac/<int:other_id>/bo")
def again(exemplar_id: int, other_id: int) -> Response | str:
    """Take back that two exemplars are different."""
    find(exemplar_id)
    find(other_id)
    form, key = ActForm(), (min(exemplar_id, other_id), max(exemplar_id, other_id))
    if db.session.get(NotTheSame, key) is None:
        abort(404)
    if form.validate_on_submit():
        with transaction():
            pair = db.session.get(NotTheSame, key) or abort(404)
            services.propose_again(pair, by=current_user, now=clock.now())
        flash(_("The two may be proposed again."))
        return redirect(url_for(".proposals"), code=303)
    return _page(form)


def _page(form: ActForm) -> Response | str:
    province = province_here(regulation_here())
    found = queries.proposed(current_contest.id, province, home.may_be_told())
    now = found[:AT_ONCE]
    apart = db.session.execute(queries.said_different(current_contest.id)).all()
    sides = shown({each for pair in now for each in pair[:2]} | {each for pair in apart for each in pair})
    return answer(
        "portraits/office/proposals.html",
        form=form,
        pairs=[(sides[pair.one], sides[pair.other], pair.alike) for pair in now],
        more=len(found) - len(now),
        apart=[(sides[one].exemplar, sides[other].exemplar) for one, other in apart if {one, other} <= sides.keys()],
    )
