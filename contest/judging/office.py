"""The secretariat's doors to the jury room: rounds, panels, assignment, opening, progress, extra time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import transaction
from contest.errors import N_
from contest.judging import progress as rules
from contest.judging import queries, services
from contest.judging.forms import ConfirmForm, HandForm, PanelForm, ReopenForm, SpreadForm
from contest.judging.models import Panel, Round, RoundEntry
from contest.judging.window import Phase, Window
from contest.regulations.scoring import RoundRule
from contest.web.access import guard_office
from contest.web.addresses import contest_blueprint
from contest.web.navigation import add_item
from contest.web.pages import answer
from contest.web.pagination import paginate
from contest.web.refusals import refused_at

STAFF = ("secretary", "organizer", "observer")
WRITERS = ("secretary", "organizer")
LARGEST_SEED = 2**31

bp = contest_blueprint("judging_office", __name__, url_prefix="/ban-thu-ky/cham-giai")
guard_office(bp, read=STAFF, write=WRITERS)
add_item("office", "judging_office.rounds", label=N_("Judging"), order=20, roles=STAFF)


# Rounds ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownRound:
    """A round on the overview: what the regulation asks for, and what is there."""

    rule: RoundRule
    row: Round | None
    window: Window
    works: dict[str, int]
    panels: dict[str, Panel]
    waiting: int
    is_first: bool
    now: Any

    @property
    def phase(self) -> Phase:
        """Where the round stands."""
        return self.window.phase(self.now)

    @property
    def total(self) -> int:
        """Number of works."""
        return sum(self.works.values())


@bp.get("")
def rounds() -> Response:
    """Show every round of the regulation with its works and panels, and what can be done with it."""
    rows = {row.code: row for row in queries.rounds_of(g.contest)}
    works = queries.counts_of_rounds(g.contest)
    shown = [_shown_round(rule, rows.get(rule.code), works) for rule in g.contest.regulation.rounds]
    return answer("judging/office/rounds.html", form=ConfirmForm(), rounds=shown, regulation=g.contest.regulation)


def _shown_round(rule: RoundRule, row: Round | None, works: dict[int, dict[str, int]]) -> ShownRound:
    first = g.contest.regulation.rounds[0].code == rule.code
    open_for_works = first and (row is None or row.sealed_at is None)
    return ShownRound(
        rule=row.rule if row else rule,
        row=row,
        window=row.window() if row else Window(rule.name, rule.opens, rule.closes),
        works=works.get(row.id, {}) if row else {},
        panels=queries.panels_of(row) if row else {},
        waiting=queries.count_waiting(g.contest, row) if open_for_works else 0,
        is_first=first,
        now=clock.now(),
    )


@bp.post("/<code>/nhan-tac-pham")
def admit(code: str) -> Response:
    """Take the accepted works into the first round."""
    if code != g.contest.regulation.rounds[0].code:
        abort(404)
    form = ConfirmForm()
    if form.validate_on_submit():
        with transaction():
            row = services.begin_round(g.contest, code)
            number = len(services.admit_accepted(row, by=current_user, now=clock.now()))
        flash(ngettext("%(num)s work was taken in.", "%(num)s works were taken in.", number))
    return redirect(url_for(".rounds"), code=303)


def find_round(code: str) -> Round:
    """A round that exists, or 404."""
    return queries.round_of(g.contest, code) or abort(404)


@bp.route("/<code>/mo", methods=["GET", "POST"])
def open_round(code: str) -> Response:
    """Open a round: the page says what is bound by it, the button does it."""
    row = find_round(code)
    form = ConfirmForm()
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.open_round(row, by=current_user, now=clock.now())
        if not form.errors:
            flash(_("The %(round)s is open. Every juror with works got a letter.", round=row.name))
            return redirect(url_for(".progress", code=code), code=303)
    rule = g.contest.regulation.round(code)
    return answer(
        "judging/office/open.html",
        form=form,
        row=row,
        rule=rule,
        coverage=queries.coverage(row, rule.jurors_per_entry),
        version=g.contest.version,
    )


# Progress ----------------------------------------------------------------------------------------------------------


@bp.get("/<code>")
def progress(code: str) -> Response:
    """Show how many sheets are in, by category and by juror; never a mark."""
    row = find_round(code)
    window, now = row.window(), clock.now()
    board = rules.board(queries.progress(row), opens=window.opens, closes=window.closes, now=now)
    return answer(
        "judging/office/progress.html",
        form=ConfirmForm(),
        row=row,
        rule=row.rule,
        window=window,
        phase=window.phase(now),
        board=board,
        coverage=queries.coverage(row, row.rule.jurors_per_entry),
        people=queries.people(line.juror_id for line in board.by_juror),
        reopened=queries.reopened(row, now=now),
        regulation=row.regulation,
        days_left=max((window.closes - now).days, 0),
        expected=rules.elapsed_permille(window.opens, window.closes, now),
        categories=[category for category in row.rule.rubrics if category in board.by_category],
        largest=max((tally.assigned for tally in board.by_category.values()), default=0),
    )


@bp.post("/<code>/nhac")
def remind(code: str) -> Response:
    """Write to the jurors who are not done, or to one of them."""
    row = find_round(code)
    form = ConfirmForm()
    if form.validate_on_submit():
        one = request.form.get("juror", type=int)
        with transaction():
            number = services.remind(row, jurors=None if one is None else [one], by=current_user, now=clock.now())
        flash(
            ngettext("A reminder goes to %(num)s juror.", "A reminder goes to %(num)s jurors.", number)
            if number
            else _("Nobody has sheets left, so no letter was written.")
        )
    return redirect(url_for(".progress", code=code), code=303)


# Panels ------------------------------------------------------------------------------------------------------------


@bp.route("/<code>/hoi-dong/<category>", methods=["GET", "POST"])
def panel(code: str, category: str) -> Response:
    """Choose who sits on the panel of a category and who chairs it."""
    rule = next((rule for rule in g.contest.regulation.rounds if rule.code == code), None) or abort(404)
    if category not in rule.rubrics:
        abort(404)
    jurors = queries.jurors_of(g.contest)
    row = queries.round_of(g.contest, code)
    present = queries.panels_of(row).get(category) if row else None
    form = PanelForm()
    form.offer(jurors)
    if form.validate_on_submit():
        chosen = [juror for juror in jurors if juror.id in (form.members.data or [])]
        chair = next((juror for juror in jurors if juror.id == form.chair.data), None)
        with refused_at(form), transaction():
            services.form_panel(
                services.begin_round(g.contest, code),
                category,
                members=chosen,
                chair=chair,
                by=current_user,
                now=clock.now(),
            )
        if not form.errors:
            flash(_("The panel is formed."))
            return redirect(url_for(".rounds"), code=303)
    elif not form.is_submitted() and present is not None:
        form.members.data = [member.user_id for member in present.members]
        form.chair.data = next((member.user_id for member in present.members if member.chair), None)
    return answer(
        "judging/office/panel.html",
        form=form,
        rule=rule,
        category=g.contest.regulation.category(category),
        jurors=jurors,
    )


# Assignment --------------------------------------------------------------------------------------------------------


@bp.get("/<code>/phan-cong/<category>")
def assignments(code: str, category: str) -> Response:
    """List the works of a category with their jurors, and each juror's load."""
    row = find_round(code)
    if category not in row.rule.rubrics:
        abort(404)
    page = paginate(queries.works_to_assign(row, category))
    by_work: dict[int, list[queries.AssignmentLine]] = {}
    for line in queries.assignment_lines(row, [work.entry_id for work in page.items]):
        by_work.setdefault(line.entry_id, []).append(line)
    panels = queries.panels_of(row)
    members = panels[category].members if category in panels else []
    return answer(
        "judging/office/assignments.html",
        row=row,
        rule=row.rule,
        regulation=row.regulation,
        category=row.regulation.category(category),
        page=page,
        by_work=by_work,
        members=members,
        loads=queries.loads_of(row),
        names=_names([line.juror_id for lines in by_work.values() for line in lines]),
        sealed=row.sealed_at is not None,
    )


