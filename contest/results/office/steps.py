"""The acts from sealing to the wall, each on a page of its own."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import transaction
from contest.judging import queries as judging
from contest.results import gates, queries, services, standings
from contest.results.forms import ApprovalForm, Confirmation, DecisionForm
from contest.results.gates import Act
from contest.results.office.blueprint import bp, require, shown_code, step_page
from contest.results.office.reasons import group_name
from contest.results.prizes_reached import prizes_reached
from contest.results.visibility import Task
from contest.web.access import guard_fresh
from contest.web.addresses import current_contest
from contest.web.pages import answer
from contest.web.refusals import refused_at
from contest.web.seconding import second_person


@bp.route("/de-xuat", methods=["GET", "POST"])
@guard_fresh
def propose() -> Response:
    """Propose the prizes that follow from the sealed result."""
    require(Task.PROPOSE)
    form = Confirmation()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.propose(current_contest, by=current_user, now=clock.now())
            flash(_("The list is proposed. It can be approved now."))
            return redirect(url_for(".award_list"), code=303)
    last = current_contest.regulation.rounds[-1]
    round_ = judging.round_of(current_contest, last.code)
    result = queries.result_of(round_) if round_ is not None else None
    gone = queries.out_of(round_) if round_ is not None else {}
    reached = prizes_reached(result) if result is not None else []
    return step_page(
        "results/propose.html",
        Act.PROPOSE,
        form,
        rule=last,
        result=result,
        rule_prizes=queries.ruling(current_contest).prizes,
        overall=standings.overall(result) if result is not None else [],
        group_name=group_name,
        left_out=[shown_code(prize.subject) for prize in reached if prize.subject in gone],
    )


@bp.route("/phe-duyet", methods=["GET", "POST"])
@guard_fresh
def approve() -> Response:
    """Record who approved the proposed list; where the regulation names the bodies, one after the other."""
    require(Task.APPROVE)
    situation = queries.situation_of(current_contest)
    organiser, today = current_contest.regulation.organiser[0], clock.local(clock.now()).date()
    form = ApprovalForm(body=situation.next_body or organiser, held_on=today)
    if situation.next_body is not None:
        del form.body
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.approve(
                    current_contest,
                    body=form.body.data if form.body is not None else "",
                    held_on=form.held_on.data,
                    number=form.number.data or "",
                    note=form.note.data or "",
                    by=current_user,
                    now=clock.now(),
                )
            flash(_("The approval is recorded."))
            return redirect(url_for(".overview"), code=303)
    return step_page("results/approve.html", Act.APPROVE, form, body=situation.next_body)


@bp.route("/niem-yet", methods=["GET", "POST"])
@guard_fresh
def post_list() -> Response:
    """Hang the list on the public notice."""
    require(Task.POST)
    form = Confirmation()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                posting = services.post_list(current_contest, by=current_user, now=clock.now())
                until = posting.until
            flash(_("The list is posted until the end of %(until)s.", until=f"{until:%d/%m/%Y}"))
            return redirect(url_for(".overview"), code=303)
    today = clock.local(clock.now()).date()
    calendar = current_contest.regulation.calendar
    promised = calendar.posting.last if calendar.posting is not None else None
    until = gates.last_day(gates.first_full_day(clock.now()), calendar.posting_days or 1, promised)
    return step_page("results/post.html", Act.POST, form, today=today, until=until)


@bp.route("/quyet-dinh", methods=["GET", "POST"])
@guard_fresh
def decide() -> Response:
    """Record the decision and freeze its copy."""
    require(Task.DECIDE)
    letterhead = current_contest.regulation.letterhead
    form = DecisionForm(
        decided_on=clock.local(clock.now()).date(),
        issuer=current_contest.regulation.issuer,
        signer_power=" ".join(letterhead.signer_power),
        signer_title=letterhead.signer_title,
        signer_name=letterhead.signer_name,
    )
    if not current_contest.regulation.gates.no_open_complaint:
        del form.no_open_complaint
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.decide(
                    current_contest,
                    number=form.number.data,
                    decided_on=form.decided_on.data,
                    issuer=form.issuer.data,
                    signer_power=form.signer_power.data or "",
                    signer_title=form.signer_title.data,
                    signer_name=form.signer_name.data,
                    no_open_complaint=form.no_open_complaint is not None and form.no_open_complaint.data,
                    by=current_user,
                    now=clock.now(),
                )
            flash(_("The decision is recorded and its list is frozen."))
            return redirect(url_for(".overview"), code=303)
    return step_page("results/decide.html", Act.DECIDE, form, letterhead=letterhead)


@bp.route("/cong-bo", methods=["GET", "POST"])
@guard_fresh
@second_person("publish", about=lambda: current_contest.name)
def publish() -> Response:
    """Make the results public."""
    require(Task.PUBLISH)
    form = Confirmation()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.publish(current_contest, by=current_user, now=clock.now())
            flash(_("The results are public."))
            return redirect(url_for("showcase.show"), code=303)
    return step_page("results/publish.html", Act.PUBLISH, form, decision=queries.newest_decision(current_contest))


@bp.route("/chuyen-tiep", methods=["GET", "POST"])
def carry_on() -> Response:
    """Take the best works of a phase on into the closing contest."""
    require(Task.CARRY_ON)
    parent = services.parent_of(current_contest) or abort(404)
    form = Confirmation()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                entered = len(services.carry_on(current_contest, by=current_user, now=clock.now()))
            flash(ngettext("%(num)s work is entered.", "%(num)s works are entered.", entered))
            return redirect(url_for(".carry_on"), code=303)
    return answer(
        "results/carry_on.html",
        form=form,
        parent=parent,
        works=services.works_to_carry_on(current_contest),
        there=services.carried_already(current_contest, parent),
        decided=gates.is_done(Act.DECIDE, str(current_contest.stage)),
    )
