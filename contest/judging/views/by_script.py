"""What the script of the desk asks and sends: drafts, sheets from a device, and what is taken along in a bag.

A sheet may have been filled in without a connection, hours before it comes: the moment at which it is here decides, and
what is not taken in is kept as the draft it still is.
"""

from __future__ import annotations

from typing import Any

from flask import flash, g, make_response, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from contest import clock
from contest.database import let_go
from contest.errors import ContestError
from contest.judging import queries
from contest.judging.forms import PREFIX, SheetForm, score_sheet_form
from contest.judging.marks import read_sheet, total_of, written
from contest.judging.models import Round
from contest.judging.queries import DeskLine, Typing
from contest.judging.refusals import DraftChanged, SheetChanged, SheetIncomplete, WindowRefused
from contest.judging.sheets import rubric_fingerprint
from contest.judging.views.blueprint import bp
from contest.judging.views.desk import shown_total
from contest.judging.views.sheet import (
    LARGEST_DRAFT,
    ShownTotals,
    find_sheet,
    find_typing,
    keep_draft,
    sent_json,
    submit,
)
from contest.judging.window import Phase
from contest.regulations.scoring import Criterion
from contest.web.formats import as_datetime, as_hour, as_points
from contest.web.refusals import words


@bp.post("/<int:assignment_id>/nhap")
def autosave(assignment_id: int) -> Response:
    """Keep what is being typed. Answers in JSON: the new version, or the draft that another window stored."""
    found = _sent_form(assignment_id)
    if isinstance(found, Response):
        return found
    form, typing, _sent = found
    try:
        kept = keep_draft(form, typing)
    except DraftChanged as refusal:
        return make_response({"error": words(refusal), "stored": _stored(assignment_id)}, 409)
    return make_response({"version": kept.version, "turn": kept.turn, "saved_at": as_hour(clock.now())})


@bp.post("/<int:assignment_id>/gui")
def send(assignment_id: int) -> Response:
    """Take a sheet in from a device. Sent twice it is one sheet; refused it stays a draft, and the answer says why."""
    found = _sent_form(assignment_id)
    if isinstance(found, Response):
        return found
    form, typing, sent = found
    if sent.get("rubric") not in (None, rubric_fingerprint(tuple(typing.rubric))):
        return _refuse("rubric", _("The criteria have changed since this sheet was filled in. Open it and look again."))
    reading = form.read(typing.rubric)
    try:
        if not reading.is_whole:
            names = [criterion.name for criterion in typing.rubric if criterion.code in reading.refused]
            raise SheetIncomplete(criteria="; ".join(names))
        taken = submit(form, typing, reading)
    except (DraftChanged, SheetChanged) as refusal:
        stored = _stored(assignment_id) | {"sent": isinstance(refusal, SheetChanged)}
        return make_response({"error": words(refusal), "stored": stored}, 409)
    except ContestError as refusal:
        return _keep_refused(form, typing, refusal)
    if sent.get("follow"):
        flash(taken.sentence)
    sheet = find_sheet(assignment_id)
    onward = queries.own_order(current_user, sheet.assignment, sheet.work.category).onward
    about = {"revision": taken.revision, "received_at": taken.received, "total": taken.total}
    return make_response(about | {"onward": onward})


def _sent_form(assignment_id: int) -> tuple[SheetForm, Typing, dict[str, Any]] | Response:
    """Read what a script sent for a sheet of the juror; or the answer that it cannot be read."""
    request.max_content_length = LARGEST_DRAFT
    typing = find_typing(assignment_id)
    let_go()  # while the draft arrives
    sent = sent_json()
    if not isinstance(sent, dict) or not all(isinstance(value, str | int) for value in sent.values()):
        return make_response({"error": _("The draft could not be read. Reload the page.")}, 400)
    form = score_sheet_form(typing.rubric, formdata=MultiDict({name: str(value) for name, value in sent.items()}))
    if not form.validate():
        return _refuse("shape", " ".join(text for _field, text in form.problems))
    return form, typing, sent


def _refuse(kind: str, sentence: str, **more: Any) -> Response:
    return make_response({"kind": kind, "error": sentence, **more}, 422)


