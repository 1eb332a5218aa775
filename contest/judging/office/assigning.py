"""Who judges what, by panel, and the jurors of one work chosen by hand."""

from __future__ import annotations

from operator import attrgetter

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import transaction
from contest.judging import queries, services
from contest.judging.forms import HandForm
from contest.judging.models import Round, RoundEntry
from contest.judging.office.blueprint import bp, find_round
from contest.regulations.scoring import PanelRule
from contest.web import tables
from contest.web.pages import answer
from contest.web.pagination import paginate
from contest.web.refusals import refused_at
from contest.web.tables import Table, offered


def find_scored(code: str) -> Round:
    """A round in which works are assigned, or 404: on a vote the whole panel votes."""
    row = find_round(code)
    if row.rule.is_voted:
        abort(404)
    return row


def find_panel(row: Round, code: str) -> PanelRule:
    """A panel of the round, or 404."""
    return next((panel for panel in row.panel_rules if panel.code == code), None) or abort(404)


def works_table(code: str, panel: str) -> Table:
    """The works of a panel with their jurors."""
    row = find_scored(code)
    named = find_panel(row, panel)
    by_work: dict[int, list[queries.AssignmentLine]] = {}
    for line in queries.assignment_lines(row):
        if line.recused_at is None and not line.third and not line.advisory:
            by_work.setdefault(line.entry_id, []).append(line)
    names = _names([line.juror_id for lines in by_work.values() for line in lines])
    needed = row.rule.jurors_per_entry

    def jurors(work: RoundEntry) -> str:
        return "; ".join(names[line.juror_id] for line in by_work.get(work.entry_id, ()))

    columns = [
        tables.text("code", _("Code"), attrgetter("entry.shown_code"), width=12),
        tables.text("title", _("Work"), attrgetter("entry.title"), width=52),
        tables.text("jurors", _("Jurors"), jurors, width=48),
        tables.number(
            "missing", _("Jurors missing"), lambda work: max(needed - len(by_work.get(work.entry_id, ())), 0)
        ),
        tables.number("sent", _("Sent"), lambda work: sum(line.sent for line in by_work.get(work.entry_id, ()))),
    ]
    title = _("Assignment: %(panel)s", panel=named.name)
    name = f"giam-khao-{code}-{panel}".replace("_", "-").lower()
    return Table(name, title, columns, tables.streamed(queries.works_to_assign(row, panel)))


@bp.get("/<code>/phan-cong/<panel>")
@offered(works_table)
def assignments(code: str, panel: str) -> Response:
    """List the works of a panel with their jurors, and each juror's load."""
    row = find_scored(code)
    named = find_panel(row, panel)
    page = paginate(queries.works_to_assign(row, panel))
    by_work: dict[int, list[queries.AssignmentLine]] = {}
    for line in queries.assignment_lines(row, [work.entry_id for work in page.items]):
        by_work.setdefault(line.entry_id, []).append(line)
    panels = queries.panels_of(row)
    members = panels[panel].members if panel in panels else []
    return answer(
        "judging/office/assignments.html",
        row=row,
        rule=row.rule,
        panel=named,
        page=page,
        by_work=by_work,
        members=members,
        loads=queries.loads_of(row),
        names=_names([line.juror_id for lines in by_work.values() for line in lines]),
        sealed=row.sealed_at is not None,
    )


def _names(juror_ids: list[int]) -> dict[int, str]:
    return {user_id: user.name for user_id, user in queries.people(juror_ids).items()}


def find_work(row: Round, entry_id: int) -> RoundEntry:
    """A work of the round, or 404."""
    return queries.work_in(row, entry_id) or abort(404)


@bp.route("/<code>/tac-pham/<int:entry_id>", methods=["GET", "POST"])
def work(code: str, entry_id: int) -> Response:
    """Show who judges a work and how far they are, and choose its jurors by hand."""
    row = find_scored(code)
    found = find_work(row, entry_id)
    present = queries.panels_of(row).get(found.panel)
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
            return redirect(url_for(".assignments", code=code, panel=found.panel), code=303)
    elif not form.is_submitted():
        form.jurors.data = [
            line.juror_id for line in lines if line.recused_at is None and not line.third and not line.advisory
        ]
    names = {**{user.id: user.name for user in members.values()}, **_names([line.juror_id for line in lines])}
    return answer(
        "judging/office/work.html",
        form=form,
        row=row,
        rule=row.rule,
        work=found,
        panel_name=row.panel_name(found.panel),
        members=members,
        quotas={member.user_id: member.quota for member in present.members} if present else {},
        lines=lines,
        names=names,
        loads=queries.loads_of(row),
        conflicts=queries.conflicts_in(row, list(members), [entry_id]),
        sealed=row.sealed_at is not None,
    )
