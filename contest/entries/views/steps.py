"""The steps of the form: shown, kept, saved by themselves."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.accounts.queries import outlets as all_outlets
from contest.database import transaction
from contest.entries import forms, rows, services
from contest.entries.models import Entry
from contest.entries.parts import ADDRESSES, Part
from contest.entries.refusals import DraftConflict
from contest.entries.views.blueprints import STEPS, bp, outlet_names, own_entry, rail, step_url, wants_json, with_status
from contest.web.pages import answer
from contest.web.refusals import refused_at, words
from contest.web.turns import sent_turn

PARTS = {address: part for part, address in ADDRESSES.items()}
TYPED = [address for part, address in ADDRESSES.items() if part is not Part.DOSSIER]


@bp.route(f"/tac-pham/<int:entry_id>/<any({', '.join(repr(one) for one in TYPED)}):step>", methods=["GET", "POST"])
def step(entry_id: int, step: str) -> AnyResponse:
    """Show one step of the form, and keep what is typed in it."""
    found, part = own_entry(entry_id), PARTS[step]
    act = request.form.get("do", "")
    form = step_form(found, part, rows.changed(request.form, act, chosen="lead") if request.form else None)
    if not form.validate_on_submit():
        return refused_save(form) if wants_json() and form.is_submitted() else step_page(found, part, form)
    values = form.values(keep_empty=act not in ("next", "later"))
    with refused_at(form):
        try:
            with transaction():
                now, version = clock.now(), form.opened_with()
                services.save_draft(found, part, values, version=version, turn=sent_turn(), by=current_user, now=now)
        except DraftConflict as conflict:
            return conflict_page(found, part, values, conflict)
    if form.errors:
        return refused_save(form) if wants_json() else step_page(found, part, form)
    if wants_json():
        return saved(found, part)
    return redirect(onward(found, part, act), code=303)


def step_form(found: Entry, part: Part, typed: Any) -> forms.StepForm:
    """Build the form of a step with what it chooses from."""
    outlets = all_outlets() if part is Part.INSTALMENTS else ()
    return forms.step_form(part, found.draft, found.draft_version, g.contest.regulation, outlets, typed)


def step_page(found: Entry, part: Part, form: forms.StepForm) -> Response:
    """Show a step beside what the regulation says of the draft."""
    response = answer(
        f"entries/step_{part}.html",
        form=form,
        entry=found,
        part=part,
        draft=found.draft,
        category=g.contest.regulation.category(found.draft["category"]),
        is_open=part in services.open_parts(found, clock.now()),
        **rail(found),
    )
    return with_status(response, form)


def saved(found: Entry, part: Part) -> Response:
    """Tell a script what version the draft has now, and what the regulation says of it."""
    return make_response(
        {
            "version": found.draft_version,
            "saved": _("Saved at %(at)s.", at=clock.local(found.saved_at).strftime("%H:%M:%S")),
            "findings": render_template("entries/_findings.html", entry=found, part=part, **rail(found)),
        }
    )


def refused_save(form: forms.StepForm) -> Response:
    """Tell a script what is wrong, by field."""
    problems = [{"field": field, "text": text} for field, text in form.problems]
    return make_response({"error": problems[0]["text"], "problems": problems}, 409 if form.form_errors else 422)


def conflict_page(found: Entry, part: Part, typed: dict[str, Any], conflict: DraftConflict) -> Response:
    """Show both versions of a part, and ask which is to stay."""
    if wants_json():
        return make_response({"error": words(conflict), "conflict": True}, 409)
    hidden = [
        (key, value)
        for key, value in rows.changed(request.form, "", chosen="lead").items(multi=True)
        if key not in ("csrf_token", "version", "do")
    ]
    page = render_template(
        "entries/conflict.html",
        entry=found,
        part=part,
        theirs=found.draft,
        ours=dict(found.draft) | typed,
        hidden=[*hidden, ("version", found.draft_version)],
        sentence=words(conflict),
        outlets=outlet_names(),
    )
    return make_response(page, 409)


def onward(found: Entry, part: Part, act: str) -> str:
    """Tell where a saved step leads: on, back to the list, or to the same step with its rows changed."""
    if act == "later":
        flash(_("Your draft is saved. You can go on at any time before the deadline."))
        return url_for(".works")
    if act == "next":
        following = STEPS[STEPS.index(part) + 1 :]
        return step_url(found, following[0]) if following else url_for(".review", entry_id=found.id)
    return url_for(".step", entry_id=found.id, step=ADDRESSES[part], _anchor="cac-dong" if act else None)
