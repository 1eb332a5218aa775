"""Where staff find the documents of a contest, fill in what drafts need, and draw them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdfium2
from flask import abort, flash, make_response, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.accounts.roles import Role
from contest.database import transaction
from contest.errors import N_
from contest.official import queries, services
from contest.official.documents import described, fields_of
from contest.official.forms import SAVE, draft_form
from contest.official.kinds import Kind
from contest.official.queries import Offer
from contest.printing import official
from contest.results.visibility import viewers
from contest.web import wall
from contest.web.access import guard_office, has_role, roles
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.navigation import add_item
from contest.web.pages import answer
from contest.web.refusals import refused_at

READERS = {Role.SECRETARY, Role.ORGANIZER, Role.OBSERVER}
WRITERS = {Role.SECRETARY, Role.ORGANIZER}
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
PICTURE_WIDTH = 900

bp = contest_blueprint("official_office", __name__, url_prefix="/ban-thu-ky/van-ban")
guard_office(bp, read=READERS, write=WRITERS)
add_item("office", "official_office.index", label=N_("Official papers"), order=58, roles=READERS)


@bp.before_request
def require_all_works() -> None:
    """Keep papers about all works from whoever may not hear of all works."""
    wall.require_whole(*WRITERS)


@bp.get("")
def index() -> Response:
    """List every document: what it is, and whether it can be drawn now."""
    kinds: dict[Kind, list[Offer]] = {}
    for each in _offers():
        kinds.setdefault(each.kind, []).append(each)
    return answer("official/index.html", kinds=kinds)


@bp.route("/<kind>", methods=["GET", "POST"])
@bp.route("/<kind>/<subject>", methods=["GET", "POST"])
def document(kind: str, subject: str = "") -> Response:
    """Show a document as it will be drawn, and take in what its draft needs."""
    offered = _offered(kind, subject)
    form = draft_form(offered.about.fields, fields_of(current_contest, offered))
    if form.validate_on_submit():
        act, drawn = form.act.data, b""
        with refused_at(form):
            with transaction():
                if form.wanted:
                    services.save_draft(current_contest, offered, form.typed, by=current_user, now=clock.now())
                if act != SAVE:
                    drawn = services.draw(current_contest, offered, act, by=current_user, now=clock.now())
            if act != SAVE:
                return _file(drawn, offered, act)
            flash(_("The fields are kept."))
            return redirect(url_for(".document", kind=kind, subject=subject or None), code=303)
    return answer("official/document.html", form=form, offered=offered, may_draw=has_role(*WRITERS))


@bp.get("/<kind>/xem-truoc.png")
@bp.get("/<kind>/<subject>/xem-truoc.png")
def picture(kind: str, subject: str = "") -> Response:
    """Show the first page as it stands now."""
    response = make_response(_first_page(official.pdf(described(current_contest, _offered(kind, subject)))))
    response.mimetype = "image/png"
    return response


@bp.context_processor
def words() -> dict[str, Any]:
    """Give templates the name of a document."""
    return {"named": named}


def named(offered: Offer) -> str:
    """Name a document, and what it is about where there are several of its kind."""
    name = _(offered.about.name)
    return f"{name}: {offered.of}" if offered.of else name


def _offers() -> list[Offer]:
    return queries.offers(current_contest, viewers(roles(), signed_in=True))


def _offered(kind: str, subject: str) -> Offer:
    if kind not in set(Kind):
        abort(404)
    found = queries.offer(current_contest, viewers(roles(), signed_in=True), Kind(kind), subject)
    return found or abort(404)


def _file(drawn: bytes, offered: Offer, ending: str) -> Response:
    response = make_response(drawn)
    response.mimetype = MEDIA[ending]
    name = "-".join(part for part in (str(offered.kind), offered.subject.replace("_", "-")) if part)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def _first_page(drawn: bytes) -> bytes:
    with pypdfium2.PdfDocument(drawn) as opened:
        page = opened[0]
        picture = page.render(scale=PICTURE_WIDTH / page.get_width()).to_pil().convert("L")
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
