"""What people settle before a round is sealed, for the whole council or, by whoever chairs a panel, for its works."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import transaction
from contest.judging import queries as judging
from contest.judging.models import Round
from contest.results import queries, services
from contest.results.blockers import Blocker, Blocks
from contest.results.forms import ACCEPT, Confirmation, DiscrepancyForm, ThirdForm, TieForm, tie_form
from contest.results.office.blueprint import (
    assessed,
    bp,
    entry_at,
    panel_bp,
    require,
    round_at,
    rule_of,
    shown_code,
)
from contest.results.office.reasons import group_name
from contest.results.prize_rules import name_of
from contest.results.queries import Assessment
from contest.results.visibility import Task
from contest.web.addresses import current_contest
from contest.web.pages import answer
from contest.web.refusals import refused_at


def both(rule: str, **options: Any) -> Callable[[Any], Any]:
    """Open a page to the council and, for their own works, to those who chair a panel."""

    def register(view: Any) -> Any:
        for blueprint in (bp, panel_bp):
            blueprint.add_url_rule(rule, view_func=view, **options)
        return view

    return register


def require_settling(round_: Round, panels: Iterable[str]) -> None:
    """Pass for those who may settle all works of these panels: the council, or whoever chairs every one of them."""
    if request.blueprint == panel_bp.name:
        if not set(panels) <= queries.panels_chaired(round_, current_user) or not set(panels):
            abort(404)
    else:
        require(Task.SETTLE)


def panels_of(assessment: Assessment, entries: Collection[str]) -> set[str]:
    """The panels that judge works; an empty name stands for what no panel judges, such as a newsroom."""
    return {assessment.panels.get(entry, "") for entry in entries}


@panel_bp.get("/vong/<code>")
def round_page(code: str) -> str:
    """Show whoever chairs a panel what is open about its works, without any mark."""
    round_ = round_at(code)
    own = queries.panels_chaired(round_, current_user) or abort(404)
    assessment = assessed(round_)
    theirs = [
        blocker
        for blocker in assessment.blockers
        if blocker.entries and panels_of(assessment, blocker.entries) <= own and round_.sealed_at is None
    ]
    return render_template(
        "results/panel.html",
        round=round_,
        rule=rule_of(code),
        assessment=assessment,
        blockers=theirs,
        panels=sorted(own),
        flags=services.flags_works(round_) and round_.sealed_at is None,
        group_name=group_name,
    )


@both("/vong/<code>/chenh-lech/<entry_code>", methods=["GET", "POST"])
def discrepancy(code: str, entry_code: str) -> Response:
    """Settle a work whose jurors differ too much: keep the sheets with a reason, or ask for new marks."""
    round_ = round_at(code)
    assessment = assessed(round_)
    require_settling(round_, panels_of(assessment, [entry_code]))
    _blocker(assessment.blockers, Blocks.DISCREPANCY, entry_code)
    entry = entry_at(entry_code)
    assignments = queries.assignments_on(round_, entry_code)
    form = DiscrepancyForm()
    form.offer(assignments)
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                if form.choice.data == ACCEPT:
                    services.settle_discrepancy(
                        round_, entry, reason=form.reason.data, by=current_user, now=clock.now()
                    )
                else:
                    asked = [assignment for assignment in assignments if assignment.id in (form.jurors.data or ())]
                    services.ask_remark(
                        round_,
                        entry,
                        asked,
                        until=form.moment,
                        reason=form.reason.data,
                        by=current_user,
                        now=clock.now(),
                    )
            return recorded(code)
    return answer("results/discrepancy.html", form=form, round=round_, rule=rule_of(code), entry=entry)


@both("/vong/<code>/giam-khao-them/<entry_code>", methods=["GET", "POST"])
def third(code: str, entry_code: str) -> Response:
    """Ask one more juror to mark a work whose jurors differ too much; another one while nothing has come."""
    round_ = round_at(code)
    assessment = assessed(round_)
    require_settling(round_, panels_of(assessment, [entry_code]))
    blocker = _blocker(assessment.blockers, Blocks.THIRD_MISSING, entry_code)
    entry = entry_at(entry_code)
    jurors = judging.extra_jurors(round_, entry)
    free = {one.juror.id: one for one in jurors if not one.is_barred}
    form = ThirdForm()
    form.offer(one.juror for one in free.values())
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.ask_third(
                    round_,
                    entry,
                    free[form.juror.data].juror,
                    until=form.moment,
                    reason=form.reason.data,
                    by=current_user,
                    now=clock.now(),
                )
            return recorded(code)
    return answer(
        "results/third.html",
        form=form,
        round=round_,
        rule=rule_of(code),
        entry=entry,
        blocker=blocker,
        asked=assessment.jurors.get(blocker.juror or ""),
        free=free,
        barred=[one for one in jurors if one.is_barred],
    )


@both("/vong/<code>/dong-diem/<entry_code>", methods=["GET", "POST"])
def tie(code: str, entry_code: str) -> Response:
    """Order works that are equal under every rule and reach for unequal prizes."""
    round_ = round_at(code)
    assessment = assessed(round_)
    blocker = _blocker(assessment.blockers, Blocks.TIE, entry_code)
    require_settling(round_, panels_of(assessment, blocker.entries))
    return _tie(round_, assessment, blocker)


@bp.route("/vong/<code>/giai/<prize>/dong-diem", methods=["GET", "POST"])
def tie_for_prize(code: str, prize: str) -> Response:
    """Order works or newsrooms that are equal and reach for one prize over all groups."""
    require(Task.SETTLE)
    round_ = round_at(code)
    assessment = assessed(round_)
    blocker = next((each for each in assessment.blockers if each.code is Blocks.TIE and each.prize == prize), None)
    return _tie(round_, assessment, blocker or abort(404))


def _tie(round_: Round, assessment: Assessment, blocker: Blocker) -> Response:
    method = services.method_of_ties(round_)
    form: TieForm | Confirmation
    if method == services.LOT:
        form = Confirmation()
    else:
        form = tie_form(blocker.entries, [called(each, assessment) for each in blocker.entries])
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                if isinstance(form, TieForm):
                    services.settle_tie(round_, form.order, reason=form.reason.data, by=current_user, now=clock.now())
                else:
                    services.draw_lot(round_, blocker.entries, by=current_user, now=clock.now())
            return recorded(round_.code)
    return answer(
        "results/tie.html",
        form=form,
        round=round_,
        rule=rule_of(round_.code),
        blocker=blocker,
        method=method,
        titles=assessment.titles,
        about=group_name(blocker.group) if blocker.group else name_of(current_contest.regulation, blocker.prize or ""),
    )


def called(entry: str, assessment: Assessment) -> str:
    """Write a work with its code and title; a newsroom is written as it is called."""
    return f"{shown_code(entry)}: {assessment.titles[entry]}" if entry in assessment.titles else entry


def _blocker(blockers: Sequence[Blocker], kind: Blocks, entry_code: str) -> Blocker:
    return next((each for each in blockers if each.code is kind and entry_code in each.entries), None) or abort(404)


def recorded(code: str) -> Response:
    """Lead back to the round once an act is recorded."""
    flash(_("The act is recorded."))
    return redirect(url_for(".round_page", code=code), code=303)
