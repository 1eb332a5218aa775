"""Where the staff takes files to print, keeps the register of printed sheets, and sees who was told."""

from __future__ import annotations

from flask import Response, abort, current_app, flash, make_response, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from contest import clock, storage
from contest.accounts.roles import Role
from contest.certificates import queries as certificates
from contest.certificates import refusals as drawing
from contest.certificates.models import Certificate, CertificateSet
from contest.database import db, transaction
from contest.delivery import queries, services
from contest.delivery.forms import ActForm, PrintForm, SpoiledForm
from contest.delivery.models import TAKEN_LABELS, Taken
from contest.errors import N_
from contest.mail import LETTER_STATES, LetterState
from contest.results import queries as results
from contest.storage.serving import serve_original
from contest.web import tables, wall
from contest.web.access import guard_office
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.navigation import add_item
from contest.web.pages import answer
from contest.web.pagination import paginate
from contest.web.refusals import refused_at
from contest.web.tables import Table, offered

READERS = {Role.SECRETARY, Role.ORGANIZER, Role.OBSERVER}
WRITERS = {Role.SECRETARY, Role.ORGANIZER}
SHOWN_DOWNLOADS = 20

bp = contest_blueprint("delivery_office", __name__, url_prefix="/ban-thu-ky/giay-chung-nhan")
guard_office(bp, read=READERS, write=WRITERS)

letters_bp = contest_blueprint("delivery_letters", __name__, url_prefix="/ban-thu-ky/giay-chung-nhan/thu")
guard_office(letters_bp, read=WRITERS, write=WRITERS)

blueprints = [bp, letters_bp]

HOME = "certificates_office.index"
add_item("office", "delivery_office.prints", label=N_("Printed sheets"), order=61, roles=READERS, under=HOME)
add_item(
    "office", "delivery_letters.index", label=N_("Letters about certificates"), order=62, roles=WRITERS, under=HOME
)


@bp.before_request
@letters_bp.before_request
def require_all_works() -> None:
    """Keep files and lists of all certificates from whoever may not hear of all works."""
    wall.require_whole(*WRITERS)


@bp.get("/<int:number>.pdf")
def single(number: int) -> Response:
    """Give the drawn file of one certificate, and note who took it."""
    certificate = certificates.numbered(current_contest, number) or abort(404)
    if certificate.blob is None:
        raise drawing.NotDrawn
    return _taken(serve_original(certificate.blob, certificate.filename), Taken.SINGLE, certificate=certificate)


@bp.get("/tat-ca.zip")
def archive() -> Response:
    """Give all drawn files in one archive."""
    kept = _kept()
    return _taken(
        serve_original(kept.archive, f"giay-chung-nhan-{current_contest.slug}.zip"), Taken.ARCHIVE, kept.archive_sha256
    )


@bp.get("/ban-in.pdf")
def print_file() -> Response:
    """Give all certificates in one file for the printer."""
    kept = _kept()
    name = f"giay-chung-nhan-ban-in-{current_contest.slug}.pdf"
    return _taken(serve_original(kept.print_file, name), Taken.PRINT_FILE, kept.print_sha256)


@bp.get("/ban-in-dau-cat.pdf")
def marked_print_file() -> Response:
    """Give the same file with crop marks, and with the drawing beyond the cut where that is asked for."""
    from contest.certificates import packing  # see `contest.certificates.background`

    bleed, kept = request.args.get("tran-le") == "1", _kept()
    response = make_response(packing.with_marks(storage.path(kept.print_sha256), bleed=bleed))
    response.mimetype = "application/pdf"
    name = f"giay-chung-nhan-{'tran-le' if bleed else 'dau-cat'}-{current_contest.slug}.pdf"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return _taken(response, Taken.BLEED if bleed else Taken.MARKED, kept.print_sha256)


def _kept() -> CertificateSet:
    decision = results.newest_decision(current_contest)
    kept = certificates.set_of(decision) if decision else None
    if kept is None:
        raise drawing.NotDrawn
    return kept


def _taken(response: Response, what: Taken, sha256: str = "", *, certificate: Certificate | None = None) -> Response:
    """Note who takes a file; an answer without the file, or with the rest of one, is not another taking of it."""
    if request.method == "GET" and response.status_code == 200:
        number = certificate.number if certificate is not None else None
        fingerprint = sha256 or (certificate.sha256 if certificate is not None else "") or ""
        with transaction():
            services.record_download(
                current_contest,
                what,
                fingerprint,
                certificate=certificates.numbered(current_contest, number) if number is not None else None,
                by=current_user,
                now=clock.now(),
            )
    return response


def prints_table() -> Table:
    """The register of printed sheets."""
    return Table(
        "ban-da-in",
        _("Printed sheets"),
        [
            tables.text(
                "register_number", _("Register number"), lambda sheet: sheet.certificate.printed["register_number"]
            ),
            tables.text("people", _("Awarded to"), lambda sheet: sheet.certificate.people, width=48),
            tables.text("award", _("Prize"), lambda sheet: sheet.certificate.printed["facts"]["award"]),
            tables.number("copy", _("Sheet")),
            tables.text("source", _("Printed from"), lambda sheet: _(TAKEN_LABELS[sheet.source]), width=32),
            tables.text("reason", _("Why it is printed again"), width=40),
            tables.moment("at", _("Printed at")),
            tables.text("by", _("Entered by"), lambda sheet: sheet.by.name),
            tables.moment("spoiled_at", _("Spoiled at")),
            tables.text("spoiled_why", _("What happened to the sheet"), width=40),
        ],
        tables.streamed(queries.prints(current_contest)),
    )


