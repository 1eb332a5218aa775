"""Where the secretariat numbers, draws and takes away the certificates."""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path

from flask import (
    Response,
    abort,
    current_app,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.certificates import documents, queries, seal, services
from contest.certificates.forms import ActForm
from contest.certificates.office.blueprint import bp
from contest.database import transaction
from contest.jobs import Job, JobState
from contest.results import queries as results
from contest.results.gates import Act
from contest.web import tables
from contest.web.access import guard_fresh
from contest.web.addresses import current_contest
from contest.web.pages import answer
from contest.web.pagination import paginate
from contest.web.refusals import refused_at, words
from contest.web.tables import Table, offered
from contest.winners import queries as winners


def register_table() -> Table:
    """The register of certificates, those that are no longer in force among them."""
    columns = [
        tables.text("register_number", _("Register number"), lambda one: one.printed["register_number"], width=18),
        tables.text("people", _("Awarded to"), width=44),
        tables.text("work", _("Work"), lambda one: one.printed["work"], width=48),
        tables.text("prize", _("Prize"), lambda one: one.printed["facts"]["award"], width=20),
        tables.text("category", _("Category"), lambda one: one.printed["facts"]["category"], width=16),
        tables.yes("own_copy", _("own copy"), lambda one: one.position > 0),
        tables.text("code", _("Code"), attrgetter("shown_code"), width=28),
        tables.text("state", _("State"), lambda one: _(one.state_label)),
        tables.yes("drawn", _("Drawn"), lambda one: one.sha256 is not None),
        tables.date("ended_on", _("Ended on")),
        tables.text("ended_by", _("Ended by decision")),
    ]
    found = tables.streamed(queries.register(current_contest))
    return Table("so-giay-chung-nhan", _("Register of certificates"), columns, found)


@bp.get("")
@offered(register_table)
def index() -> Response:
    """Show where the certificates stand, and the one thing to do next."""
    return _index(ActForm())


def _index(form: ActForm) -> Response:
    decision = results.newest_decision(current_contest)
    page = paginate(queries.register(current_contest), per_page=50) if decision else None
    publication = results.publication_of(current_contest)
    return answer(
        "certificates/office/index.html",
        form=form,
        decision=decision,
        page=page,
        missing=_missing() if page is not None and not page.total else None,
        kept=queries.set_of(decision) if decision else None,
        job=queries.newest_drawing(current_contest),
        progress_words=progress_words,
        published=publication is not None and decision is not None and publication.decision_id == decision.id,
        behind=decision is not None and services.is_behind(current_contest, decision),
        undrawn=queries.undrawn(current_contest),
        waiting=len(winners.unconfirmed(current_contest)) if publication is not None else 0,
        restyled=len(services.behind_templates(current_contest)),
    )


def _missing() -> str | None:
    """Say what the first numbering still waits for."""
    refusal = results.situation_of(current_contest).kept.get(Act.PREPARE)
    return words(refusal) if refusal is not None else None


@bp.post("/chuan-bi")
@guard_fresh
def prepare() -> AnyResponse:
    """Give every certificate its words, number and code."""
    form = ActForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                made = services.prepare(
                    current_contest,
                    key=seal.signing_key(Path(current_app.instance_path)),
                    by=current_user,
                    now=clock.now(),
                )
                count = len(made)
            flash(
                ngettext(
                    "%(num)s certificate has its number and code.",
                    "%(num)s certificates have their numbers and codes.",
                    count,
                )
            )
            return redirect(url_for("certificates_office.index"), code=303)
    return _index(form)


@bp.post("/ve")
def draw() -> AnyResponse:
    """Have all certificates drawn in the background."""
    form = ActForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.request_drawing(current_contest, again=True, by=current_user, now=clock.now())
            return redirect(url_for("certificates_office.index"), code=303)
    return _index(form)


@bp.get("/tien-do.json")
def progress() -> Response:
    """Tell a script how far the drawing is."""
    job = queries.newest_drawing(current_contest)
    if job is None:
        abort(404)
    return jsonify(state=str(job.state), done=job.done, total=job.total, words=progress_words(job))


def progress_words(job: Job) -> str:
    """Say how far a drawing is."""
    if job.state == JobState.QUEUED and not job.done:
        return _("Waiting for the drawing to begin.")
    return _("%(done)s of %(total)s drawn.", done=job.done, total=job.total)


@bp.get("/xem-truoc")
def preview() -> str:
    """Show how the shortest and the longest words of the decision stand on paper."""
    return render_template("certificates/office/preview.html", specimens=services.specimens(current_contest))


@bp.get("/xem-truoc/<which>.png")
def preview_picture(which: str) -> Response:
    """Draw one of the specimens as a picture."""
    specimen = services.specimens(current_contest).get(which)
    if specimen is None:
        abort(404)
    response = make_response(documents.picture(documents.draw_specimen(specimen.printed, specimen.design)))
    response.mimetype = "image/png"
    return response
