"""The files of the dossier: received over slow lines, removed, given back."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, abort, flash, g, make_response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from contest import clock, storage
from contest.database import db, let_go, transaction
from contest.entries import forms, queries, services
from contest.entries.models import Attachment, Entry
from contest.entries.parts import Part
from contest.entries.refusals import InterruptedUpload, NoFile
from contest.entries.views.blueprints import bp, own_entry, rail, wants_json
from contest.entries.views.steps import saved
from contest.errors import N_, ContestError
from contest.storage.errors import FileKindRefused, FileTooLarge
from contest.storage.serving import serve_original
from contest.web.refusals import words

log = logging.getLogger(__name__)

ENVELOPE = 1_000_000  # what surrounds a file in a form: boundaries, token, names


@bp.record_once
def check_token_late(state: BlueprintSetupState) -> None:
    """Let uploads through to their view: it notes when the first byte came before the body is read for the token."""
    state.app.extensions["csrf"].exempt(f"{__name__}.{upload.__name__}")


@bp.get("/tac-pham/<int:entry_id>/ho-so")
def dossier(entry_id: int) -> Response:
    """Show the files of the dossier, slot by slot."""
    return dossier_page(own_entry(entry_id))


def dossier_page(found: Entry, slot: str = "", refusal: ContestError | None = None) -> Response:
    """Show the dossier, with a refusal at the slot it belongs to."""
    now = clock.now()
    page = render_template(
        "entries/step_dossier.html",
        entry=found,
        part=Part.DOSSIER,
        draft=found.draft,
        category=g.contest.regulation.category(found.category),
        is_open=Part.DOSSIER in services.open_parts(found, now),
        form=forms.UploadForm(formdata=None),
        withheld=_withheld(found),
        refused_slot=slot,
        refusal=words(refusal) if refusal else "",
        **rail(found),
    )
    return make_response(page, refusal.status if refusal else 200)


def _withheld(found: Entry) -> Mapping[str, storage.Scan]:
    return storage.withheld({file.sha256 for file in found.files})


@bp.route("/tac-pham/<int:entry_id>/ho-so/<slot>", methods=["GET", "POST"])
def upload(entry_id: int, slot: str) -> AnyResponse:
    """Take in one file for one slot, from the plain form and from the script alike."""
    begun_at = clock.now()
    found = own_entry(entry_id)
    rule = next((one for one in g.contest.regulation.category(found.category).slots if one.code == slot), None)
    if rule is None:
        abort(404)
    if request.method != "POST":
        return redirect(url_for(".dossier", entry_id=entry_id, _anchor=slot))
    try:
        services.check_slot_open(found, slot, begun_at)
        services.check_room(found)
        attachment = take_in(found, slot, rule.max_megabytes, rule.kinds, begun_at)
    except ContestError as refusal:
        if refusal.status in (403, 404):
            raise
        db.session.rollback()
        if wants_json():
            return make_response({"error": words(refusal)}, refusal.status)
        return dossier_page(found, slot, refusal)
    if wants_json():
        return slot_answer(found, slot)
    flash(_("%(name)s has been received.", name=attachment.name))
    return redirect(url_for(".dossier", entry_id=entry_id, _anchor=slot), code=303)


def take_in(found: Entry, slot: str, megabytes: int, kinds: Sequence[str], begun_at: Any) -> Attachment:
    """Read the body, look at the file in the limited process, and only then open a transaction.

    No connection is held meanwhile: on the last evening many files arrive at once, over slow lines.
    """
    let_go()
    limit = megabytes * storage.MEGABYTE
    request.max_content_length = limit + ENVELOPE
    try:
        form = forms.UploadForm()
        valid = form.validate_on_submit()
    except RequestEntityTooLarge as error:
        raise FileTooLarge(limit=megabytes) from error
    except ClientDisconnected as error:
        raise InterruptedUpload(name=_("the file")) from error
    if not valid:
        raise CSRFError("; ".join(form.csrf_token.errors))
    file = form.file.data
    if not file or not file.filename:
        raise NoFile
    received = storage.receive(file.stream, limit=limit)
    try:
        sniffed = storage.sniff(storage.path(received.sha256))
        if sniffed.kind not in kinds:
            raise FileKindRefused(found=kind_name(sniffed.kind), expected=kind_names(kinds))
        with transaction():
            blob = storage.register(received, sniffed=sniffed)
            now = clock.now()
            return services.attach(found, slot, blob, file.filename, begun_at=begun_at, by=current_user, now=now)
    except ContestError:
        with transaction():
            storage.discard(received)
        raise


KIND_NAMES = {
    "pdf": N_("a PDF"),
    "image": N_("an image"),
    "audio": N_("a sound file"),
    "video": N_("a video"),
    "docx": N_("a Word document (DOCX)"),
}


def kind_name(kind: str) -> str:
    """Name a kind of file."""
    return _(KIND_NAMES[kind])


def kind_names(kinds: Sequence[str]) -> str:
    """Name several kinds of which one is wanted."""
    return _(" or ").join(kind_name(kind) for kind in kinds)


bp.add_app_template_filter(kind_names, "kind_names")


def slot_answer(found: Entry, slot: str) -> Response:
    """Tell a script how a slot looks now."""
    rule = g.contest.regulation.category(found.category).slot(slot)
    files = render_template(
        "entries/_files.html",
        entry=found,
        slot=rule,
        is_open=True,
        withheld=_withheld(found),
        form=forms.UploadForm(formdata=None),
    )
    return make_response(saved(found, Part.DOSSIER).get_json() | {"files": files})


@bp.post("/tac-pham/<int:entry_id>/ho-so/<slot>/<int:attachment_id>/go")
def remove(entry_id: int, slot: str, attachment_id: int) -> AnyResponse:
    """Take a file out of the dossier."""
    attachment = db.first_or_404(queries.attachment_of(current_user, g.contest.id, entry_id, attachment_id))
    found, name = attachment.entry, attachment.name
    form = forms.Act()
    if not form.validate_on_submit():
        raise CSRFError("; ".join(form.csrf_token.errors))
    try:
        with transaction():
            services.remove_attachment(attachment, by=current_user, now=clock.now())
    except ContestError as refusal:
        if wants_json():
            return make_response({"error": words(refusal)}, refusal.status)
        return dossier_page(own_entry(entry_id), slot, refusal)
    if wants_json():
        return slot_answer(found, slot)
    flash(_("%(name)s has been removed.", name=name))
    return redirect(url_for(".dossier", entry_id=entry_id, _anchor=slot), code=303)


@bp.get("/tac-pham/<int:entry_id>/tep/<int:attachment_id>")
def file(entry_id: int, attachment_id: int) -> Response:
    """Give somebody their own file back, to be saved and never opened here."""
    attachment = db.first_or_404(queries.attachment_of(current_user, g.contest.id, entry_id, attachment_id))
    log.info("file %s of entry %s given to %s", attachment_id, entry_id, current_user.subject)
    return serve_original(db.session.get_one(storage.Blob, attachment.sha256), attachment.name)
