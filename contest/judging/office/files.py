"""Assignments as a file: taken out, and brought in as a proposal."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from flask import redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import transaction
from contest.judging import queries, services
from contest.judging.assignment import flaws
from contest.judging.assignment.files import LABELS, Column, read
from contest.judging.forms import AssignmentsFileForm
from contest.judging.models import Round
from contest.judging.office.assigning import find_scored
from contest.judging.office.blueprint import WRITERS, bp
from contest.web import tables, wall
from contest.web.pages import answer
from contest.web.reading_tables import LARGEST_MEGABYTES, MEGABYTE, Row
from contest.web.reading_tables import read as read_tables
from contest.web.refusals import refused_at, words
from contest.web.tables import Table, as_attachment
from contest.web.text import fold

MOST_SHOWN = 200
WIDTHS = {Column.WORK: 12, Column.TITLE: 50, Column.PANEL: 20, Column.EMAIL: 28, Column.JUROR: 24, Column.STATE: 14}


@bp.get("/<code>/phan-cong.<any(csv,xlsx):kind>")
def assignments_file(code: str, kind: str) -> Response:
    """Give who judges what as a table, a row for each juror of each work."""
    row = find_scored(code)
    columns = [
        tables.text(column, _(label), itemgetter(place), width=WIDTHS[column])
        for place, (column, label) in enumerate(LABELS.items())
    ]
    title = _("Assignments: %(round)s", round=row.name)
    name = f"phan-cong-{row.code.replace('_', '-')}"
    return as_attachment(Table(name, title, columns, _rows(row), personal=True), kind)


def _rows(row: Round) -> list[list[str | None]]:
    lines: dict[int, list[queries.AssignmentLine]] = {}
    for line in queries.assignment_lines(row):
        if line.recused_at is None and not line.third and not line.advisory:
            lines.setdefault(line.entry_id, []).append(line)
    people = queries.people(line.juror_id for found in lines.values() for line in found)
    rows: list[list[str | None]] = []
    for work in queries.round_entries(row):
        about: list[str | None] = [work.entry.shown_code, work.entry.title, row.panel_name(work.panel)]
        if work.entry_id not in lines:
            rows.append([*about, "", "", ""])
        for line in lines.get(work.entry_id, ()):
            juror = people[line.juror_id]
            state = _("Sent") if line.sent else _("Draft") if line.begun else _("Not marked")
            rows.append([*about, juror.email, juror.name, state])
    return rows


@bp.route("/<code>/nhap-phan-cong", methods=["GET", "POST"])
def bring_assignments(code: str) -> Response:
    """Take a file of assignments, and show it as a proposal or say everything that is wrong with it."""
    row = find_scored(code)
    wall.require_whole(*WRITERS)
    form = AssignmentsFileForm()
    wrong: list[tuple[int, str]] = []
    if form.validate_on_submit():
        with refused_at(form):
            content = form.file.data.read(LARGEST_MEGABYTES * MEGABYTE + 1)
            table = read_tables(form.file.data.filename or "", content)[0]
            with transaction():
                wrong = _bring(row, table.rows)
            if not wrong:
                return redirect(url_for(".spread", code=code), code=303)
    response = answer(
        "judging/office/bring.html",
        form=form,
        row=row,
        rule=row.rule,
        wrong=wrong[:MOST_SHOWN],
        count=len(wrong),
        largest=LARGEST_MEGABYTES,
        waits=queries.spread_plan(row, None) is not None,
    )
    if wrong:
        response.status_code = 422
    return response


def _bring(row: Round, rows: tuple[Row, ...]) -> list[tuple[int, str]]:
    """Keep what the rows say as a proposal.

    :return: what is wrong, with the number of the row; nothing was kept then
    """
    now = clock.now()
    posed = queries.posed(row, panel=None, now=now)
    people = queries.people(seat.juror for seat in posed.problem.seats)
    names: dict[str, list[int]] = {}
    for juror in people.values():
        names.setdefault(fold(juror.name), []).append(juror.id)
    reading = read(
        rows,
        works={fold(code): work.entry_id for work in posed.works.values() for code in _codes(work.entry)},
        emails={juror.email.lower(): juror.id for juror in people.values()},
        names=names,
    )
    wrong = [(one.row, _(one.mistake.sentence) % {"written": one.written[:80]}) for one in reading.misread]
    chosen = reading.chosen
    lines = {
        (work.entry_id, juror)
        for work in posed.problem.works
        for juror in chosen.get(work.entry_id, work.settled | work.held)
    }
    first = {entry_id: number for (entry_id, _juror), number in sorted(reading.rows.items(), reverse=True)}
    for line, flaw in flaws(posed.problem, lines).items():
        if line[0] in chosen:
            wrong.append((reading.rows.get(line, first[line[0]]), words(services.refusal_of(flaw, posed, line))))
    if not wrong:
        services.plan_from_file(row, chosen, posed=posed, by=current_user, now=now)
    return sorted(wrong)


def _codes(entry: Any) -> tuple[str, ...]:
    return (entry.code or "", entry.shown_code or "")
