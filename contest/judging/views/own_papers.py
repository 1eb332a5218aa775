"""What a juror keeps for themselves beside a sheet: notes, and earlier states of the draft to go back to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from contest import clock
from contest.database import let_go, transaction
from contest.judging import queries, services
from contest.judging.forms import ConfirmForm, NoteForm
from contest.judging.refusals import NoteChanged
from contest.judging.views.blueprint import bp
from contest.judging.views.sheet import LARGEST_DRAFT, find_sheet, find_typing, name_of, sent_json, show_sheet
from contest.judging.window import Phase
from contest.web.formats import as_hour
from contest.web.refusals import words
from contest.web.turns import sent_turn


@bp.post("/<int:assignment_id>/ghi-chu")
def save_note(assignment_id: int) -> Response:
    """Keep the juror's note for themselves: from the button of the page, or in JSON while it is typed."""
    if request.is_json:
        return _autosave_note(assignment_id)
    typing, form = find_typing(assignment_id), NoteForm()
    if not form.validate_on_submit():
        return show_sheet(find_sheet(assignment_id), note=form, status=422)
    again = url_for(".sheet", assignment_id=assignment_id, _anchor="note")
    try:
        _keep(typing, form)
    except NoteChanged as refusal:
        found = find_sheet(assignment_id)
        form.note.errors = [*form.note.errors, words(refusal)]
        form.typed_over(found.note)
        return show_sheet(found, note=form, status=refusal.status)
    flash(_("Your note is saved."))
    return redirect(again, code=303)


def _autosave_note(assignment_id: int) -> Response:
    request.max_content_length = LARGEST_DRAFT
    typing = find_typing(assignment_id)
    let_go()  # while the note arrives
    sent = sent_json()
    if not isinstance(sent, dict) or not all(isinstance(value, str | int) for value in sent.values()):
        return make_response({"error": _("The note could not be read. Reload the page.")}, 400)
    form = NoteForm(formdata=MultiDict({name: str(value) for name, value in sent.items()}))
    if not form.validate():
        return make_response({"error": " ".join(text for _field, text in form.problems)}, 422)
    try:
        version = _keep(typing, form)
    except NoteChanged as refusal:
        note = find_sheet(assignment_id).note
        stored = {"version": note.version, "note": note.text} if note else {"version": 0, "note": ""}
        return make_response({"error": words(refusal), "stored": stored}, 409)
    return make_response({"version": version, "saved_at": as_hour(clock.now())})


def _keep(typing: queries.Typing, form: NoteForm) -> int:
    with transaction():
        note = services.save_note(
            typing.assignment,
            form.note.data or "",
            version=form.note_version.data or 0,
            turn=sent_turn(),
            by=current_user,
            now=clock.now(),
        )
        return note.version if note else 0


@bp.get("/<int:assignment_id>/ban-truoc")
def earlier_states(assignment_id: int) -> str:
    """Show the states of the draft that were kept and the sheets that were sent, each with the way back to it."""
    found = find_sheet(assignment_id)
    round_ = found.assignment.round
    return render_template(
        "judging/earlier_states.html",
        sheet=found,
        name=name_of(found),
        rubric=round_.rubric(found.work.category),
        states=queries.earlier_states(found.assignment),
        sent=queries.sheets_sent(found.assignment),
        sealed=round_.window(remarking=found.assignment.remarking).phase(clock.now()) is Phase.sealed,
        form=ConfirmForm(),
    )


@bp.post("/<int:assignment_id>/ban-truoc/<int:number>")
def restore_draft(assignment_id: int, number: int) -> Response:
    """Go back to a state of the draft that was kept."""
    return _go_back(assignment_id, services.restore_draft, number=number)


@bp.post("/<int:assignment_id>/phieu-da-gui/<int:revision>")
def restore_sheet(assignment_id: int, revision: int) -> Response:
    """Put a sheet that was sent into the draft."""
    return _go_back(assignment_id, services.restore_sheet, revision=revision)


def _go_back(assignment_id: int, restore: Callable[..., Any], **which: int) -> Response:
    typing = find_typing(assignment_id)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    with transaction():
        restore(typing.assignment, by=current_user, now=clock.now(), **which)
    flash(_("The fields hold that version again. What stood there before is among the earlier versions."))
    return redirect(url_for(".sheet", assignment_id=assignment_id), code=303)
