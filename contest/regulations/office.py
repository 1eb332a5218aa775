"""The organizers' pages about the regulation: dates, letterhead, the whole text, adopting it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.database import transaction
from contest.errors import N_
from contest.regulations import checking, queries, services, usage
from contest.regulations.forms import AdoptForm, DraftForm, TextForm, calendar_form, letterhead_form
from contest.regulations.problems import RegulationInvalid
from contest.regulations.provisions import provisions
from contest.web.access import guard_office
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.navigation import add_item
from contest.web.pages import answer
from contest.web.refusals import refused_at

READERS = {"secretary", "organizer", "observer"}

bp = contest_blueprint("regulations_office", __name__, url_prefix="/ban-thu-ky/the-le")
guard_office(bp, read=READERS, write={"organizer"})
add_item("office", "regulations_office.overview", label=N_("Regulation"), order=90, roles=READERS)


@bp.get("")
def overview() -> str:
    """Show where the regulation stands and what is left to do."""
    return render_template("regulations/office/overview.html", versions=queries.versions(current_contest), **_state())


@bp.route("/lich", methods=["GET", "POST"])
def dates() -> AnyResponse:
    """Set the calendar in the draft."""
    return _edit(calendar_form(current_contest.draft_text), "regulations/office/dates.html")


@bp.route("/van-ban", methods=["GET", "POST"])
def letterhead() -> AnyResponse:
    """Set names, letterhead and signer in the draft."""
    return _edit(letterhead_form(current_contest.draft_text), "regulations/office/letterhead.html")


def _edit(form: DraftForm, template: str) -> AnyResponse:
    if not form.is_submitted():
        form.draft_version.data = current_contest.draft_version
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.save_draft_values(
                    current_contest,
                    form.values,
                    draft_version=form.draft_version.data,
                    by=current_user,
                    now=clock.now(),
                )
            flash(_("The draft is saved. It comes into force when it is adopted."))
            return redirect(url_for("regulations_office.overview"), code=303)
    return answer(template, form=form, **_state())


@bp.route("/toan-van", methods=["GET", "POST"])
def text() -> AnyResponse:
    """Edit the whole document, with the same checks as at adopting."""
    form = TextForm()
    if not form.is_submitted():
        form.text.data = current_contest.draft_text
        form.draft_version.data = current_contest.draft_version
    unreadable: list[Any] = []
    if form.validate_on_submit():
        with refused_at(form):
            try:
                with transaction():
                    services.save_draft_text(
                        current_contest,
                        form.text.data,
                        draft_version=form.draft_version.data,
                        by=current_user,
                        now=clock.now(),
                    )
            except RegulationInvalid as refusal:
                unreadable = refusal.problems
                raise
            flash(_("The draft is saved. It comes into force when it is adopted."))
            return redirect(url_for("regulations_office.text"), code=303)
    state = _state()
    return answer("regulations/office/text.html", form=form, **{**state, "problems": unreadable or state["problems"]})


@bp.get("/xem-truoc")
def preview() -> str:
    """Show the draft as the public would read it."""
    regulation = checking.checked(current_contest.draft_text).regulation
    if regulation is None:
        abort(404)
    return render_template("regulations/office/preview.html", regulation=regulation, chapters=provisions(regulation))


@bp.route("/ban-hanh", methods=["GET", "POST"])
def adopt() -> AnyResponse:
    """Put the draft into force under the number, date and signer of a decision."""
    form = AdoptForm()
    if not form.is_submitted():
        form.draft_version.data = current_contest.draft_version
    if form.validate_on_submit() and form.decision_date.data is not None:
        with refused_at(form):
            with transaction():
                version = services.adopt(
                    current_contest,
                    decision_number=form.decision_number.data,
                    decision_date=form.decision_date.data,
                    signer=form.signer.data,
                    draft_version=form.draft_version.data,
                    by=current_user,
                    now=clock.now(),
                )
                number = version.number
            flash(_("Version %(number)s of the regulation is in force.", number=number))
            return redirect(url_for("regulations_office.overview"), code=303)
    return answer("regulations/office/adopt.html", form=form, **_state())


def _state() -> dict[str, Any]:
    """What every page here says of the draft: what is wrong with it, and what it would change."""
    version = current_contest.version
    check = checking.checked(
        current_contest.draft_text,
        before=version.regulation if version else None,
        before_text=version.text if version else None,
        slug=current_contest.slug,
        in_use=usage.codes_in_use(current_contest.id),
        now=clock.now(),
    )
    return {
        "problems": check.problems,
        "changes": check.changes,
        "version": version,
        "draft": check.regulation,
        "translate": _,
    }
