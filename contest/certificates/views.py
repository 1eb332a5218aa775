"""Where anybody checks a certificate, and where its holder finds it."""

from __future__ import annotations

import time

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from contest import storage
from contest.certificates import codes, documents, queries, refusals
from contest.certificates.forms import LookUpForm
from contest.certificates.models import Certificate, CertificateState
from contest.certificates.pace import Pace
from contest.errors import N_, TooMany
from contest.results import queries as results
from contest.storage.serving import serve_original
from contest.web.access import guard_signed_in
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.navigation import add_item
from contest.web.refusals import refused_at
from contest.web.wall import outside

site = Blueprint("certificates", __name__)
bp = outside(contest_blueprint("certificates_own", __name__, url_prefix="/giay-chung-nhan"))
guard_signed_in(bp)
blueprints = [site, bp]

add_item("main", "certificates.look_up", label=N_("Check a certificate"), order=60)

pace = Pace()


@site.get("/tra-cuu")
def look_up() -> AnyResponse:
    """Ask for a code; one that reads well leads to its page."""
    if "ma" not in request.args:
        return _page(LookUpForm(MultiDict()))
    form = LookUpForm(request.args)
    if form.validate():
        with refused_at(form):
            return redirect(url_for("certificates.show", code=codes.shown(codes.read(form.code.data))), code=302)
    return _page(form, status=422)


@site.get("/tra-cuu/<code>")
def show(code: str) -> AnyResponse:
    """Say whether a code belongs to a certificate, and what is printed on it.

    A certificate that is not published yet is answered like one that does not exist.
    """
    if not pace.allows(request.remote_addr or "", time.monotonic()):
        raise TooMany
    form = LookUpForm(MultiDict({"ma": code}))
    with refused_at(form):
        read = codes.read(code)
        if code != codes.shown(read):
            return redirect(url_for("certificates.show", code=codes.shown(read)), code=302)
        certificate = queries.public_certificate(read)
        return _page(form, status=200 if certificate else 404, certificate=certificate, read=read)
    return _page(form, status=404)


def _page(
    form: LookUpForm, *, status: int = 200, certificate: Certificate | None = None, read: str | None = None
) -> Response:
    page = render_template(
        "certificates/look_up.html",
        form=form,
        certificate=certificate,
        code=codes.shown(read) if read else None,
        ended=certificate is not None and certificate.state != CertificateState.PREPARED,
        revoked=certificate is not None and certificate.state == CertificateState.REVOKED,
        suspended=certificate is not None and certificate.state == CertificateState.SUSPENDED,
        replacement=queries.public_replacement(certificate) if certificate is not None else None,
    )
    response = make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("")
def index() -> str:
    """Show somebody the certificates of their works, once they are public."""
    return render_template(
        "certificates/own.html",
        certificates=queries.published_certificates_of(current_user, current_contest),
        published=results.publication_of(current_contest) is not None,
    )


@bp.get("/<int:number>.pdf")
def download(number: int) -> Response:
    """Give somebody one of their certificates."""
    certificate = _own(number)
    return serve_original(_drawn(certificate), certificate.filename)


@bp.get("/<int:number>.png")
def picture(number: int) -> Response:
    """Show somebody one of their certificates."""
    shown = documents.picture(storage.path(_drawn(_own(number)).sha256).read_bytes())
    response = make_response(shown)
    response.mimetype = "image/png"
    return response


def _own(number: int) -> Certificate:
    certificate = queries.published_certificate_of(current_user, current_contest, number)
    if certificate is None:
        abort(404)
    return certificate


def _drawn(certificate: Certificate) -> storage.Blob:
    if certificate.blob is None:
        raise refusals.NotDrawn
    return certificate.blob
