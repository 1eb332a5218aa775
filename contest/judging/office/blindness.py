"""Rounds that hide names: what gives somebody away, copies without names, and telling the names after the sealing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
from werkzeug.wrappers import Response

from contest import clock, storage
from contest.database import let_go, transaction
from contest.entries.models import Attachment
from contest.entries.refusals import InterruptedUpload, NoFile
from contest.errors import N_
from contest.judging import queries, services
from contest.judging.byline import What
from contest.judging.forms import ClearForm, ConfirmForm, CopyForm, ReasonForm, RewordForm
from contest.judging.models import Round
from contest.judging.office.blueprint import bp, find_round
from contest.judging.queries import BlindFile, BlindWork, Hidden
from contest.judging.refusals import BytesChanged
from contest.judging.views import ShownWork, serve_file, shown_work
from contest.storage.errors import FileTooLarge
from contest.web import tables
from contest.web.access import has_role
from contest.web.pages import answer
from contest.web.pagination import PER_PAGE, Page, page_number
from contest.web.refusals import refused_at
from contest.web.seconding import second_person
from contest.web.tables import Table, offered

ENVELOPE = 64 * 1024

SHOWN: dict[str, tuple[str, Callable[[BlindWork], bool]]] = {
    "con-viec": (N_("Still to do"), lambda each: each.waits),
    "co-ten": (N_("Somebody is named"), lambda each: Hidden.named in each.states),
    "can-xem": (N_("To be looked at"), lambda each: Hidden.look in each.states),
    "xong": (N_("Nothing to do"), lambda each: not each.waits),
    "": (N_("All"), lambda each: True),
}
HIDDEN = {
    Hidden.unread: N_("Not looked through yet"),
    Hidden.named: N_("Somebody is named"),
    Hidden.look: N_("To be looked at"),
    Hidden.clear: N_("No name found"),
    Hidden.cleared: N_("Looked at: names nobody"),
}
WHAT = {
    What.name: N_("name of an author"),
    What.pen_name: N_("pen name"),
    What.outlet: N_("newsroom or unit"),
    What.contact: N_("address or telephone"),
}


def find_blind(code: str) -> Round:
    """A round whose regulation hides names, or 404."""
    row = find_round(code)
    if not row.rule.blind:
        abort(404)
    return row


def find_work(row: Round, entry_id: int) -> BlindWork:
    """A work of the round, or 404."""
    return next(iter(queries.blind_works(row, [entry_id])), None) or abort(404)


def find_file(found: BlindWork, attachment_id: int) -> BlindFile:
    """A file of the work that jurors see, or 404."""
    return next((file for file in found.files if file.attachment.id == attachment_id), None) or abort(404)


def _state() -> str:
    state = request.args.get("tt", "con-viec")
    return state if state in SHOWN else "con-viec"


def blind_table(code: str) -> Table:
    """The works of a blind round with where each stands."""
    row = find_blind(code)
    belongs = SHOWN[_state()][1]
    columns = [
        tables.text("code", _("Code"), attrgetter("work.entry.shown_code"), width=12),
        tables.text("title", _("Work"), attrgetter("work.entry.title"), width=52),
        tables.text("alias", _("Alias for jurors"), attrgetter("work.alias")),
        tables.text("words", _("Title and summary"), lambda each: _(HIDDEN[each.words]), width=30),
        tables.text(
            "files", _("Files"), lambda each: "; ".join(_(HIDDEN[file.state]) for file in each.files), width=48
        ),
    ]
    listed = [each for each in queries.blind_works(row) if belongs(each)]
    return Table(f"an-ten-{code}".replace("_", "-"), _("Hidden names"), columns, listed)


@bp.get("/<code>/an-ten")
@offered(blind_table)
def blind_works(code: str) -> Response:
    """List the works of a blind round with what gives somebody away."""
    row = find_blind(code)
    works = queries.blind_works(row)
    state = _state()
    listed = [each for each in works if SHOWN[state][1](each)]
    number = page_number(max(1, -(-len(listed) // PER_PAGE)))
    page = Page(listed[(number - 1) * PER_PAGE : number * PER_PAGE], len(listed), number, PER_PAGE)
    counts = [(name, label, sum(map(belongs, works))) for name, (label, belongs) in SHOWN.items()]
    return answer(
        "judging/office/blind_works.html",
        form=ConfirmForm(),
        row=row,
        page=page,
        counts=counts,
        state=state,
        what=WHAT,
        total=len(works),
        slots={slot.code: slot.name for category in row.regulation.categories for slot in category.slots},
    )


@bp.post("/<code>/an-ten")
def look_for_names(code: str) -> Response:
    """Ask for everything to be looked through for names."""
    row = find_blind(code)
    form = ConfirmForm()
    if form.validate_on_submit():
        with transaction():
            services.look_for_names(row, by=current_user, now=clock.now())
        flash(_("Titles, summaries and files are being looked through. Come back to this page in a few minutes."))
    return redirect(url_for(".blind_works", code=code), code=303)


@dataclass(frozen=True)
class Forms:
    """The forms of the page of one work."""

    words: RewordForm
    copy: CopyForm
    clear: ClearForm
    yes: ConfirmForm


def _work_page(
    row: Round, found: BlindWork, *, words: RewordForm | None = None, copy: CopyForm | None = None, about: int = 0
) -> Response:
    if words is None:
        words = RewordForm(formdata=None)
        work = found.work
        words.title.data, words.summary.data, words.links_shown.data = (
            work.shown_title,
            work.shown_summary,
            work.links_shown,
        )
    return answer(
        "judging/office/blind_work.html",
        form=copy if copy is not None else words,
        forms=Forms(words, copy or CopyForm(formdata=None), ClearForm(formdata=None), ConfirmForm(formdata=None)),
        row=row,
        found=found,
        about=about,
        shown=as_jurors_see(row, found),
        what=WHAT,
        open=row.sealed_at is None,
        slots={slot.code: slot.name for slot in row.regulation.category(found.work.category).slots},
    )


def as_jurors_see(row: Round, found: BlindWork) -> ShownWork:
    """The work as its jurors see it."""

    def address(number: int, part: str, position: int) -> str:
        entry_id = found.work.entry_id
        return url_for(".blind_file", code=row.code, entry_id=entry_id, number=number, part=part, position=position)

    return shown_work(row, found.work, address)


@bp.route("/<code>/an-ten/<int:entry_id>", methods=["GET", "POST"])
def blind_work(code: str, entry_id: int) -> Response:
    """Show a work as jurors see it beside what gives somebody away, and take in other words for title and summary."""
    row = find_blind(code)
    found = find_work(row, entry_id)
    if request.method == "GET":
        return _work_page(row, found)
    form = RewordForm()
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.reword(
                find_work(row, entry_id).work,
                title=form.title.data or "",
                summary=form.summary.data or "",
                links_shown=bool(form.links_shown.data),
                by=current_user,
                now=clock.now(),
            )
        if not form.errors:
            flash(_("Jurors now read what you wrote."))
            return redirect(url_for(".blind_work", code=code, entry_id=entry_id), code=303)
    return _work_page(row, found, words=form)


@bp.get("/<code>/an-ten/<int:entry_id>/tep/<int:number>/<part>/<int:position>")
def blind_file(code: str, entry_id: int, number: int, part: str, position: int) -> Response:
    """Serve a part of a file as jurors get it."""
    row = find_blind(code)
    return serve_file(row, find_work(row, entry_id).work, number, part, position)


@bp.post("/<code>/an-ten/<int:entry_id>/ban-che/<int:attachment_id>")
def supply_copy(code: str, entry_id: int, attachment_id: int) -> Response:
    """Take in a copy without names of one file."""
    row = find_blind(code)
    found = find_work(row, entry_id)
    file = find_file(found, attachment_id)
    slot = row.regulation.category(found.work.category).slot(file.attachment.slot)
    form = CopyForm(formdata=None)
    with refused_at(form):
        form = _read_form(slot.max_megabytes)
    if not form.errors:
        with refused_at(form):
            received, sniffed = _receive(form, slot.max_megabytes)
            with transaction():
                blob = storage.register(received, sniffed=sniffed)
                services.supply_copy(
                    find_work(row, entry_id).work,
                    find_attachment(attachment_id),
                    blob,
                    note=form.note.data or "",
                    by=current_user,
                    now=clock.now(),
                )
    if form.errors:
        return _work_page(row, find_work(row, entry_id), copy=form, about=attachment_id)
    flash(_("Jurors now see the copy. It is being prepared for viewing."))
    return redirect(url_for(".blind_work", code=code, entry_id=entry_id), code=303)


def find_attachment(attachment_id: int) -> Attachment:
    """A file, read again inside the transaction."""
    return queries.attachment_again(attachment_id) or abort(404)


def _read_form(megabytes: int) -> CopyForm:
    """Read the body, which may come slowly, without a connection to the database.

    :raise FileTooLarge: if it is longer than the slot allows
    :raise InterruptedUpload: if only a part of it came
    """
    let_go()
    request.max_content_length = megabytes * storage.MEGABYTE + ENVELOPE
    try:
        form = CopyForm()
        form.validate_on_submit()
    except RequestEntityTooLarge as error:
        raise FileTooLarge(limit=megabytes) from error
    except ClientDisconnected as error:
        raise InterruptedUpload(name=_("the file")) from error
    if form.csrf_token.errors:
        raise CSRFError("; ".join(form.csrf_token.errors))
    return form


def _receive(form: CopyForm, megabytes: int) -> tuple[storage.Received, storage.Sniffed]:
    """Store the file of a form and look at it in the limited process, before any transaction.

    :raise NoFile: if none was chosen
    :raise FileRefused: if it is too large or of no known kind
    """
    file = form.file.data
    if not isinstance(file, FileStorage) or not file.filename:
        raise NoFile
    received = storage.receive(file.stream, limit=megabytes * storage.MEGABYTE)
    return received, storage.sniff(storage.path(received.sha256))


@bp.post("/<code>/an-ten/<int:entry_id>/ban-goc/<int:attachment_id>")
def take_copy_away(code: str, entry_id: int, attachment_id: int) -> Response:
    """Show jurors the file itself again."""
    row = find_blind(code)
    find_file(find_work(row, entry_id), attachment_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        with transaction():
            services.take_copy_away(
                find_work(row, entry_id).work, find_attachment(attachment_id), by=current_user, now=clock.now()
            )
        flash(_("Jurors see the file itself again."))
    return redirect(url_for(".blind_work", code=code, entry_id=entry_id), code=303)


@bp.post("/<code>/an-ten/<int:entry_id>/khong-lo/<int:attachment_id>")
def clear_file(code: str, entry_id: int, attachment_id: int) -> Response:
    """Record that somebody has looked at a file and found that it gives nobody away."""
    row = find_blind(code)
    find_file(find_work(row, entry_id), attachment_id)
    form = ClearForm()
    if form.validate_on_submit():
        with transaction():
            found = find_work(row, entry_id)
            file = find_file(found, attachment_id)
            if file.sha256 != form.sha256.data:
                raise BytesChanged
            services.clear_file(found.work, file.attachment, sha256=file.sha256, by=current_user, now=clock.now())
        flash(_("It is recorded that this file gives nobody away."))
    return redirect(url_for(".blind_work", code=code, entry_id=entry_id), code=303)


@bp.route("/<code>/cong-bo-ten", methods=["GET", "POST"])
@second_person("unblind", about=lambda code: find_blind(code).rule.name)
def unblind(code: str) -> Response:
    """Tell jurors, after the sealing, whose works they have judged; the organizers alone do this."""
    row = find_blind(code)
    if request.method == "POST" and not has_role("organizer"):
        abort(403)
    form = ReasonForm()
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.unblind(row, reason=form.reason.data or "", by=current_user, now=clock.now())
        if not form.errors:
            flash(_("Jurors now see the names on their sealed sheets."))
            return redirect(url_for(".blind_works", code=code), code=303)
    return answer("judging/office/unblind.html", form=form, row=row)