def _names(juror_ids: list[int]) -> dict[int, str]:
    return {user_id: user.name for user_id, user in queries.people(juror_ids).items()}


@bp.route("/<code>/chia-deu", methods=["GET", "POST"])
def spread(code: str) -> Response:
    """Propose an even assignment, show it, and make it as one act when it is confirmed."""
    row = find_round(code)
    category = request.args.get("loai")
    if category is not None and category not in row.rule.rubrics:
        abort(404)
    form = SpreadForm()
    if form.validate_on_submit():
        with refused_at(form), transaction():
            done = services.spread(
                row,
                seed=form.seed.data or 0,
                digest=form.digest.data or "",
                category=category,
                by=current_user,
                now=clock.now(),
            )
        if not form.errors:
            number = len(done.spread.lines)
            flash(ngettext("%(num)s assignment was made.", "%(num)s assignments were made.", number))
            return redirect(
                url_for(".assignments", code=code, category=category) if category else url_for(".rounds"), code=303
            )
    seed = request.args.get("lan", 1, type=int)
    seed = seed if 0 <= seed < LARGEST_SEED else 1
    proposal = services.propose_spread(row, seed=seed, category=category)
    form.propose(proposal.seed, proposal.digest)
    return answer("judging/office/spread.html", form=form, **_shown_proposal(row, proposal, category))


