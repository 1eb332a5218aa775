"""The page at which the secretariat brings in paper ballots."""

from __future__ import annotations

from flask import abort, flash, g, make_response, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.ballots import documents, queries, services
from contest.ballots.checking import Checked, check
from contest.ballots.forms import ConfirmationForm, FileForm
from contest.ballots.heads import LABELS, Field
from contest.ballots.models import PaperBatch
from contest.ballots.outcomes import Outcome
from contest.database import transaction
from contest.errors import N_
from contest.web import reading_tables, wall
from contest.web.access import guard_office
from contest.web.addresses import contest_blueprint
from contest.web.navigation import add_item
from contest.web.pages import answer
from contest.web.reading_tables import LARGEST_MEGABYTES, MEGABYTE
from contest.web.refusals import refused_at

WRITERS = ("secretary", "organizer")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 200

bp = contest_blueprint("ballots_office", __name__, url_prefix="/ban-thu-ky/phieu-giay")
guard_office(bp, read=WRITERS, write=WRITERS)
add_item(
    "office", "ballots_office.bring", label=N_("Paper ballots"), order=25, roles=WRITERS, under="judging_office.rounds"
)


def columns() -> dict[Field, str]:
    """What the columns are called in the language of the reader."""
    return {field: _(label) for field, label in LABELS.items()}


@bp.route("", methods=["GET", "POST"])
def bring() -> Response:
    """Take a file, and show what it would record or everything that is wrong with it."""
    form = FileForm()
    rounds = queries.rounds_taking_paper(g.contest)
    checked: Checked | None = None
    if form.validate_on_submit():
        with refused_at(form):
            content = form.file.data.read(LARGEST_MEGABYTES * MEGABYTE + 1)
            name = form.file.data.filename or ""
            tables = reading_tables.read(name, content)
            checked = check(tables, rounds, columns())
            if not checked.problems:
                with transaction():
                    batch = services.keep_batch(
                        g.contest, tables, name=name, content=content, by=current_user, now=clock.now()
                    )
                    batch_id = batch.id
                return redirect(url_for(".confirm", batch_id=batch_id), code=303)
    wrong = [(problem.table, problem.cell, problem.sentence(_)) for problem in (checked.problems if checked else ())]
    response = answer("ballots/bring.html", form=form, rounds=rounds, wrong=wrong, largest=LARGEST_MEGABYTES)
    if wrong:
        response.status_code = 422
    return response


@bp.get("/mau-phieu.xlsx")
def empty_form() -> Response:
    """Give the empty form, with every work that a juror was given filled in."""
    made = documents.empty_form(
        queries.rounds_taking_paper(g.contest),
        columns(),
        categories={category.code: category.name for category in g.contest.regulation.categories},
        dated=clock.local(clock.now()).date(),
    )
    response = make_response(made)
    response.mimetype = XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="mau-phieu-{g.contest.slug}.xlsx"'
    return response


@bp.route("/<int:batch_id>", methods=["GET", "POST"])
def confirm(batch_id: int) -> Response:
    """Show what a file would record, and record all of it once that is confirmed."""
    batch = _batch(batch_id)
    form = ConfirmationForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                done = services.confirm_batch(
                    _batch(batch_id), seen=form.seen.data, columns=columns(), by=current_user, now=clock.now()
                )
            recorded = done.changing
            flash(ngettext("%(num)s ballot was recorded.", "%(num)s ballots were recorded.", recorded))
            return redirect(url_for(".bring"), code=303)
    checked = check(services.tables_of(batch), queries.rounds_taking_paper(g.contest), columns())
    form.seen.data = services.digest(checked)
    return answer(
        "ballots/confirm.html",
        form=form,
        batch=batch,
        checked=checked,
        most=MOST_SHOWN,
        new=checked.count(Outcome.NEW),
        corrected=checked.count(Outcome.CORRECTION),
        unchanged=checked.count(Outcome.UNCHANGED),
    )


def _batch(batch_id: int) -> PaperBatch:
    """A file that waits to be confirmed; whoever may not hear of a work in it finds none."""
    batch = queries.batch_of(g.contest, batch_id) or abort(404)
    cells = (cell for _name, rows in batch.tables for _number, row in rows for cell in row)
    return abort(404) if wall.mentions("\n".join(cells)) else batch
