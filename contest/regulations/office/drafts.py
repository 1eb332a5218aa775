"""The draft as a whole: where it stands, its calendar, its letterhead, its text, and how the public would read it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.database import transaction
from contest.regulations import checking, queries, services
from contest.regulations.forms import DraftForm, TextForm, calendar_form, letterhead_form
from contest.regulations.office.blueprint import bp, state
from contest.regulations.problems import RegulationInvalid
from contest.regulations.provisions import provisions
from contest.web.addresses import current_contest
from contest.web.pages import answer
from contest.web.refusals import refused_at


@bp.get("")
def overview() -> str:
    """Show where the regulation stands and what is left to do."""
    return render_template("regulations/office/overview.html", versions=queries.versions(current_contest), **state())


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
                    draft_version=form.opened_version,
                    by=current_user,
                    now=clock.now(),
                )
            flash(_("The draft is saved. It comes into force when it is adopted."))
            return redirect(request.path, code=303)
    shown = state()
    refused = bool(form.errors)
    left = form.place(shown["problems"], lambda problem: problem.sentence(_))
    page = answer(template, form=form, refused=refused, **{**shown, "problems": left})
    page.status_code = 422 if refused else 200
    return page


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
                        draft_version=form.opened_version,
                        by=current_user,
                        now=clock.now(),
                    )
            except RegulationInvalid as refusal:
                unreadable = refusal.problems
                raise
            flash(_("The draft is saved. It comes into force when it is adopted."))
            return redirect(url_for("regulations_office.text"), code=303)
    shown = state()
    return answer("regulations/office/text.html", form=form, **{**shown, "problems": unreadable or shown["problems"]})


@bp.get("/xem-truoc")
def preview() -> str:
    """Show the draft as the public would read it."""
    regulation = checking.checked(current_contest.draft_text).regulation
    if regulation is None:
        abort(404)
    return render_template("regulations/office/preview.html", regulation=regulation, chapters=provisions(regulation))
