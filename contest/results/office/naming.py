"""What people name or choose before a round is sealed: works that go on, bonuses, fewer prizes, prizes by act."""

from __future__ import annotations

from flask import abort, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import transaction
from contest.judging.models import Round
from contest.results import choosing, queries, services
from contest.results.blockers import Blocks
from contest.results.forms import ChoiceForm, ReasonForm
from contest.results.office.blueprint import assessed, bp, require, round_at, rule_of, shown_code
from contest.results.office.reasons import group_name
from contest.results.office.settling import both, called, recorded, require_settling
from contest.results.prize_rules import name_of
from contest.results.queries import Assessment
from contest.results.visibility import Task
from contest.web.addresses import current_contest
from contest.web.pages import answer
from contest.web.refusals import refused_at


@both("/vong/<code>/chon/<panel>", methods=["GET", "POST"])
def flag(code: str, panel: str) -> Response:
    """Name the works of a panel that go on to the next round."""
    round_ = round_at(code)
    require_settling(round_, [panel])
    works = [work for work in queries.works_in(round_) if work.panel == panel]
    if not services.flags_works(round_) or not works or round_.sealed_at is not None:
        abort(404)
    form = ChoiceForm()
    form.offer(((work.code, f"{shown_code(work.code)}: {work.title}") for work in works), label=_("Works that go on"))
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.flag_works(
                    round_, panel, form.chosen.data or (), reason=form.reason.data, by=current_user, now=clock.now()
                )
            return recorded(code)
    elif request.method == "GET":
        form.chosen.data = _entries_of(round_, f"panel:{panel}")
    return answer(
        "results/choose.html",
        form=form,
        round=round_,
        rule=rule_of(code),
        title=_("Name the works that go on"),
        lead=_(
            "The regulation lets the chair name works for the next round: %(panel)s.", panel=round_.panel_name(panel)
        ),
        label=_("Record the works named"),
    )


@bp.route("/vong/<code>/diem-thuong/<bonus>", methods=["GET", "POST"])
def bonus(code: str, bonus: str) -> Response:
    """Name the works that have what a bonus is for."""
    require(Task.SETTLE)
    round_ = round_at(code)
    rule = next((each for each in services.bonuses_by_act(round_) if each.code == bonus), None) or abort(404)
    if round_.sealed_at is not None:
        abort(404)
    form = ChoiceForm()
    form.offer(
        (
            (work.code, f"{shown_code(work.code)}: {work.title}")
            for work in queries.works_in(round_)
            if not rule.categories or work.category in rule.categories
        ),
        label=_("Works that have it"),
    )
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.give_bonus(
                    round_, bonus, form.chosen.data or (), reason=form.reason.data, by=current_user, now=clock.now()
                )
            return recorded(code)
    elif request.method == "GET":
        form.chosen.data = _entries_of(round_, f"bonus:{bonus}")
    return answer(
        "results/choose.html",
        form=form,
        round=round_,
        rule=rule_of(code),
        title=rule.name,
        lead=_("Name every work that has it; the regulation adds the points to its figure."),
        label=_("Record these works"),
    )


def _entries_of(round_: Round, subject: str) -> list[str]:
    """The works that the newest act about a subject names."""
    named = [act.choice["entries"] for act in queries.acts_in(round_) if act.subject == subject]
    return list(named[-1]) if named else []


@bp.route("/vong/<code>/thieu-giai/<group>/<tier>", methods=["GET", "POST"])
def short(code: str, group: str, tier: str) -> Response:
    """Accept that fewer prizes are given than the exact number of the regulation."""
    require(Task.SETTLE)
    round_ = round_at(code)
    assessment = assessed(round_)
    blocker = next(
        (
            each
            for each in assessment.blockers
            if each.code is Blocks.SHORT and (each.group, each.prize) == (group, tier)
        ),
        None,
    ) or abort(404)
    form = ReasonForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.accept_short(round_, group, tier, reason=form.reason.data, by=current_user, now=clock.now())
            return recorded(code)
    return answer(
        "results/short.html", form=form, round=round_, rule=rule_of(code), blocker=blocker, group_name=group_name
    )


@bp.route("/vong/<code>/giai/<prize>", methods=["GET", "POST"])
def choose(code: str, prize: str) -> Response:
    """Choose who takes a prize over all groups that the regulation leaves to people."""
    require(Task.SETTLE)
    round_ = round_at(code)
    assessment = assessed(round_)
    question = choosing.open_choice(assessment.outcome) if _is_all_but_prizes(assessment) else None
    if question is None or question.prize != prize:
        abort(404)
    form = ChoiceForm()
    form.offer(
        ((each, called(each, assessment)) for each in question.candidates),
        label=_("Newsrooms") if question.of_newsrooms else _("Works"),
    )
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.choose_prize(
                    round_, prize, form.chosen.data or (), reason=form.reason.data, by=current_user, now=clock.now()
                )
            return recorded(code)
    return answer(
        "results/choose.html",
        form=form,
        round=round_,
        rule=rule_of(code),
        title=name_of(current_contest.regulation, prize),
        lead=_(
            "Choose %(count)s at most, or nobody. These are all that the regulation lets receive it.",
            count=question.quota,
        ),
        label=_("Record the choice"),
    )


def _is_all_but_prizes(assessment: Assessment) -> bool:
    """Whether nothing else is open: before that the works that can be chosen may still change."""
    return all(blocker.code is Blocks.PRIZE_OPEN for blocker in assessment.blockers)
