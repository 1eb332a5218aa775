"""The page on which everybody who works on a contest tells what ties them to works."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.accounts.models import Outlet
from contest.accounts.queries import outlets
from contest.database import db, transaction
from contest.entries.models import Entry
from contest.errors import N_
from contest.interests import desk, queries, services
from contest.interests.forms import PERSONAL, Act, NewsroomForm, PersonForm, WorkForm
from contest.interests.kinds import Kind
from contest.interests.models import Interest, Tie
from contest.web import wall
from contest.web.access import guard_signed_in, has_role
from contest.web.addresses import contest_blueprint
from contest.web.navigation import add_item
from contest.web.pages import answer
from contest.web.refusals import refused_at

WORKING = ("juror", "chair", "secretary", "organizer")

bp = wall.outside(contest_blueprint("interests", __name__, url_prefix="/ban-cham/xung-dot-loi-ich"))
guard_signed_in(bp)
add_item("desk", "interests.own", label=N_("Conflicts of interest"), order=30, roles=WORKING)


@bp.before_request
def require_work_here() -> None:
    """Whoever neither judges nor runs the contest has nothing to declare."""
    if not has_role(*WORKING):
        abort(404)


@bp.get("")
def own() -> Response:
    """Show what somebody has said of themselves, and ask for what is missing."""
    return _page()


def _page(**forms: Any) -> Response:
    """Show the page with the forms that were sent; the others are empty.

    In a form that was refused everything typed is kept.
    """
    newsroom = forms.get("newsroom") or NewsroomForm(formdata=None, prefix="nr-")
    person = forms.get("person") or PersonForm(formdata=None, prefix="ps-")
    work = forms.get("work") or WorkForm(formdata=None, prefix="wk-")
    before = _works_before()
    newsroom.offer(outlets())
    person.offer()
    work.offer(before)
    declared = queries.works_declared(g.contest, current_user)
    asked = _asked()
    ties = queries.ties_of(g.contest, current_user)
    return answer(
        "interests/own.html",
        form=next(iter(forms.values()), None) or Act(formdata=None),
        newsroom=newsroom,
        person=person,
        work=work,
        has_works=bool(before),
        act=Act(formdata=None),
        ties=ties,
        declared=declared,
        nothing=not ties and not declared,
        asked=asked,
        opens_scores=asked is not None and g.contest.regulation.gates.open_scores,
        onward=_onward(),
        decides=has_role("organizer", "chair") or bool(desk.works_chaired(g.contest, current_user)),
    )


def _works_before() -> list[desk.Work]:
    """What lies before somebody and they may hear of: there is no wall here, and some ties are found late."""
    kept_from = queries.barred(g.contest, current_user)
    return [work for work in desk.works_before(g.contest, current_user) if work.entry_id not in kept_from]


@bp.app_template_global()
def personal(relation: Kind) -> str:
    """How somebody stands to a person whom they named, in their own words."""
    return _(PERSONAL[relation])


def _asked() -> Any:
    """The round before which somebody is asked, unless they have answered."""
    return queries.round_to_declare(g.contest, current_user, request.args.get("vong"))


def _onward() -> str | None:
    """Where somebody wanted to go when they were asked: a sheet of their desk, by its number."""
    number = request.args.get("phieu", "")
    return number if number.isascii() and number.isdigit() and len(number) < 19 else None


def _again() -> Response:
    return redirect(url_for(".own", vong=request.args.get("vong"), phieu=_onward()), code=303)


@bp.post("/toa-soan")
def newsroom() -> Response:
    """Take in a newsroom."""
    form = NewsroomForm(prefix="nr-")
    form.offer(outlets())
    if form.validate_on_submit():
        number, until = int(form.outlet.data), form.until.data
        with refused_at(form), transaction():
            outlet = db.session.get_one(Outlet, number)
            services.tell_of_newsroom(g.contest, current_user, outlet, until=until, by=current_user, now=clock.now())
        if not form.errors:
            flash(_("The newsroom is noted. Its works are kept from you."))
            return _again()
    return _page(newsroom=form)


@bp.post("/nguoi-quen")
def person() -> Response:
    """Take in a person. The answer is the same whether they have a work here or not."""
    form = PersonForm(prefix="ps-")
    form.offer()
    if form.validate_on_submit():
        name, relation = form.name.data or "", Kind(form.relation.data)
        with refused_at(form), transaction():
            services.tell_of_person(g.contest, current_user, name, relation, by=current_user, now=clock.now())
        if not form.errors:
            flash(_("The person is noted. If they have a work here, it is kept from you."))
            return _again()
    return _page(person=form)


@bp.post("/tac-pham")
def work() -> Response:
    """Take in a work that lies before somebody; it leaves their desk."""
    form = WorkForm(prefix="wk-")
    form.offer(_works_before())
    if form.validate_on_submit():
        number, kind, note = int(form.work.data), Kind(form.kind.data), form.note.data or ""
        with refused_at(form), transaction():
            entry = db.session.get_one(Entry, number)
            services.declare(current_user, entry, kind, note, by=current_user, now=clock.now())
        if not form.errors:
            flash(_("Your interest is noted. The work is no longer before you."))
            return _again()
    return _page(work=form)


@bp.post("/rut/<any(khai, viec):what>")
def take_back(what: str) -> Response:
    """Take back something that was said by mistake."""
    form = Act()
    if not form.validate_on_submit() or not form.number.data:
        abort(400)
    with transaction():
        if what == "khai":
            tie: Tie = queries.tie_of(g.contest, current_user, form.number.data) or abort(404)
            services.withdraw_tie(tie, by=current_user, now=clock.now())
        else:
            said = queries.works_declared(g.contest, current_user)
            line: Interest = next((one for one in said if one.id == form.number.data), None) or abort(404)
            services.withdraw_declaration(current_user, line.entry, line.kind, by=current_user, now=clock.now())
    flash(_("It is taken back. A work that left your desk does not come back by itself; ask the secretariat."))
    return _again()


@bp.post("/xong")
def done() -> Response:
    """Remember that somebody has thought of everything before a round, and lead them on to their sheet or desk."""
    form = Act()
    rule = _asked()
    if not form.validate_on_submit():
        abort(400)
    if rule is not None:
        code, name = rule.code, rule.name
        with transaction():
            services.declare_for_round(g.contest, current_user, code, now=clock.now())
        flash(_("Thank you. Your declaration for the round “%(round)s” is kept.", round=name))
    onward = desk.address_of(_onward())
    return redirect(onward or url_for(".own"), code=303)
