"""Where anybody checks a certificate, and where its holder finds it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, cast

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from contest import clock, storage
from contest.accounts import services as accounts
from contest.accounts.attempts import AttemptKind, network_of
from contest.certificates import codes, documents, queries, refusals, seal, services
from contest.certificates.forms import FileForm, LookUpForm
from contest.certificates.models import Certificate, CertificateState, SealKey, SealKind
from contest.database import transaction
from contest.errors import N_
from contest.results import queries as results
from contest.storage.serving import serve_original
from contest.web.access import guard_signed_in
from contest.web.addresses import absolute_url, contest_blueprint, current_contest, stand_in_current_contest
from contest.web.assets import static_folder
from contest.web.navigation import add_item
from contest.web.refusals import refused_at
from contest.web.wall import outside
from contest.winners import queries as winners
from contest.winners.lines import AWARD

site = Blueprint("certificates", __name__)
site.before_request(stand_in_current_contest)
bp = outside(contest_blueprint("certificates_own", __name__, url_prefix="/giay-chung-nhan"))
guard_signed_in(bp)
blueprints = [site, bp]

add_item("main", "certificates.look_up", label=N_("Check a certificate"), order=60)

KEPT = 300  # seconds for which a published list may be kept
LARGEST = 8  # megabytes of a file that is looked at


@site.get("/tra-cuu")
def look_up() -> AnyResponse:
    """Ask for a code; one that reads well leads to its page."""
    if "ma" not in request.args:
        return _page(LookUpForm(MultiDict()), file_form=FileForm())
    form = LookUpForm(request.args)
    if form.validate():
        with refused_at(form):
            return redirect(url_for("certificates.show", code=codes.shown(codes.read(form.code.data))), code=302)
    return _page(form, status=422)


@site.get("/tra-cuu/<code>")
def show(code: str) -> AnyResponse:
    """Say whether a code belongs to a certificate, and what is printed on it.

    A certificate that is not published yet is answered like one that does not exist, and asking for it counts like a
    guess: who guesses is slowed down over all processes, whoever asks for what is there is not.
    """
    network, now = network_of(request.remote_addr), clock.now()
    accounts.check_attempts(AttemptKind.LOOK_UP, network, network=network, now=now)
    form = LookUpForm(MultiDict({"ma": code}))
    with refused_at(form):
        read = codes.read(code)
        if code != codes.shown(read):
            return redirect(url_for("certificates.show", code=codes.shown(read)), code=302)
        certificate = queries.public_certificate(read)
        if certificate is None:
            with transaction():
                accounts.begin_attempt(AttemptKind.LOOK_UP, network, network=network, now=now)
        return _page(form, status=200 if certificate else 404, certificate=certificate, read=read)
    return _page(form, status=404)


@site.post("/tra-cuu")
def look_at_file() -> AnyResponse:
    """Say what a file is: one that was issued, what became of it, or one that differs. Nothing of it is kept."""
    form = FileForm()
    if form.validate_on_submit():
        network = network_of(request.remote_addr)
        with transaction():
            accounts.begin_attempt(AttemptKind.EXAMINE, network, network=network, now=clock.now())
        with refused_at(form), closing(form.file.data) as sent, NamedTemporaryFile(prefix="tra-cuu-") as kept:
            sent.save(kept)
            if kept.tell() > LARGEST * storage.MEGABYTE:
                raise refusals.FileTooLong(limit=LARGEST)
            kept.flush()
            examined = services.examine(Path(kept.name))
            if not examined.is_pdf:
                raise refusals.NotPdf
            return _page(LookUpForm(MultiDict()), file_form=FileForm(formdata=None), examined=examined)
    return _page(LookUpForm(MultiDict()), file_form=form, status=422)


def _page(
    form: LookUpForm,
    *,
    status: int = 200,
    certificate: Certificate | None = None,
    read: str | None = None,
    file_form: FileForm | None = None,
    examined: services.Examined | None = None,
) -> Response:
    if examined is not None:
        certificate = examined.certificate
    page = render_template(
        "certificates/look_up.html",
        form=form,
        file_form=file_form,
        examined=examined,
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


@site.get("/tra-cuu/khoa.json")
def keys() -> Response:
    """Publish the keys that certificates are verified with, and those of former times."""
    return _published(jsonify(_keys()))


def _keys() -> dict[str, Any]:
    own = seal.signing_key(Path(current_app.instance_path)).public_key()
    known = list(queries.seal_keys(SealKind.CODE))
    if all(key.key_id != seal.key_id(own) for key in known):
        known.append(SealKey(kind=SealKind.CODE, key_id=seal.key_id(own), public=seal.public_text(own)))
    return documents.keys_document(known, queries.seal_keys(SealKind.FILE))


@site.get("/tra-cuu/chung-thu.pem")
def certificates() -> Response:
    """Publish the certificates that files are signed with, as other programs read them."""
    text = "".join(key.public for key in queries.seal_keys(SealKind.FILE))
    return _published(make_response(text, {"Content-Type": "application/x-pem-file"}))


@site.get("/tra-cuu/kiem-tra-ngoai-tuyen")
def offline() -> str:
    """Verify the square code of a paper in the browser alone; once the page is there, no connection is needed."""
    return render_template("certificates/offline.html", keys=_keys())


@site.get("/tra-cuu/kiem-tra-ngoai-tuyen.html")
def offline_file() -> Response:
    """Give the same page as one file to keep, which works without any server."""
    script = (static_folder() / "js" / "certificates-offline.js").read_text("utf-8")
    page = render_template(
        "documents/offline_check.html",
        keys=_keys(),
        script=Markup(script),  # noqa: S704 - a file of our own
        address=absolute_url("certificates.offline"),
    )
    response = _published(make_response(page))
    response.headers["Content-Disposition"] = "attachment; filename=kiem-tra-giay-chung-nhan.html"
    return response


@site.get("/tra-cuu/thu-hoi")
def ended() -> str:
    """List the certificates that are no longer in force."""
    return render_template(
        "certificates/ended.html", certificates=queries.no_longer_in_force(), version=queries.version_of_endings()
    )


@site.get("/tra-cuu/thu-hoi.json")
def ended_list() -> Response:
    """Publish the same list for programs, signed."""
    document = documents.ended_document(
        queries.no_longer_in_force(), version=queries.version_of_endings(), issuer=current_app.config["BASE_URL"]
    )
    signed = seal.sign_document(document, seal.signing_key(Path(current_app.instance_path)))
    return _published(jsonify(document | {"jws": signed}))


def _published(response: Response) -> Response:
    """Let anybody keep an answer for some minutes, and ask whether it is still the same."""
    response.cache_control.public, response.cache_control.max_age = True, KEPT
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.add_etag()
    return cast(Response, response.make_conditional(request))


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


@bp.get("/ban-in-thu/<int:award_id>.png")
def specimen(award_id: int) -> Response:
    """Show a winner how the line that they are asked to confirm will stand on paper."""
    if winners.own_status(current_contest, current_user, f"{AWARD}-{award_id}") is None:
        abort(404)
    found = services.specimen_of(current_contest, award_id) or abort(404)
    response = make_response(documents.picture(documents.draw_specimen(found.printed, found.design)))
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
