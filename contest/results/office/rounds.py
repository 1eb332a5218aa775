"""One round: what still blocks its sealing, the sealing, its standings, and who goes on."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import transaction
from contest.judging.models import Round
from contest.results import queries, services, standings
from contest.results.documents import Figures
from contest.results.forms import Confirmation
from contest.results.models import ActKind
from contest.results.office.blueprint import assessed, bp, require, round_at, rule_of, ruling_here
from contest.results.office.reasons import explanations, group_name
from contest.results.queries import RoundAct
from contest.results.visibility import Task
from contest.web import wall
from contest.web.addresses import current_contest
from contest.web.pages import answer
from contest.web.pagination import PER_PAGE, Page, page_number
from contest.web.refusals import refused_at


@bp.get("/vong/<code>")
def round_page(code: str) -> str | Response:
    """Show a sealed round's standings; before sealing only how complete it is and what is flagged, without marks."""
    round_ = round_at(code)
    if round_.sealed_at is None:
        assessment = assessed(round_)
        return render_template(
            "results/round.html",
            round=round_,
            rule=rule_of(code),
            assessment=assessment,
            group_name=group_name,
            flag_panels=sorted(set(assessment.panels.values())) if services.flags_works(round_) else (),
            bonuses_by_act=services.bonuses_by_act(round_),
            acts=acts_shown(round_),
        )
    return _standings(round_)


def acts_shown(round_: Round) -> list[RoundAct]:
    """The acts recorded in a round, without those that name works of which the reader may not hear."""
    hidden = wall.names()
    return [act for act in queries.acts_in(round_) if hidden.isdisjoint(act.names)]


def _standings(round_: Round) -> str:
    """Show the sealed result of a round: one group at a time, and what is given over all groups."""
    result = queries.result_of(round_) or abort(404)
    ruling = ruling_here(round_, result)
    groups = standings.groups_of(result)
    asked = request.args.get("nhom", "")
    chosen = next((group for group in groups if group.code == asked), None) or next(
        (group for group in groups if group.lines), groups[0]
    )
    total = len(chosen.lines)
    number = page_number(max(1, -(-total // PER_PAGE)))
    lines = chosen.lines[(number - 1) * PER_PAGE : number * PER_PAGE]
    recorded = {group["group"]: group for group in result["groups"]}
    group = recorded.get(chosen.code) or {"group": chosen.code, "lines": (), "unplaced": ()}
    overall = standings.overall(result)
    named = {code for line in lines for code in (line["entry"], *line["tied_with"])}
    named |= {winner["subject"] for kind, prize in overall if kind != "collective" for winner in prize["winners"]}
    acts = queries.acts_in(round_)
    is_marked_again = any(act.kind == ActKind.REMARK_ORDERED for act in acts)
    return render_template(
        "results/standings.html",
        round=round_,
        rule=rule_of(round_.code),
        result=result,
        groups=groups,
        chosen=chosen,
        group_name=group_name,
        telling_count=standings.telling_count,
        page=Page(list(lines), total, number, PER_PAGE),
        figures=Figures.of(ruling),
        version=1 + sum(act.kind == ActKind.CONCLUDED_AGAIN for act in acts),
        again=assessed(round_) if is_marked_again and services.reopened_to_acts(round_) else None,
        titles=queries.titles_of(current_contest, named),
        why=explanations(round_, result, [(group, line) for line in lines], acts),
        overall=overall,
        acts=acts,
    )


@bp.route("/vong/<code>/niem-phong", methods=["GET", "POST"])
def seal(code: str) -> Response:
    """Seal a round, or say everything that still blocks it."""
    require(Task.SEAL)
    round_ = round_at(code)
    form = Confirmation()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.seal_round(round_, by=current_user, now=clock.now())
            flash(_("The round is sealed. Its result can be read now and changes no more."))
            return redirect(url_for(".round_page", code=code), code=303)
    if round_.sealed_at is not None:
        return redirect(url_for(".round_page", code=code), code=303)
    return answer(
        "results/seal.html",
        form=form,
        round=round_,
        rule=rule_of(code),
        assessment=assessed(round_),
        group_name=group_name,
    )


@bp.route("/vong/<code>/vao-vong-sau", methods=["GET", "POST"])
def advance(code: str) -> Response:
    """Send the best works of a sealed round on to the next."""
    require(Task.ADVANCE)
    round_ = round_at(code)
    result = queries.result_of(round_)
    form = Confirmation()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                admitted = services.advance(round_, by=current_user, now=clock.now())
            flash(_("%(count)s works go on to the next round.", count=len(admitted)))
            return redirect(url_for(".overview"), code=303)
    if result is None or "advancement" not in result["groups"][0]:
        abort(404)
    going = {group["group"]: sum(line["advanced"] for line in group["lines"]) for group in result["groups"]}
    return answer(
        "results/advance.html",
        form=form,
        round=round_,
        rule=rule_of(code),
        result=result,
        going=going,
        group_name=group_name,
    )
