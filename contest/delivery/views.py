"""Where an author without account finds their own copy, by the link of a letter."""

from __future__ import annotations

from flask import Response, abort, current_app, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.accounts import links
from contest.accounts.links import Purpose
from contest.certificates import queries as certificates
from contest.certificates.models import Certificate, CertificateState
from contest.delivery import queries
from contest.storage.serving import serve_original
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.wall import outside

bp = outside(contest_blueprint("delivery", __name__, url_prefix="/giay-chung-nhan/nhan"))


@bp.after_request
def keep_to_oneself(response: Response) -> Response:
    """Let nobody find, keep or pass on the address of a link by accident."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@bp.get("/<token>")
def copy(token: str) -> AnyResponse:
    """Show an author their certificate, as its public page does, with the file to download."""
    certificate = _addressed(token)
    if not isinstance(certificate, Certificate):
        return certificate
    return make_response(render_template("delivery/copy.html", certificate=certificate, token=token))


@bp.get("/<token>/giay.pdf")
def download(token: str) -> AnyResponse:
    """Give an author their certificate."""
    certificate = _addressed(token)
    if not isinstance(certificate, Certificate):
        return certificate
    return serve_original(certificate.blob or abort(404), certificate.filename)


def _addressed(token: str) -> Certificate | AnyResponse:
    """Find the certificate of a link; of one that is no longer in force, the public page says what became of it.

    :raise DeadLink: if the link was altered or is too old
    """
    about, mark = links.read(current_app.config["SECRET_KEY"], Purpose.CERTIFICATE, token, clock.now())
    contest, _colon, number = about.partition(":")
    if contest != str(current_contest.id):
        abort(404)
    certificate = queries.addressed_copy(current_contest, int(number), mark)
    if certificate is None:
        ended = certificates.numbered(current_contest, int(number)) or abort(404)
        if ended.state == CertificateState.PREPARED or certificates.public_certificate(ended.code) is None:
            abort(404)
        return redirect(url_for("certificates.show", code=ended.shown_code), code=302)
    return certificate
