"""What authors open and send: their works, the steps of the form, files, receipts; and the check for everybody."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Response, abort, flash, g, make_response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from contest import clock, storage
from contest.accounts import identity
from contest.accounts.queries import outlets as all_outlets
from contest.database import db, let_go, transaction
from contest.entries import documents, eligibility, forms, queries, rows, services
from contest.entries.eligibility import Facts
from contest.entries.findings import Finding, blocking
from contest.entries.models import Attachment, Entry, EntryState
from contest.entries.parts import ADDRESSES, LABELS, Part
from contest.entries.refusals import DraftConflict, InterruptedUpload, NoFile
from contest.errors import N_, ContestError
from contest.regulations import vietnamese
from contest.regulations.models import NotAdopted
from contest.storage.errors import FileKindRefused, FileTooLarge
from contest.storage.serving import serve_original
from contest.web.access import guard_signed_in, has_role
from contest.web.addresses import contest_blueprint
from contest.web.formats import as_number
from contest.web.navigation import add_item
from contest.web.pages import answer
from contest.web.refusals import refused_at, words

log = logging.getLogger(__name__)

bp = contest_blueprint("entries", __name__)
public = contest_blueprint("eligibility", __name__)
blueprints = (bp, public)
guard_signed_in(bp)
add_item("main", "entries.works", label=N_("My works"), order=30, strangers_read=N_("Enter a work"))

PARTS = {address: part for part, address in ADDRESSES.items()}
STEPS = tuple(ADDRESSES)
ENVELOPE = 1_000_000  # what surrounds a file in a form: boundaries, token, names
TYPED = [address for part, address in ADDRESSES.items() if part is not Part.DOSSIER]


@bp.record_once
def check_token_late(state: BlueprintSetupState) -> None:
    """Let uploads through to their view: it notes when the first byte came before the body is read for the token."""
    state.app.extensions["csrf"].exempt(f"{__name__}.{upload.__name__}")


@bp.before_request
@public.before_request
def require_regulation() -> None:
    """Refuse everything here before a regulation is adopted: it says what a work is.

    :raise NotAdopted: with the sentence of the page
    """
    if g.contest.version is None:
        raise NotAdopted


@bp.context_processor
def shared() -> dict[str, Any]:
    """Give the pages of this room their steps and the hours of receipt; the refusal of a page has neither."""
    if g.contest.version is None:
        return {}
    return {
        "STEPS": [(part, LABELS[part]) for part in STEPS],
        "STEP_LABELS": LABELS,
        "regulation": g.contest.regulation,
        "receipt": g.contest.regulation.calendar.receipt,
    }


def outlet_names() -> dict[int, str]:
    """Name every outlet by its id, for drafts that name them by id alone."""
    return {outlet.id: outlet.name for outlet in all_outlets()}


def own_entry(entry_id: int) -> Entry:
    """Find a work of the signed-in person, or answer that there is none."""
    return db.first_or_404(queries.entry_for(current_user, g.contest.id, entry_id))


def wants_json() -> bool:
    """Say whether a script asks."""
    return request.accept_mimetypes.best == "application/json"


# My works


@bp.get("/tac-pham")
def works() -> Response | str:
    """List the works somebody enters, and those of the outlet they represent."""
    mine = db.session.scalars(queries.entries_of(current_user, g.contest.id)).all()
    theirs: Sequence[Entry] = ()
    if has_role("outlet"):
        theirs = db.session.scalars(queries.entries_of_outlets(current_user, g.contest.id)).all()
    return render_template("entries/works.html", works=mine, of_outlet=theirs)


@bp.route("/tac-pham/moi", methods=["GET", "POST"])
def start() -> AnyResponse:
    """Begin a work."""
    form = forms.StartForm(g.contest.regulation)
    if form.validate_on_submit():
        with refused_at(form), transaction():
            entry = services.start_entry(
                g.contest,
                category=form.category.data,
                title=form.title.data or "",
                start_key=form.start_key.data or secrets.token_urlsafe(16),
                by=current_user,
                now=clock.now(),
            )
            return redirect(url_for(".step", entry_id=entry.id, step=ADDRESSES[Part.WORK]), code=303)
    return with_status(answer("entries/start.html", form=form), form)


def with_status(response: Response, form: Any) -> Response:
    """Answer 409 where not the shape but the state of things stood in the way; what was typed is on the page."""
    if form.form_errors:
        response.status_code = 409
    return response


@bp.get("/tac-pham/<int:entry_id>")
def entry(entry_id: int) -> AnyResponse | str:
    """Show a work as it was sent, with its receipt and what can be done; a draft leads to its form."""
    found = db.first_or_404(queries.readable_entry(current_user, g.contest.id, entry_id))
    if found.revision is None:
        if found.state is EntryState.WITHDRAWN:
            abort(404)
        return redirect(url_for(".step", entry_id=entry_id, step=ADDRESSES[Part.WORK]))
    opened = services.open_parts(found, clock.now())
    return render_template(
        "entries/entry.html",
        entry=found,
        revision=found.revision,
        sent=services.draft_as_sent(found.revision),
        revisions=queries.revisions_of(found),
        outlets={part.outlet_id: part.outlet for part in found.revision.instalments},
        mine=found.owner_id == current_user.id,
        open_parts=opened,
        first_open=next((part for part in STEPS if part in opened), None),
    )


@bp.get("/tac-pham/<int:entry_id>/phieu-tiep-nhan.pdf")
def receipt(entry_id: int) -> Response:
    """Print the receipt of the revision in force."""
    found = db.first_or_404(queries.readable_entry(current_user, g.contest.id, entry_id))
    if found.revision is None:
        abort(404)
    response = make_response(documents.receipt(found, found.revision))
    response.content_type = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="phieu-tiep-nhan-{found.code}.pdf"'
    return response


@bp.route("/tac-pham/<int:entry_id>/rut", methods=["GET", "POST"])
def withdraw(entry_id: int) -> AnyResponse:
    """Ask for the reason, and take the work out."""
    found = own_entry(entry_id)
    form = forms.WithdrawForm()
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.withdraw(found, form.reason.data or "", by=current_user, now=clock.now())
            flash(_("The work has been withdrawn.") if found.code else _("The draft has been thrown away."))
            return redirect(url_for(".works"), code=303)
    return with_status(answer("entries/withdraw.html", form=form, entry=found), form)


# The steps of the form


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
                services.save_draft(found, part, values, version=version, by=current_user, now=now)
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


def rail(found: Entry) -> dict[str, Any]:
    """Give what stands beside every step: the findings, split into what is missing and what the rules say."""
    findings = services.findings_of(found)
    return {
        "gaps": [finding for finding in findings if finding.is_gap],
        "findings": [finding for finding in findings if not finding.is_gap],
    }


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


def step_url(found: Entry, part: Part) -> str:
    """Give the address of a step."""
    if part is Part.DOSSIER:
        return url_for(".dossier", entry_id=found.id)
    return url_for(".step", entry_id=found.id, step=ADDRESSES[part])


bp.add_app_template_global(step_url, "step_url")


# Files


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
        refused_slot=slot,
        refusal=words(refusal) if refusal else "",
        **rail(found),
    )
    return make_response(page, refusal.status if refusal else 200)


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
    sniffed = storage.sniff(storage.path(received.sha256))
    if sniffed.kind not in kinds:
        raise FileKindRefused(found=kind_name(sniffed.kind), expected=kind_names(kinds))
    with transaction():
        blob = storage.register(received, sniffed=sniffed)
        now = clock.now()
        return services.attach(found, slot, blob, file.filename, begun_at=begun_at, by=current_user, now=now)


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
        "entries/_files.html", entry=found, slot=rule, is_open=True, form=forms.UploadForm(formdata=None)
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


# Review


@bp.route("/tac-pham/<int:entry_id>/xem-lai", methods=["GET", "POST"])
def review(entry_id: int) -> AnyResponse:
    """Show all that would be sent, and send it."""
    found = own_entry(entry_id)
    form = forms.ReviewForm(data={"version": str(found.draft_version)})
    if form.validate_on_submit():
        with refused_at(form), transaction():
            if form.version.data != str(found.draft_version):
                raise DraftConflict(at=clock.local(found.saved_at).strftime("%H:%M:%S"))
            again = found.revision is not None
            act = services.amend if again else services.submit
            act(found, by=current_user, now=clock.now())
            flash(_("Your change has been received.") if again else _("Your work has been received."))
            return redirect(url_for(".entry", entry_id=entry_id), code=303)
    sides = rail(found)
    response = answer(
        "entries/review.html",
        form=form,
        entry=found,
        part=None,
        draft=found.draft,
        outlets=outlet_names(),
        blocked=len(blocking(sides["gaps"] + sides["findings"])),
        open_parts=services.open_parts(found, clock.now()),
        **sides,
    )
    return with_status(response, form)


# For everybody


@public.get("/kiem-tra")
def self_check() -> Response | str:
    """Tell anybody, after a few questions, whether a work may enter."""
    regulation = g.contest.regulation
    form = forms.SelfCheckForm(regulation, formdata=request.args)
    asked = not request.args.keys().isdisjoint(form.data)
    findings: tuple[Finding, ...] = ()
    if asked and form.validate():
        findings = eligibility.check(answered(form, regulation), regulation)
    page = render_template(
        "entries/self_check.html",
        form=form,
        regulation=regulation,
        receipt=regulation.calendar.receipt,
        findings=findings,
        blocked=len(blocking(findings)),
    )
    return make_response(page, 422 if form.errors else 200)


def answered(form: forms.SelfCheckForm, regulation: Any) -> Facts:
    """Turn the answers of the check into the facts that the rules look at."""
    window = regulation.calendar.publication
    licensed = form.licensed.data == "yes"
    inside = eligibility.Published(window.first, _("The outlet"), licensed)
    outside = eligibility.Published(window.first - timedelta(days=1), _("The outlet"), licensed)
    count, timely = form.instalments.data or 1, form.inside.data or 0
    serves = form.serves.data if form.serves.data != "no" else ""
    busiest = eligibility.Author(_("One of the authors"), works_entered=form.works.data or 0, serves_as=serves)
    others = (eligibility.Author(""),) * ((form.authors.data or 1) - 1)
    return Facts(
        category=form.category.data,
        instalments=(inside,) * timely + (outside,) * (count - timely),
        authors=(busiest, *others),
        awards=(eligibility.Award(_("a prize"), form.award.data),) if form.award.data else (),
        files=None,
        statements=None,
    )


def sentence(finding: Finding) -> str:
    """Say a finding in the reader's language."""
    text = _(finding.message)
    shown = {key: as_number(value) if isinstance(value, int) else value for key, value in finding.params.items()}
    return text % shown if shown else text.replace("%%", "%")


bp.add_app_template_filter(sentence)
bp.add_app_template_filter(vietnamese.size, "megabytes")
bp.add_app_template_filter(identity.spoken_phone)
