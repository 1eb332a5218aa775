"""The acts on a work: accept, return, reject, note, check again."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.database import transaction
from contest.entries.models import Entry, EntryState
from contest.screening import lines, queries, services
from contest.screening.forms import AcceptForm, NoteForm, RejectForm, ReturnForm, reject_form, return_form
from contest.screening.listing import Filters
from contest.screening.office.blueprint import address_suffix, bp, sent_entry
from contest.screening.office.dossier import dossier_page
from contest.web.addresses import current_contest
from contest.web.pages import answer
from contest.web.refusals import refused_at


@bp.post("/<int:entry_id>/hop-le")
def accept(entry_id: int) -> AnyResponse:
    """Let a work go to the jury."""
    form = AcceptForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                entry = sent_entry(entry_id)
                reason = form.reason.data or ""
                services.accept(entry, form.shown, reason=reason, by=current_user, now=clock.now())
                done = _("Work %(code)s is valid. A letter to the author is on its way.", code=entry.shown_code)
            return _back(entry_id, done)
    return dossier_page(entry_id, form)


@bp.route("/<int:entry_id>/tra-lai", methods=["GET", "POST"])
def return_entry(entry_id: int) -> AnyResponse:
    """Ask what is to be completed, why and until when; then send the work back."""
    entry = sent_entry(entry_id)
    form = return_form(entry, **_shown(entry), **_returned_before(entry))
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                entry = sent_entry(entry_id)
                _return(entry, form)
                done = _("Work %(code)s went back to its author.", code=entry.shown_code)
            return _back(entry_id, done)
        entry = sent_entry(entry_id)
    return _act_page("screening/return.html", entry, form)


@bp.route("/<int:entry_id>/loai", methods=["GET", "POST"])
def reject(entry_id: int) -> AnyResponse:
    """Ask for the article and the reason; then reject the work."""
    entry = sent_entry(entry_id)
    form = reject_form(entry, **_shown(entry))
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                entry = sent_entry(entry_id)
                _reject(entry, form)
                done = _("Work %(code)s is rejected. A letter to the author is on its way.", code=entry.shown_code)
            return _back(entry_id, done)
        entry = sent_entry(entry_id)
    return _act_page("screening/reject.html", entry, form)


@bp.post("/<int:entry_id>/ghi-chu")
def note(entry_id: int) -> AnyResponse:
    """Leave a word for colleagues."""
    form = NoteForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.note(sent_entry(entry_id), form.text.data or "", by=current_user, now=clock.now())
            return _back(entry_id, _("The note is kept in the history. The author does not see it."))
    return dossier_page(entry_id, form)


@bp.post("/<int:entry_id>/doi-chieu")
def check_again(entry_id: int) -> AnyResponse:
    """Hold the work against the regulation as it is now."""
    with transaction():
        services.check_again(sent_entry(entry_id), by=current_user, now=clock.now())
    return _back(entry_id, _("The work was checked against the regulation in force."))


def _return(entry: Entry, form: ReturnForm) -> None:
    services.return_entry(
        entry,
        form.shown,
        items=form.items.data or [],
        reason=form.reason.data or "",
        until=form.ends,
        by=current_user,
        now=clock.now(),
    )


def _reject(entry: Entry, form: RejectForm) -> None:
    services.reject(
        entry, form.shown, rule=form.rule.data, reason=form.reason.data or "", by=current_user, now=clock.now()
    )


def _shown(entry: Entry) -> dict[str, int | None]:
    decision = queries.latest_decision(entry)
    return {"revision": entry.revision_id, "act": decision.id if decision else 0}


def _returned_before(entry: Entry) -> dict[str, Any]:
    """What a work is out for already, so that a return can be changed."""
    decision = queries.latest_decision(entry)
    if entry.state is not EntryState.RETURNED or decision is None:
        return {}
    return {"items": decision.items, "reason": decision.reason, "until": decision.last_day}


def _act_page(template: str, entry: Entry, form: ReturnForm | RejectForm) -> AnyResponse:
    category = current_contest.regulation.category(entry.category)
    return answer(
        template,
        form=form,
        entry=entry,
        code=lines.shown_code(entry.code, category),
        regulation=current_contest.regulation,
        suffix=address_suffix(Filters.read(request.args)),
    )


def _back(entry_id: int, done: str) -> AnyResponse:
    flash(done)
    return redirect(url_for(".dossier", entry_id=entry_id) + address_suffix(Filters.read(request.args)), code=303)
