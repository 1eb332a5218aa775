"""The rounds of the regulation: what is there, what is missing, taking works in, opening."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import transaction
from contest.judging import queries, services
from contest.judging.ballots import prizes_by_vote
from contest.judging.forms import ConfirmForm
from contest.judging.models import Panel, Round
from contest.judging.office.blueprint import bp, find_round
from contest.judging.window import Phase, Window
from contest.regulations.scoring import PanelRule, RoundRule
from contest.web.pages import answer
from contest.web.refusals import refused_at


@dataclass(frozen=True)
class ShownRound:
    """A round on the overview: what the regulation asks for, and what is there."""

    rule: RoundRule
    row: Round | None
    window: Window
    panel_rules: tuple[PanelRule, ...]
    works: dict[str, int]
    panels: dict[str, Panel]
    waiting: int
    is_first: bool
    votes: bool
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
    shown = [_shown_round(rule, rows.get(rule.code)) for rule in g.contest.regulation.rounds]
    return answer("judging/office/rounds.html", form=ConfirmForm(), rounds=shown)


def _shown_round(rule: RoundRule, row: Round | None) -> ShownRound:
    first = g.contest.regulation.rounds[0].code == rule.code
    is_last = g.contest.regulation.rounds[-1].code == rule.code
    open_for_works = first and (row is None or row.sealed_at is None)
    return ShownRound(
        rule=row.rule if row else rule,
        row=row,
        window=row.window() if row else Window(rule.name, rule.opens, rule.closes),
        panel_rules=row.panel_rules if row else g.contest.regulation.panels_of(rule),
        works=queries.works_by_panel(row) if row else {},
        panels=queries.panels_of(row) if row else {},
        waiting=queries.count_waiting(g.contest, row) if open_for_works else 0,
        is_first=first,
        votes=rule.is_voted or (is_last and bool(prizes_by_vote(g.contest.regulation))),
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
        members=len({line.juror_id for line in queries.members_of(row)}),
    )
