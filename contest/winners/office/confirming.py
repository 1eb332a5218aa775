"""Who has confirmed, who wants a correction, who is silent; and what the staff does about it."""

from __future__ import annotations

from operator import attrgetter

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import transaction
from contest.errors import N_
from contest.regulations.models import Stage
from contest.results.visibility import Fact
from contest.web import tables
from contest.web.access import guard_fresh
from contest.web.addresses import current_contest
from contest.web.forms import Form
from contest.web.pages import answer
from contest.web.refusals import refused_at
from contest.web.seconding import second_person
from contest.web.tables import Table, offered
from contest.winners import lines, queries, services
from contest.winners.answers import Said, State, Status
from contest.winners.forms import AcceptForm, ActForm, ReasonForm, staff_correction_form
from contest.winners.office.blueprint import bp, may_decide, require, require_decider, sees

STATES = {
    State.SILENT: N_("Not answered yet"),
    State.ASKED: N_("Correction asked for"),
    State.CONFLICT: N_("Answers contradict each other"),
    State.CONFIRMED: N_("Confirmed"),
    State.PASSED: N_("Passed over"),
}
ANSWERS = {
    Said.SILENT: N_("has not answered"),
    Said.CONFIRMED: N_("has confirmed"),
    Said.ASKED: N_("wants a correction"),
    Said.DECLINED: N_("answered by the secretariat"),
}


def lines_table() -> Table:
    """Every line to be printed, with what its winners answered."""
    require(Fact.DECISION)
    columns = [
        tables.text("names", _("Line to be printed"), attrgetter("line.names"), width=44),
        tables.text("unit", _("Outlet or unit"), attrgetter("line.unit"), width=30),
        tables.text("code", _("Code"), attrgetter("line.shown_code"), width=12),
        tables.text("title", _("Work"), attrgetter("line.title"), width=48),
        tables.text("prize", _("Prize"), attrgetter("line.prize")),
        tables.text("category", _("Category"), attrgetter("line.category"), width=16),
    ]
    if current_contest.regulation.gates.winners_confirm:
        columns += [
            tables.text("state", _("State"), lambda status: _(STATES[status.state])),
            tables.text("answers", _("Who was asked"), _answers, width=44),
        ]
    return Table("nguoi-dat-giai", _("Winners"), columns, queries.statuses(current_contest))


def _answers(status: Status) -> str:
    return "; ".join(f"{person.name}: {_(ANSWERS[status.said(person)])}" for person in status.asked)


@bp.get("")
@offered(lines_table)
def index() -> Response:
    """Show every line with who was asked and what they answered."""
    return _index(ActForm(formdata=None))


def _index(form: Form) -> Response:
    shown = sees(Fact.DECISION)
    statuses = queries.statuses(current_contest) if shown else []
    return answer(
        "winners/office/index.html",
        form=form,
        shown=shown,
        asks=current_contest.version is not None and current_contest.regulation.gates.winners_confirm,
        open=shown and queries.takes_answers(current_contest),
        correctable=shown and queries.takes_corrections(current_contest),
        corrects=may_decide() and shown and queries.may_be_corrected(current_contest),
        asked=shown and queries.are_asked(current_contest),
        until=queries.answers_until(current_contest) if shown else None,
        today=clock.local(clock.now()).date(),
        statuses=statuses,
        waiting=queries.unconfirmed(current_contest) if shown else [],
        corrections=sum(len(status.open_corrections) for status in statuses),
        decides=may_decide(),
        applied=lines.applied,
    )


@bp.post("/hoi")
def ask() -> Response:
    """Write to every winner."""
    require(Fact.DECISION)
    form = ActForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.ask(current_contest, by=current_user, now=clock.now())
            flash(_("The winners have been written to."))
            return redirect(url_for(".index"), code=303)
    return _index(form)