def _keep_refused(form: SheetForm, typing: Typing, refusal: ContestError) -> Response:
    """Keep what could not be sent as a draft, and say why it was not."""
    if refusal.status in (403, 404):
        raise refusal
    kind = "closed" if isinstance(refusal, WindowRefused) else "refused"
    try:
        version = keep_draft(form, typing).version
    except DraftChanged:
        return make_response({"error": words(refusal), "stored": _stored(typing.number)}, 409)
    except ContestError:
        return _refuse(kind, words(refusal))
    return _refuse(kind, words(refusal), version=version)


def _stored(assignment_id: int) -> dict[str, Any]:
    """What the server keeps for a sheet: the draft, unless a sheet was sent after it."""
    found = find_sheet(assignment_id)
    draft, newest = found.draft, found.newest
    version, seen = draft.version if draft else 0, newest.revision if newest else 0
    if newest is not None and (draft is None or draft.updated_at <= newest.submitted_at):
        marks: dict[str, str] = {code: written(mark) for code, mark in newest.marks.items()}
        comment, at = newest.comment, newest.submitted_at
    elif draft is not None:
        marks, comment, at = draft.marks, draft.comment, draft.updated_at
    else:
        return {"version": 0, "seen": 0, "fields": {}, "saved_at": ""}
    fields = {PREFIX + code: text for code, text in marks.items()}
    return {"version": version, "seen": seen, "fields": {**fields, "comment": comment}, "saved_at": as_datetime(at)}


# Without a connection ------------------------------------------------------------------------------------------------


@bp.get("/mang-theo")
def take_along() -> Response:
    """Give what the desk needs without a connection: works by name, rubrics as empty sheets, the juror's own drafts."""
    works: list[dict[str, Any]] = []
    forms: dict[str, str] = {}
    for round_ in queries.rounds_on_desk(current_user, g.contest):
        if round_.rule.is_voted:
            continue
        sealed = round_.window().phase(clock.now()) is Phase.sealed
        for line in queries.desk(current_user, round_):
            if sealed and not line.remarking:
                continue
            key = f"{round_.code}-{line.category}"
            works.append(_work(round_, line, key))
            if key not in forms:
                forms[key] = _empty_sheet(round_, line.category)
    return make_response(
        {"works": works, "forms": forms, "at": as_datetime(clock.now()), "csrf_token": generate_csrf()}
    )


def _work(round_: Round, line: DeskLine, key: str) -> dict[str, Any]:
    """One work as a device may know it; where names are hidden, by nothing but its alias."""
    rubric = round_.rubric(line.category)
    fields = {PREFIX + code: text for code, text in (line.draft or {}).items()} | {"comment": line.comment or ""}
    sent = None
    if line.marks is not None and line.sent_at is not None:
        sent = {"at": as_datetime(line.sent_at), "total": as_points(shown_total(round_, total_of(line.marks, rubric)))}
    return {
        "id": line.id,
        "name": line.name(round_),
        "title": "" if round_.rule.blind else line.title,
        "category": round_.regulation.category(line.category).name,
        "form": key,
        "until": _until(round_, line),
        "version": line.version or 0,
        "window": line.window or "",
        "turn": line.turn or 0,
        "saved_at": as_hour(line.saved_at) if line.saved_at else "",
        "seen": line.revision or 0,
        "fields": fields,
        "sent": sent,
        "editable": line.by_draft,
    }


def _until(round_: Round, line: DeskLine) -> str:
    window = round_.window(line.reopened_until, remarking=line.remarking)
    if window.takes_sheets(clock.now()):
        return _("Sheets are taken in until %(at)s, by the server's clock.", at=as_datetime(window.ends))
    return _("The round takes in no sheets now. What you type is kept as a draft.")


def _empty_sheet(round_: Round, category: str) -> str:
    rubric: tuple[Criterion, ...] = tuple(round_.rubric(category))
    reading = read_sheet({}, rubric)
    highest = shown_total(round_, total_of({one.code: one.maximum for one in rubric}, rubric))
    return render_template(
        "judging/_sheet_form.html",
        portable=True,
        form=score_sheet_form(rubric, formdata=MultiDict()),
        rubric=rubric,
        fingerprint=rubric_fingerprint(rubric),
        reading=reading,
        explaining=any(criterion.comment_below for criterion in rubric),
        low=set(),
        shown=ShownTotals(shown_total(round_, reading.total), reading.total, highest, {}),
        regulation=round_.regulation,
        takes_sheets=True,
        sealed=False,
        newest=None,
    )
