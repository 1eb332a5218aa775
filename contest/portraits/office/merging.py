"""Two exemplars side by side, one merged into the other, and merges undone."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import db, transaction
from contest.exemplars import queries, services
from contest.exemplars.likeness import compare
from contest.exemplars.models import Exemplar, ExemplarMerge
from contest.exemplars.reading import Written
from contest.home import queries as home
from contest.portraits.forms import ActForm, merge_form
from contest.portraits.office.blueprint import Shown, bp, find, regulation_here, shown
from contest.portraits.office.proposing import province_here
from contest.web.addresses import current_contest
from contest.web.pages import answer
from contest.web.pagination import paginate
from contest.web.refusals import refused_at

MOST_FOUND = 10


@bp.get("/<int:exemplar_id>/gop")
def choose(exemplar_id: int) -> str:
    """Look for the exemplar that is the same as this one."""
    exemplar, search = find(exemplar_id), request.args.get("tim", "")[:100]
    found = home.exemplars_to_tell(current_contest.id, search).where(Exemplar.id != exemplar.id)
    rows = db.session.execute(found.where(Exemplar.kind == exemplar.kind).limit(MOST_FOUND)).all() if search else []
    return render_template("portraits/office/choose.html", exemplar=exemplar, search=search, found=rows)


@bp.route("/<int:exemplar_id>/gop/<int:other_id>", methods=["GET", "POST"])
def merge(exemplar_id: int, other_id: int) -> Response | str:
    """Show two exemplars side by side with what merging them does, and merge them."""
    both = shown([exemplar_id, other_id])
    if len(both) < 2:
        abort(404)
    one, other = both[exemplar_id], both[other_id]
    form = merge_form(one.exemplar, other.exemplar, stays=max(one, other, key=_tells).exemplar.id)
    if form.validate_on_submit():
        with refused_at(form), transaction():
            pair = find(exemplar_id), find(other_id)
            into, merged = pair if form.stays.data == exemplar_id else pair[::-1]
            services.merge(merged, into, by=current_user, now=clock.now())
            stays = into.id
        if not form.errors:
            flash(_("The two exemplars are one now. You can undo this at any time."))
            return redirect(url_for(".facts", exemplar_id=stays), code=303)
        both = shown([exemplar_id, other_id])
        one, other = both[exemplar_id], both[other_id]
    alike = compare(_written(one.exemplar), _written(other.exemplar), province_here(regulation_here()))
    return answer("portraits/office/merge.html", form=form, pair=(one, other), alike=alike, act=ActForm())


def _tells(shown: Shown) -> tuple[bool, bool, int, int, int]:
    """By what the one of two is found that says more: what the public reads already, then works, then its name."""
    exemplar, story = shown.exemplar, shown.story
    is_told = story is not None and story.visibility == "public"
    marks = sum(not letter.isascii() for letter in exemplar.name)
    return is_told, bool(exemplar.portrait or exemplar.replicated), len(shown.works), marks, -exemplar.id


def _written(exemplar: Exemplar) -> Written:
    return Written(exemplar.name, exemplar.kind, exemplar.locality, exemplar.unit)


@bp.get("/lan-gop")
def merges() -> str:
    """List the merges, in force and undone, the newest first."""
    page = paginate(queries.merges(current_contest.id, home.may_be_told()))
    return render_template("portraits/office/merges.html", page=page, act=ActForm())


@bp.post("/lan-gop/<int:merge_id>/hoan-tac")
def undo(merge_id: int) -> Response | str:
    """Undo a merge: both stand for themselves again."""
    form = ActForm()
    wanted = queries.merges(current_contest.id, home.may_be_told()).where(ExemplarMerge.id == merge_id)
    db.one_or_404(wanted)
    if form.validate_on_submit():
        with refused_at(form), transaction():
            made = db.one_or_404(wanted)
            services.undo_merge(made, by=current_user, now=clock.now())
            exemplar_id = made.merged_id
        if not form.errors:
            flash(_("Both exemplars stand for themselves again, with the works that named them."))
            return redirect(url_for(".facts", exemplar_id=exemplar_id), code=303)
    page = paginate(queries.merges(current_contest.id, home.may_be_told()))
    return answer("portraits/office/merges.html", page=page, form=form, act=form)