@bp.post("/nhac")
def remind() -> Response:
    """Write to everybody who is silent."""
    require(Fact.DECISION)
    form = ActForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                people = services.remind(current_contest, by=current_user, now=clock.now())
            flash(
                ngettext(
                    "%(num)s person is reminded, once today.", "%(num)s people are reminded, once today each.", people
                )
            )
            return redirect(url_for(".index"), code=303)
    return _index(form)


@bp.route("/de-nghi-sua", methods=["GET", "POST"])
@guard_fresh
@second_person("correct_result", about=lambda: _("Corrections that winners asked for"))
def accept() -> Response:
    """Make corrections: the decision gets its next version."""
    require(Fact.DECISION)
    require_decider()
    form = AcceptForm(decided_on=clock.local(clock.now()).date())
    statuses = [status for status in queries.statuses(current_contest) if status.open_corrections]
    form.offer(statuses)
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.accept(
                    current_contest,
                    form.chosen.data or [],
                    number=form.number.data or "",
                    decided_on=form.decided_on.data,
                    reason=form.reason.data or "",
                    by=current_user,
                    now=clock.now(),
                )
            flash(_("The decision is corrected. Whoever is named in a changed line reads it again."))
            return redirect(url_for(".index"), code=303)
    return answer(
        "winners/office/accept.html", form=form, statuses=statuses, applied=lines.applied, published=_is_published()
    )


def _line(key: str) -> str:
    line = (queries.status_of(current_contest, key) or abort(404)).line
    return " · ".join(filter(None, (line.shown_code, line.title, line.names)))


def _is_published() -> bool:
    return current_contest.stage == Stage.PUBLISHED


@bp.route("/<key>/sua", methods=["GET", "POST"])
@guard_fresh
@second_person("correct_result", about=lambda key: _line(key))
def correct(key: str) -> Response:
    """Correct a line without having been asked to."""
    require(Fact.DECISION)
    require_decider()
    status = queries.status_of(current_contest, key) or abort(404)
    form = staff_correction_form(status.line, today=clock.local(clock.now()).date())
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.correct(
                    current_contest,
                    key,
                    services.Wish(form.typed("title"), form.typed("unit"), form.names, form.order),
                    number=form.number.data or "",
                    decided_on=form.decided_on.data,
                    reason=form.reason.data or "",
                    by=current_user,
                    now=clock.now(),
                )
            flash(_("The line is corrected. Whoever is named in it gets a letter."))
            return redirect(url_for(".index"), code=303)
    return answer("winners/office/correct.html", form=form, status=status, published=_is_published())


@bp.route("/de-nghi-sua/<int:line_answer_id>/tu-choi", methods=["GET", "POST"])
def decline(line_answer_id: int) -> Response:
    """Leave a line as it stands, with the reason."""
    require(Fact.DECISION)
    form = ReasonForm()
    wanted = queries.correction(current_contest, line_answer_id) or abort(404)
    status = queries.status_of(current_contest, wanted.key) or abort(404)
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.decline(
                    current_contest, wanted, reason=form.reason.data or "", by=current_user, now=clock.now()
                )
            flash(_("The line stays as it is. Whoever wanted it otherwise gets a letter with the reason."))
            return redirect(url_for(".index"), code=303)
    return answer("winners/office/decline.html", form=form, wanted=wanted, status=status)


@bp.route("/bo-qua", methods=["GET", "POST"])
def pass_over() -> Response:
    """Go on without the winners who are silent."""
    require(Fact.DECISION)
    require_decider()
    form = ReasonForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.pass_over(current_contest, reason=form.reason.data or "", by=current_user, now=clock.now())
            flash(_("The lines of the silent winners are printed as they stand."))
            return redirect(url_for(".index"), code=303)
    waiting = [status for status in queries.unconfirmed(current_contest) if not status.open_corrections]
    return answer(
        "winners/office/pass_over.html",
        form=form,
        waiting=waiting,
        until=queries.answers_until(current_contest),
        today=clock.local(clock.now()).date(),
    )