def downloads_table() -> Table:
    """Who took which file."""
    return Table(
        "tep-da-tai",
        _("Files that were taken"),
        [
            tables.moment("at", _("Taken at")),
            tables.text("by", _("Taken by"), lambda taken: taken.by.name),
            tables.text("what", _("File"), lambda taken: _(TAKEN_LABELS[taken.what]), width=32),
            tables.text(
                "register_number",
                _("Register number"),
                lambda taken: taken.certificate.printed["register_number"] if taken.certificate else None,
            ),
            tables.text("sha256", _("Fingerprint of the file"), width=64),
        ],
        tables.streamed(queries.downloads(current_contest)),
    )


@bp.get("/da-in")
@offered(prints_table, downloads_table)
def prints() -> Response:
    """Show which sheets were printed, which were spoiled, and who took the files."""
    return _prints(PrintForm(formdata=None, number=request.args.get("so", type=int)))


def _prints(form: PrintForm) -> Response:
    waiting = queries.to_be_printed(current_contest)
    return answer(
        "delivery/prints.html",
        form=form,
        page=paginate(queries.prints(current_contest), per_page=50),
        waiting=waiting,
        good=len(queries.unspoiled(current_contest)),
        downloads=db.session.scalars(queries.downloads(current_contest).limit(SHOWN_DOWNLOADS)).all(),
        shown_downloads=SHOWN_DOWNLOADS,
        labels=TAKEN_LABELS,
    )


@bp.post("/da-in")
def record_prints() -> AnyResponse:
    """Enter printed sheets into the register."""
    form = PrintForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                made = services.record_prints(
                    current_contest,
                    form.number.data,
                    source=Taken(form.source.data),
                    reason=form.reason.data or "",
                    by=current_user,
                    now=clock.now(),
                )
                count = len(made)
            flash(ngettext("%(num)s sheet is in the register.", "%(num)s sheets are in the register.", count))
            return redirect(url_for(".prints"), code=303)
    return _prints(form)


@bp.route("/da-in/<int:print_id>/hong", methods=["GET", "POST"])
def spoil(print_id: int) -> AnyResponse:
    """Note that a sheet was spoiled."""
    sheet = queries.print_of(current_contest, print_id) or abort(404)
    form = SpoiledForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.spoil(
                    queries.print_of(current_contest, print_id) or abort(404),
                    form.why.data or "",
                    by=current_user,
                    now=clock.now(),
                )
            flash(_("The sheet is noted as spoiled. The certificate waits to be printed again."))
            return redirect(url_for(".prints"), code=303)
    return answer("delivery/spoil.html", form=form, sheet=sheet)


def letters_table() -> Table:
    """Whom certificates concern, and what became of the letters."""
    return Table(
        "thu-giay-chung-nhan",
        _("Letters about certificates"),
        [
            tables.text("name", _("Name"), width=32),
            tables.text("email", _("E-mail"), width=32),
            tables.yes("account", _("Has an account")),
            tables.text(
                "certificates",
                _("Certificates"),
                lambda told: ", ".join(each.printed["register_number"] for each in told.certificates),
                width=40,
            ),
            tables.text("state", _("State"), lambda told: _(LETTER_STATES[told.letter.state]) if told.letter else None),
            tables.moment("written", _("Written"), lambda told: told.letter.created_at if told.letter else None),
        ],
        queries.told(current_contest),
        personal=True,
    )


@letters_bp.get("")
@offered(letters_table)
def index() -> Response:
    """Show who was told of which certificate, and whether the letter arrived."""
    return _letters(ActForm(formdata=None))


def _letters(form: ActForm) -> Response:
    told = queries.told(current_contest)
    return answer(
        "delivery/letters.html",
        form=form,
        told=told,
        untold=sum(not each.is_told for each in told),
        failed=sum(each.letter is not None and each.letter.state == LetterState.FAILED for each in told),
        published=results.publication_of(current_contest) is not None,
        spooling=not current_app.config["SMTP_URL"],
    )


@letters_bp.post("")
def tell() -> AnyResponse:
    """Write to everybody who has not been told."""
    form = ActForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                written = services.tell_everybody(current_contest, by=current_user, now=clock.now())
            flash(ngettext("%(num)s letter is written.", "%(num)s letters are written.", written))
            return redirect(url_for(".index"), code=303)
    return _letters(form)


@letters_bp.post("/<int:letter_id>/gui-lai")
def tell_again(letter_id: int) -> AnyResponse:
    """Write to somebody once more."""
    queries.letter_of(current_contest, letter_id) or abort(404)
    form = ActForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                letter = queries.letter_of(current_contest, letter_id) or abort(404)
                services.tell_again(current_contest, letter, by=current_user, now=clock.now())
            flash(_("Another letter is written, with fresh links."))
            return redirect(url_for(".index"), code=303)
    return _letters(form)
