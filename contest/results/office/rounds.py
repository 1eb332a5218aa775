"""One round: what still blocks its sealing, the sealing, its standings, and who goes on."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import transaction
from contest.judging.models import Round
from contest.regulations.schema import Regulation
from contest.results import queries, services, standings
from contest.results.documents import Figures
from contest.results.forms import Confirmation
from contest.results.models import ActKind
from contest.results.office.blueprint import assessed, bp, require, round_at, rule_of, ruling_here, shown_code
from contest.results.office.reasons import explanations, group_name
from contest.results.prize_rules import prizes_by_code
from contest.results.queries import RoundAct
from contest.results.visibility import Task
from contest.web import tables, wall
from contest.web.access import guard_fresh
from contest.web.addresses import current_contest
from contest.web.pages import answer
from contest.web.pagination import PER_PAGE, Page, page_number
from contest.web.refusals import refused_at
from contest.web.tables import Column, Table, offered


def standings_table(code: str) -> Table:
    """The standings of a sealed round, of the group that the address asks for."""
    round_ = round_at(code)
    result = queries.result_of(round_) if round_.sealed_at is not None else None
    if result is None:
        abort(404)
    ruling = ruling_here(round_, result)
    chosen = _chosen(standings.groups_of(result))
    titles = queries.titles_of(current_contest, {line["entry"] for line in chosen.lines})
    name = f"xep-hang-{code}-{chosen.code}".replace("_", "-").lower()
    title = f"{rule_of(code).name}, {group_name(chosen.code)}"
    return Table(name, title, _columns(chosen, ruling, titles), chosen.lines)


def _columns(group: standings.Group, ruling: Regulation, titles: Mapping[str, tuple[int, str]]) -> list[Column]:
    """What the standings of a group say of each work."""
    figures, tiers = Figures.of(ruling), prizes_by_code(ruling)
    columns = [
        tables.number("place", _("Rank"), itemgetter("place")),
        tables.text("code", _("Code"), lambda line: shown_code(line["entry"]), width=12),
        tables.text("title", _("Work"), lambda line: titles[line["entry"]][1], width=52),
        tables.text("category", _("Category"), lambda line: ruling.category(line["category"]).name, width=16),
    ]
    if not group.is_voted:
        columns += [
            tables.points("mean", _("Points"), lambda line: figures.shown(line["mean"]), decimals=figures.decimals),
            tables.points("spread", _("Spread"), itemgetter("spread")),
        ]
    if group.gives_prizes:
        prizes = lambda line: ", ".join(tiers[code].name for code in line.get("prizes", ()))  # noqa: E731
        return [*columns, tables.text("prize", _("Prize"), prizes)]
    return [*columns, tables.yes("goes_on", _("Goes on"), lambda line: line.get("advanced", False))]


def _chosen(groups: list[standings.Group]) -> standings.Group:
    """The group that the address asks for, else the first with works."""
    asked = request.args.get("nhom", "")
    return next((group for group in groups if group.code == asked), None) or next(
        (group for group in groups if group.lines), groups[0]
    )


@bp.get("/vong/<code>")
@offered(standings_table)
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
    chosen = _chosen(groups)
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
@guard_fresh
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
