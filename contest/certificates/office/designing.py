"""Where templates of certificates are designed: listed, drawn up over a real drawing, retired, taken up."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask import Response, abort, current_app, flash, jsonify, make_response, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from contest import clock, storage
from contest.certificates import documents, queries, services
from contest.certificates.choosing import KIND_LABELS, TemplateKind
from contest.certificates.design import AREA_OF, HEIGHT, HOUSE, WIDTH, Box, Design
from contest.certificates.forms import GROUPS, PARTS, ActForm, DesignForm
from contest.certificates.models import CertificateTemplate
from contest.certificates.office.blueprint import WRITERS, bp
from contest.certificates.wording import Printed
from contest.database import transaction
from contest.errors import ContestError
from contest.results.prize_rules import prizes_by_code
from contest.storage.errors import FileUnreadable
from contest.web.access import has_role
from contest.web.addresses import current_contest
from contest.web.pages import answer
from contest.web.refusals import refused_at, words

MEGABYTES = 12  # of a background as it is sent
SMALL, SHOWN = 480, 1200  # dots across


@bp.get("/mau")
def templates() -> Response:
    """List the templates in use and those that are not any more, each with a small picture."""
    return _list(ActForm())


def _list(form: ActForm) -> Response:
    in_use, retired = queries.templates_of(current_contest), queries.templates_of(current_contest, retired=True)
    return answer(
        "certificates/office/templates.html",
        form=form,
        templates=in_use,
        retired=retired,
        pictures={each.id: _small(each, Design.of(each.design)) for each in (*in_use, *retired)},
        house=_small(_everything(), Design.default()),
        prizes=prizes_by_code(current_contest.regulation),
        kinds=KIND_LABELS,
        editable=has_role(*WRITERS),
    )


def _everything(design: Design | None = None) -> services.Meant:
    return services.Meant("", TemplateKind.BOTH, [], design or Design.default())


def _small(claim: Any, design: Design) -> str | None:
    try:
        return _drawn(services.extremes(current_contest, claim).shortest, design, SMALL)
    except ContestError:
        return None


@bp.route("/mau/moi", methods=["GET", "POST"])
def new_template() -> AnyResponse:
    """Draw up a template, from the look of the house or from another template."""
    like = queries.template(current_contest, request.args.get("tu", 0, int))
    return _designer(None, Design.of(like.design) if like is not None else Design.default())


@bp.route("/mau/<int:template_id>", methods=["GET", "POST"])
def edit_template(template_id: int) -> AnyResponse:
    """Show a template over a real drawing, and keep its next version."""
    template = find_template(template_id)
    return _designer(template, Design.of(template.design))


def find_template(template_id: int) -> CertificateTemplate:
    """Find a template of this contest."""
    return queries.template(current_contest, template_id) or abort(404)


@bp.post("/mau/<int:template_id>/thoi-dung")
def retire_template(template_id: int) -> AnyResponse:
    """Stop using a template."""
    form = ActForm()
    if form.validate_on_submit():
        with transaction():
            services.retire_template(find_template(template_id), by=current_user, now=clock.now())
        flash(_("The template is retired. Certificates that were prepared with it keep it."))
        return redirect(url_for(".templates"), code=303)
    return _list(form)


@bp.post("/mau/<int:template_id>/dung-lai")
def restore_template(template_id: int) -> AnyResponse:
    """Use a retired template again."""
    form = ActForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.restore_template(find_template(template_id), by=current_user, now=clock.now())
            return redirect(url_for(".templates"), code=303)
    return _list(form)


@bp.get("/mau/<int:template_id>/<which>.pdf")
def template_specimen(template_id: int, which: str) -> Response:
    """Give a specimen as the document that would be printed."""
    template = find_template(template_id)
    printed = services.extremes(current_contest, template).named(which) or abort(404)
    response = make_response(documents.draw_specimen(printed, Design.of(template.design)))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f"inline; filename=ban-thu-{which}.pdf"
    return response


@bp.post("/dung-mau-moi")
def take_up_templates() -> AnyResponse:
    """Draw what is not public yet by the templates as they are now."""
    form = ActForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                count = services.take_up_templates(current_contest, by=current_user, now=clock.now())
            flash(
                ngettext(
                    "%(num)s certificate is being drawn by the templates as they are now.",
                    "%(num)s certificates are being drawn by the templates as they are now.",
                    count,
                )
            )
            return redirect(url_for(".index"), code=303)
    return _list(form)


def _designer(template: CertificateTemplate | None, design: Design) -> AnyResponse:
    """Show the designer, or look at or keep what was typed in it."""
    form = DesignForm(obj=template) if template is not None else DesignForm()
    known = {code: prize.name for code, prize in prizes_by_code(current_contest.regulation).items()}
    form.offer(({code: code for code in (template.tiers if template is not None else ())} | known).items())
    meant = services.Meant("", TemplateKind.BOTH, [], design)
    if template is not None:
        meant = services.Meant(template.name, TemplateKind(template.kind), template.tiers, design)
    if not form.is_submitted():
        form.background.data = _sealed(design.background)
        form.version.data = str(template.version if template is not None else 0)
    elif form.validate():
        with _at_part(form):
            meant = form_meant = _meant(form)
            if form.save.data:
                _keep(template, form_meant, form)
                flash(_("The template is saved."))
                return redirect(url_for(".templates"), code=303)
    return _shown(form, template, meant)


def _meant(form: DesignForm) -> services.Meant:
    """Give what was typed, its background taken in first."""
    background = None if form.no_background.data else _opened(form.background.data)
    file = form.background_file.data
    if isinstance(file, FileStorage) and file.filename and not form.no_background.data:
        try:
            received = storage.receive(file.stream, limit=MEGABYTES * storage.MEGABYTE)
            page = form.background_page.data or 1
            background = storage.cover(received, page=page, shape=(WIDTH, HEIGHT)).sha256
        except ContestError as refusal:
            refusal.field = "background_file"
            raise
    form.background.data = _sealed(background)
    form.no_background.data = False
    tiers = [choice.value for choice in form.tiers.choices if choice.value in (form.tiers.data or ())]
    return services.Meant(form.name.data, TemplateKind(form.kind.data), tiers, form.design(background))


def _keep(template: CertificateTemplate | None, meant: services.Meant, form: DesignForm) -> None:
    """Keep what was typed, if it holds every word that it is for."""
    found = services.extremes(current_contest, meant)
    # Nobody has the longest of the invented names; that it does not fit is shown and keeps nobody from saving.
    services.check_words(found.words or (found.shortest,), meant.design)
    version = int(form.version.data) if (form.version.data or "").isdecimal() else 0
    with transaction():
        if meant.design.background is not None:
            kept = storage.look(meant.design.background)
            if kept is None:
                raise FileUnreadable
            storage.register(storage.Received(kept.sha256, kept.size), media_type="image/jpeg")
        if template is None:
            services.begin_template(current_contest, meant, by=current_user, now=clock.now())
        else:
            again = find_template(template.id)
            services.save_template(again, meant, version=version, by=current_user, now=clock.now())


def _shown(form: DesignForm, template: CertificateTemplate | None, meant: services.Meant) -> Response:
    """Draw the longest and the shortest words as typed, and show them with the form."""
    found = services.extremes(current_contest, meant)
    pictures: dict[str, str | None] = {services.LONGEST: None, services.SHORTEST: None}
    standing: Mapping[str, Box] = {}
    if not form.errors:
        for which, printed in ((services.SHORTEST, found.shortest), (services.LONGEST, found.longest)):
            with _at_part(form):
                documents.check_sheet(printed, meant.design)
                pictures[which] = _drawn(printed, meant.design, SHOWN)
                standing = documents.where_parts_stand(printed, meant.design)
    if not form.is_submitted():
        form.fill(meant.design, standing)
    if request.accept_mimetypes.best == "application/json":
        boxes = {part: [box.x, box.y, box.width, box.height] for part, box in standing.items()}
        problems = [text for _id, text in form.problems]
        return jsonify(pictures=pictures, standing=boxes, background=form.background.data, problems=problems)
    return answer(
        "certificates/office/designer.html",
        form=form,
        row=template,
        found=found,
        pictures=pictures,
        boxes={part: form.sides(part) for part in HOUSE},
        stacked=[part for part, zone in meant.design.zones.items() if zone.box is None],
        areas=AREA_OF,
        groups=GROUPS,
        parts=PARTS,
        megabytes=MEGABYTES,
        editable=has_role(*WRITERS),
    )


def _drawn(printed: Printed, design: Design, width: int) -> str:
    """Draw words as a picture that stands in the page itself."""
    picture = documents.picture(documents.draw_specimen(printed, design), width, "WEBP")
    return f"data:image/webp;base64,{b64encode(picture).decode()}"


@contextmanager
def _at_part(form: DesignForm) -> Iterator[None]:
    """Show a refusal raised inside at the part of the design that it is about, once."""
    try:
        with refused_at(form):
            try:
                yield
            except ContestError as refusal:
                part = refusal.field
                if part is None or part not in PARTS:
                    raise
                refusal.field = form.place_of(part)
                if words(refusal) not in form[refusal.field].errors:
                    raise
    finally:
        form.form_errors[:] = dict.fromkeys(form.form_errors)


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="background of a certificate")


def _sealed(background: str | None) -> str:
    """Name a picture so that nobody can name another of the store in its place."""
    return str(_serializer().dumps([current_contest.id, background])) if background else ""


def _opened(token: str | None) -> str | None:
    try:
        contest_id, background = _serializer().loads(token or "")
    except (BadSignature, ValueError, TypeError):
        return None
    is_here = contest_id == current_contest.id and storage.look(background) is not None
    return str(background) if is_here else None
