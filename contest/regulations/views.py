"""What everybody reads: the regulation as a page, on paper, and its calendar; and the page that begins a contest."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Response, abort, flash, redirect, render_template, send_file, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.database import transaction
from contest.errors import N_
from contest.regulations import documents, presets, queries, services, totals
from contest.regulations.calendar import DECISION, Milestone, calendar_phase, milestones
from contest.regulations.forms import ContestForm
from contest.regulations.models import NotAdopted, RegulationVersion
from contest.regulations.provisions import provisions
from contest.web.access import guard_signed_in, make_organizer
from contest.web.addresses import absolute_url, contest_blueprint, current_contest
from contest.web.navigation import add_item
from contest.web.pages import answer
from contest.web.refusals import refused_at
from contest.web.wall import outside

bp = outside(contest_blueprint("regulations", __name__))
beginning = Blueprint("regulations_beginning", __name__, url_prefix="/cuoc-thi")
guard_signed_in(beginning)
blueprints = (bp, beginning)
add_item("main", "regulations.show", label=N_("Regulation"), order=10)


@bp.get("/the-le")
def show() -> str:
    """Show the regulation in force."""
    if current_contest.version is None:
        return render_template("regulations/not_adopted.html")
    return _page(current_contest.version)


@bp.get("/the-le/<int:number>")
def show_version(number: int) -> str:
    """Show the regulation as it was adopted under a number."""
    version = queries.version_numbered(current_contest, number)
    if version is None:
        abort(404)
    return _page(version)


def _page(version: RegulationVersion) -> str:
    regulation = version.regulation
    return render_template(
        "regulations/show.html",
        version=version,
        versions=queries.versions(current_contest),
        regulation=regulation,
        chapters=provisions(regulation),
        prize_count=totals.prizes_at_most(regulation),
        milestones=[milestone for milestone in milestones(regulation) if milestone.code != DECISION],
        phase=calendar_phase(regulation, clock.now()),
        name_of=name_of,
    )


def name_of(milestone: Milestone) -> str:
    """Call a milestone by the name the regulation gives it, or by ours."""
    return milestone.name or _(milestone.label or milestone.code)


@bp.get("/the-le.pdf")
def pdf() -> Response:
    """Give the regulation in force as a booklet to print."""
    return _booklet(_in_force())


@bp.get("/the-le/<int:number>.pdf")
def pdf_version(number: int) -> Response:
    """Give an adopted version as a booklet to print."""
    version = queries.version_numbered(current_contest, number)
    if version is None:
        abort(404)
    return _booklet(version)


def _booklet(version: RegulationVersion) -> Response:
    name = f"the-le-{current_contest.slug}-{version.number}.pdf"
    return _of_version(version, documents.booklet(version), "application/pdf", name)


@bp.get("/lich.ics")
def calendar_file() -> Response:
    """Give the calendar in force as a file for other calendars."""
    version = _in_force()
    labels = {milestone.code: name_of(milestone) for milestone in milestones(version.regulation)}
    written = documents.calendar_file(current_contest, version, labels=labels, address=absolute_url("regulations.show"))
    return _of_version(version, written, "text/calendar", f"lich-{current_contest.slug}.ics")


def _of_version(version: RegulationVersion, content: bytes, media_type: str, name: str) -> Response:
    """Give a file of a version; whoever has it asks again each time, for an amendment or a language changes it."""
    etag = f"{version.number}-{version.sha256[:16]}-{get_locale()}"
    return send_file(BytesIO(content), media_type, download_name=name, etag=etag, max_age=0)


def _in_force() -> RegulationVersion:
    version: RegulationVersion | None = current_contest.version
    if version is None:
        raise NotAdopted
    return version


@beginning.route("/moi", methods=["GET", "POST"])
def begin() -> AnyResponse:
    """Begin a contest from a ready regulation."""
    if not current_user.may_create_contests:
        abort(404)
    form = ContestForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                contest = services.create_contest(
                    slug=form.slug.data,
                    name=form.name.data,
                    short_name=form.short_name.data,
                    preset=form.preset.data,
                    by=current_user,
                    now=clock.now(),
                )
                make_organizer(contest.id)
                slug = contest.slug
            flash(_("The contest has begun. Next: set its dates and its letterhead, then adopt the regulation."))
            return redirect(url_for("regulations_office.overview", slug=slug), code=303)
    return answer(
        "regulations/begin.html", form=form, described={name: presets.description(name) for name in presets.NAMES}
    )
