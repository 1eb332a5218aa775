"""The way from sealing to the wall, as staff walk it: where it stands, what blocks the next step, and each act."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import db, transaction
from contest.entries.models import Entry
from contest.errors import N_, ContestError, NotAllowed
from contest.judging import queries as judging
from contest.judging.models import Round
from contest.regulations.scoring import RoundRule
from contest.results import documents, gates, lists, queries, services, standings
from contest.results.blockers import Blocker, Blocks
from contest.results.forms import (
    ACCEPT,
    ApprovalForm,
    Confirmation,
    DecisionForm,
    DiscrepancyForm,
    tie_form,
)
from contest.results.gates import Act
from contest.results.models import ActKind, RecordedAct
from contest.results.views import PDF, XLSX, sees
from contest.results.visibility import Fact, Task, may_do, viewers
from contest.web.access import guard_office, roles
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.navigation import add_item
from contest.web.pages import answer
from contest.web.pagination import PER_PAGE, Page, page_number
from contest.web.refusals import refused_at, words

READERS = {"secretary", "organizer", "observer", "chair"}

bp = contest_blueprint("results_office", __name__, url_prefix="/ban-thu-ky/ket-qua")
guard_office(bp, read=READERS, write=READERS - {"observer"})
add_item("office", "results_office.overview", label=N_("Results"), order=50, roles=READERS)


@bp.context_processor
def words_of_the_regulation() -> dict[str, Any]:
    """Give templates what the reader is entitled to do, and how the regulation calls things."""
    if not current_contest or current_contest.version is None:
        return {}  # the page of a refusal asks for neither
    regulation = current_contest.regulation
    return {
        "may_do": entitled,
        "Task": Task,
        "tiers": {tier.code: tier for tier in regulation.prizes},
        "rules": {rule.code: rule for rule in regulation.rounds},
        "shown": shown_code,
    }


def shown_code(code: str) -> str:
    """Write the code of a work with the letters of its prefix: BĐT-0042."""
    prefix, dash, digits = code.rpartition("-")
    return (
        next((each.shown_prefix for each in current_contest.regulation.categories if each.prefix == prefix), prefix)
        + dash
        + digits
    )


def entitled(task: Task) -> bool:
    """Say whether whoever is reading may do a task."""
    return may_do(task, viewers(roles(), signed_in=current_user.is_authenticated))


def _require(task: Task) -> None:
    if not entitled(task):
        raise NotAllowed


# Overview ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RoundStep:
    """One round on the way: its rule, its row when there is one, how many works, and who advanced them."""

    rule: RoundRule
    row: Round | None
    works: int
    complete: int
    sealed_by: str
    advanced: Any
    is_last: bool


@dataclass(frozen=True)
class WayStep:
    """One step after the rounds: done by whom and when, or what keeps it from being done."""

    act: Act
    at: datetime | None
    by: str
    note: str
    missing: str | None
    is_next: bool


@bp.get("")
def overview() -> str:
    """Show the whole way, every step with who did it and when, and what blocks the next one."""
    contest = current_contest
    acts = queries.acts_of(contest, ActKind.ADVANCED, ActKind.PROPOSED, ActKind.APPROVED, ActKind.PREPARED)
    return render_template(
        "results/overview.html",
        rounds=_round_steps({act.round_id: act for act in acts if act.kind is ActKind.ADVANCED}),
        way=_way({act.kind: act for act in acts}),
        moment=queries.moment_of(contest),
    )


def _round_steps(advanced: Mapping[int | None, RecordedAct]) -> list[RoundStep]:
    contest = current_contest
    rows = {row.code: row for row in judging.rounds_of(contest)}
    counts = judging.counts_of_rounds(contest)
    sealers = judging.people({row.sealed_by_id for row in rows.values() if row.sealed_by_id is not None})
    steps = []
    for rule in contest.regulation.rounds:
        row = rows.get(rule.code)
        coverage = judging.coverage(row, rule.minimum_sheets) if row is not None and row.sealed_at is None else None
        sealer = sealers.get(row.sealed_by_id) if row is not None and row.sealed_by_id is not None else None
        steps.append(
            RoundStep(
                rule=rule,
                row=row,
                works=sum(counts.get(row.id, {}).values()) if row is not None else 0,
                complete=coverage.complete if coverage is not None else 0,
                sealed_by=sealer.name if sealer is not None else "",
                advanced=advanced.get(row.id) if row is not None else None,
                is_last=rule is contest.regulation.rounds[-1],
            )
        )
    return steps


def _way(acts: Mapping[ActKind, RecordedAct]) -> list[WayStep]:
    contest = current_contest
    now, situation = clock.now(), queries.situation_of(contest)
    found: dict[Act, Callable[[], Any]] = {
        Act.PROPOSE: lambda: acts.get(ActKind.PROPOSED),
        Act.APPROVE: lambda: acts.get(ActKind.APPROVED),
        Act.POST: lambda: queries.newest_posting(contest),
        Act.DECIDE: lambda: queries.newest_decision(contest),
        Act.PREPARE: lambda: acts.get(ActKind.PREPARED),
        Act.PUBLISH: lambda: queries.publication_of(contest),
    }
    steps: list[WayStep] = []
    for act in Act:
        finished = gates.is_done(act, situation.stage)
        row = found[act]() if finished else None
        steps.append(
            WayStep(
                act=act,
                at=row.at if row is not None else None,
                by=row.by.name if row is not None else "",
                note=_note(act, row),
                missing=None if finished else _why_not(act, situation, now),
                is_next=not finished and not any(step.is_next for step in steps),
            )
        )
    return steps


def _why_not(act: Act, situation: gates.Situation, now: datetime) -> str | None:
    """The sentence that says why it is not the turn of an act; None when it is."""
    try:
        gates.check(act, situation, now)
    except ContestError as refusal:
        return words(refusal)
    return None


def _note(act: Act, row: Any) -> str:
    if row is None:
        return ""
    if act is Act.APPROVE:
        return " ".join(part for part in (row.choice["body"], row.choice["number"]) if part)
    if act is Act.DECIDE:
        return str(row.number)
    return ""


# Rounds --------------------------------------------------------------------------------------------------------------


def _round(code: str) -> Round:
    """The round of the address."""
    if code not in {rule.code for rule in current_contest.regulation.rounds}:
        abort(404)
    return judging.round_of(current_contest, code) or abort(404)


@bp.get("/vong/<code>")
def round_page(code: str) -> str | Response:
    """Show a sealed round's standings; before sealing only how complete it is and what is flagged, without marks."""
    round_ = _round(code)
    if round_.sealed_at is None:
        assessment = queries.assess(round_, current_contest, clock.now())
        return render_template("results/round.html", round=round_, rule=_rule(code), assessment=assessment)
    return _standings(round_)