def _shown_proposal(row: Round, proposal: services.Proposal, category: str | None) -> dict[str, Any]:
    """What the page of a proposal shows: who gets what, the load of each juror, what stands in the way."""
    spread = proposal.spread
    works = {work.entry_id: work for work in queries.round_entries(row) if category in (None, work.category)}
    people = queries.people(spread.loads)
    panels = {
        name: {member.user_id for member in panel.members}
        for name, panel in queries.panels_of(row).items()
        if category in (None, name)
    }
    lines: dict[int, list[str]] = {}
    for entry_id, juror_id in spread.lines:
        lines.setdefault(entry_id, []).append(people[juror_id].name)
    before = queries.loads_of(row)
    loads = [(people[juror], before.get(juror, 0), spread.loads[juror]) for juror in set().union(*panels.values())]
    return {
        "row": row,
        "rule": row.rule,
        "regulation": row.regulation,
        "category": row.regulation.category(category) if category else None,
        "proposal": proposal,
        "spread": spread,
        "works": works,
        "lines": lines,
        "loads": sorted(loads, key=lambda line: (-line[2], line[0].name)),
        "conflicts": [
            (people[juror_id], works[entry_id], kinds)
            for (juror_id, entry_id), kinds in sorted(proposal.conflicts.items())
            if entry_id in works and juror_id in panels.get(works[entry_id].category, ())
        ],
    }


def find_work(row: Round, entry_id: int) -> RoundEntry:
    """A work of the round, or 404."""
    return queries.work_in(row, entry_id) or abort(404)


@bp.route("/<code>/tac-pham/<int:entry_id>", methods=["GET", "POST"])
def work(code: str, entry_id: int) -> Response:
    """Show who judges a work and how far they are, and choose its jurors by hand."""
    row = find_round(code)
    found = find_work(row, entry_id)
    present = queries.panels_of(row).get(found.category)
    members = {member.user_id: member.user for member in present.members} if present else {}
    lines = queries.assignment_lines(row, [entry_id])
    form = HandForm()
    form.jurors.choices = [(juror.id, juror.name) for juror in members.values()]
    if form.validate_on_submit():
        chosen = [members[juror_id] for juror_id in form.jurors.data or [] if juror_id in members]
        with refused_at(form), transaction():
            services.choose_jurors(row, found.entry, chosen, by=current_user, now=clock.now())
        if not form.errors:
            flash(_("The jurors of %(work)s are chosen.", work=found.entry.shown_code))
            return redirect(url_for(".assignments", code=code, category=found.category), code=303)
    elif not form.is_submitted():
        form.jurors.data = [line.juror_id for line in lines if line.recused_at is None]
    names = {**{user.id: user.name for user in members.values()}, **_names([line.juror_id for line in lines])}
    return answer(
        "judging/office/work.html",
        form=form,
        row=row,
        rule=row.rule,
        work=found,
        category=row.regulation.category(found.category),
        members=members,
        lines=lines,
        names=names,
        loads=queries.loads_of(row),
        conflicts=services.conflicts_in(row, list(members), [entry_id]),
        sealed=row.sealed_at is not None,
    )


@bp.route("/<code>/mo-lai/<int:assignment_id>", methods=["GET", "POST"])
def reopen(code: str, assignment_id: int) -> Response:
    """Give one juror extra time for one work."""
    row = find_round(code)
    assignment = queries.assignment_in(row, assignment_id) or abort(404)
    form = ReopenForm()
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.reopen(
                assignment, until=form.moment, reason=form.reason.data or "", by=current_user, now=clock.now()
            )
        if not form.errors:
            flash(_("The sheet is open again, and the juror got a letter."))
            return redirect(url_for(".progress", code=code), code=303)
    return answer("judging/office/reopen.html", form=form, row=row, assignment=assignment, window=row.window())