def _rule(code: str) -> RoundRule:
    return current_contest.regulation.round(code)


def _standings(round_: Round) -> str:
    contest = current_contest
    result = queries.result_of(round_) or abort(404)
    by_category = {category["category"]: category for category in result["categories"]}
    chosen = by_category.get(request.args.get("loai", "")) or next(
        (category for category in result["categories"] if category["lines"]), result["categories"][0]
    )
    total = len(chosen["lines"])
    number = page_number(max(1, -(-total // PER_PAGE)))
    lines = chosen["lines"][(number - 1) * PER_PAGE : number * PER_PAGE]
    rubric = round_.rubric(chosen["category"])
    shown = queries.frozen(
        f"{queries.result_hash(round_)}:{chosen['category']}:{number}:{get_locale()}",
        lambda: [standings.written(line, rubric, contest.regulation.display_decimals) for line in lines],
    )
    named = {code for line in lines for code in (line["entry"], *line["tied_with"])}
    subjects = {sheet["juror"] for line in lines for sheet in (*line["sheets"], *line["left_out"])}
    return render_template(
        "results/standings.html",
        round=round_,
        rule=_rule(round_.code),
        result=result,
        chosen=chosen,
        category=contest.regulation.category(chosen["category"]),
        rubric=rubric,
        criteria={f"criterion:{each.code}": each.name for each in rubric},
        page=Page(shown, total, number, PER_PAGE),
        titles=queries.titles_of(contest, named),
        jurors=queries.names_of(subjects),
    )


@bp.route("/vong/<code>/niem-phong", methods=["GET", "POST"])
def seal(code: str) -> Response:
    """Seal a round, or say everything that still blocks it."""
    _require(Task.SEAL)
    round_ = _round(code)
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
        rule=_rule(code),
        assessment=queries.assess(round_, current_contest, clock.now()),
    )


@bp.route("/vong/<code>/chenh-lech/<entry_code>", methods=["GET", "POST"])
def discrepancy(code: str, entry_code: str) -> Response:
    """Settle a work whose jurors differ too much: keep the sheets with a reason, or ask for new marks."""
    _require(Task.SETTLE)
    round_ = _round(code)
    assessment = queries.assess(round_, current_contest, clock.now())
    _blocker(assessment.blockers, Blocks.DISCREPANCY, entry_code)
    entry = _entry(entry_code)
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
            flash(_("The act is recorded."))
            return redirect(url_for(".round_page", code=code), code=303)
    return answer("results/discrepancy.html", form=form, round=round_, rule=_rule(code), entry=entry)


@bp.route("/vong/<code>/dong-diem/<entry_code>", methods=["GET", "POST"])
def tie(code: str, entry_code: str) -> Response:
    """Order works that are equal under every rule and reach for unequal prizes."""
    _require(Task.SETTLE)
    round_ = _round(code)
    assessment = queries.assess(round_, current_contest, clock.now())
    blocker = _blocker(assessment.blockers, Blocks.TIE, entry_code)
    form = tie_form(blocker.entries, [f"{shown_code(each)}: {assessment.titles[each]}" for each in blocker.entries])
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.settle_tie(round_, form.order, reason=form.reason.data, by=current_user, now=clock.now())
            flash(_("The order is recorded."))
            return redirect(url_for(".round_page", code=code), code=303)
    return answer(
        "results/tie.html",
        form=form,
        round=round_,
        rule=_rule(code),
        blocker=blocker,
        category=current_contest.regulation.category(blocker.category),
    )


def _blocker(blockers: Sequence[Blocker], kind: Blocks, entry_code: str) -> Blocker:
    return next((each for each in blockers if each.code is kind and entry_code in each.entries), None) or abort(404)


def _entry(code: str) -> Entry:
    return db.first_or_404(db.select(Entry).filter_by(contest_id=current_contest.id, code=code))


@bp.route("/vong/<code>/vao-vong-sau", methods=["GET", "POST"])
def advance(code: str) -> Response:
    """Send the best works of a sealed round on to the next."""
    _require(Task.ADVANCE)
    round_ = _round(code)
    result = queries.result_of(round_)
    form = Confirmation()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                admitted = services.advance(round_, by=current_user, now=clock.now())
            flash(_("%(count)s works go on to the next round.", count=len(admitted)))
            return redirect(url_for(".overview"), code=303)
    if result is None or "advancement" not in result["categories"][0]:
        abort(404)
    going = {
        category["category"]: sum(line["advanced"] for line in category["lines"]) for category in result["categories"]
    }
    return answer("results/advance.html", form=form, round=round_, rule=_rule(code), result=result, going=going)


# From sealing to the wall --------------------------------------------------------------------------------------------


@bp.get("/danh-sach")
def award_list() -> str:
    """Show the proposed list with its empty tiers, or the frozen copy once there is a decision."""
    categories, decision = _list_now()
    return render_template(
        "results/award_list.html",
        categories=categories,
        decision=decision,
        with_money=sees(Fact.MONEY),
        total=sum(category.count for category in categories),
        sum=sum(line["money"] for category in categories for tier in category.tiers for line in tier.lines),
    )


@bp.get("/danh-sach.<any(pdf, xlsx):kind>")
def award_file(kind: str) -> Response:
    """Give the list on paper or as a sheet; the money stands in it for those who may see it."""
    categories, decision = _list_now()
    contest, with_money = current_contest, sees(Fact.MONEY)
    if kind == "pdf":
        made = documents.result_list(
            categories,
            contest_name=contest.regulation.name,
            letterhead=contest.regulation.letterhead,
            decision=queries.copy_of(decision)["decision"] if decision is not None else None,
            with_money=with_money,
        )
    else:
        dated = decision.decided_on if decision is not None else clock.local(clock.now()).date()
        made = documents.result_sheet(
            categories, contest_name=contest.regulation.name, dated=dated, with_money=with_money
        )
    response = make_response(made)
    response.mimetype = PDF if kind == "pdf" else XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="danh-sach-giai-{contest.slug}.{kind}"'
    return response


def _list_now() -> tuple[Sequence[lists.CategoryList], Any]:
    if not sees(Fact.PROPOSAL):
        abort(404)
    contest = current_contest
    decision = queries.newest_decision(contest)
    if decision is not None:
        copy = queries.copy_of(decision)
        return lists.grouped(copy["categories"], copy["awards"]), decision
    written = queries.lines_of(contest, queries.awards_of(contest))
    return lists.grouped(queries.categories_of(contest), written), None


def _page(template: str, act: Act, form: Any, **context: Any) -> Response:
    return answer(
        template,
        form=form,
        missing=_why_not(act, queries.situation_of(current_contest), clock.now()),
        act=act,
        **context,
    )


@bp.route("/de-xuat", methods=["GET", "POST"])
def propose() -> Response:
    """Propose the prizes that follow from the sealed result."""
    _require(Task.PROPOSE)
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
    reached = queries.prizes_reached(result) if result is not None else []
    return _page(
        "results/propose.html",
        Act.PROPOSE,
        form,
        rule=last,
        result=result,
        left_out=[shown_code(line["entry"]) for _c, line in reached if line["entry"] in gone],
    )


@bp.route("/phe-duyet", methods=["GET", "POST"])
def approve() -> Response:
    """Record who approved the proposed list."""
    _require(Task.APPROVE)
    form = ApprovalForm(body=current_contest.regulation.organiser[0], held_on=clock.local(clock.now()).date())
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.approve(
                    current_contest,
                    body=form.body.data,
                    held_on=form.held_on.data,
                    number=form.number.data or "",
                    note=form.note.data or "",
                    by=current_user,
                    now=clock.now(),
                )
            flash(_("The approval is recorded. The list can be posted now."))
            return redirect(url_for(".overview"), code=303)
    return _page("results/approve.html", Act.APPROVE, form)


@bp.route("/niem-yet", methods=["GET", "POST"])
def post_list() -> Response:
    """Hang the list on the public notice."""
    _require(Task.POST)
    form = Confirmation()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                posting = services.post_list(current_contest, by=current_user, now=clock.now())
                until = posting.until
            flash(_("The list is posted until the end of %(until)s.", until=f"{until:%d/%m/%Y}"))
            return redirect(url_for(".overview"), code=303)
    today = clock.local(clock.now()).date()
    until = gates.last_day(today, current_contest.regulation.calendar.posting_days)
    return _page("results/post.html", Act.POST, form, today=today, until=until)


@bp.route("/quyet-dinh", methods=["GET", "POST"])
def decide() -> Response:
    """Record the decision and freeze its copy."""
    _require(Task.DECIDE)
    letterhead = current_contest.regulation.letterhead
    form = DecisionForm(
        decided_on=clock.local(clock.now()).date(),
        issuer=current_contest.regulation.issuer,
        signer_power=" ".join(letterhead.signer_power),
        signer_title=letterhead.signer_title,
        signer_name=letterhead.signer_name,
    )
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
                    by=current_user,
                    now=clock.now(),
                )
            flash(_("The decision is recorded and its list is frozen."))
            return redirect(url_for(".overview"), code=303)
    return _page("results/decide.html", Act.DECIDE, form, letterhead=letterhead)


@bp.route("/cong-bo", methods=["GET", "POST"])
def publish() -> Response:
    """Make the results public."""
    _require(Task.PUBLISH)
    form = Confirmation()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.publish(current_contest, by=current_user, now=clock.now())
            flash(_("The results are public."))
            return redirect(url_for("results.show"), code=303)
    return _page("results/publish.html", Act.PUBLISH, form, decision=queries.newest_decision(current_contest))
