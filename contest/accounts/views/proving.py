"""The page that asks somebody signed in to prove once more who they are, and then goes on with what was typed."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlsplit

from flask import Flask, make_response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.accounts import access, queries, services
from contest.accounts.attempts import AttemptKind
from contest.accounts.forms import ProofForm
from contest.accounts.passwords import DEMO_PASSWORD
from contest.accounts.views.blueprint import bp, count_attempt, is_right_code
from contest.accounts.views.office_account import has_office_account
from contest.accounts.views.second_step import owner_of_passkey
from contest.database import transaction
from contest.web.access import bind_proof
from contest.web.addresses import is_local_path
from contest.web.pages import answer, refusal_page
from contest.web.refusals import refused_at

OF_PROOF = "proof_"
OPENING = ("GET", "HEAD", "OPTIONS")


@bp.record_once
def offer_to_all_rooms(state: BlueprintSetupState) -> None:
    """Let the doors of all rooms ask for a proof."""
    bind_proof(cast(Flask, state.app), is_fresh=access.is_fresh, ask=ask)


@bp.route("/tai-khoan/xac-nhan", methods=["GET", "POST"])
@login_required
def prove() -> AnyResponse:
    """Ask for a proof before something is opened, then lead there."""
    wanted = request.args.get("next", "")
    target = wanted if is_local_path(wanted) else url_for(".profile")
    form = ProofForm()
    if form.validate_on_submit() and _is_proved(form):
        return redirect(url_for(".prove", next=target), code=303)
    if wanted and access.is_fresh() and not form.errors:
        return make_response(render_template("accounts/proved.html", target=target))
    return answer("accounts/prove.html", form=form, **_ways())


def ask() -> AnyResponse | None:
    """Take the proof that came with a request, or ask for one; None when what was asked for may go on.

    A page that is only opened leads to the page of the proof. What was sent is carried along in hidden fields and
    sent to the same address again, files excepted: no page can put a file into a form.
    """
    if access.is_fresh():
        return None
    if request.method in OPENING:
        return redirect(url_for("accounts.prove", next=request.full_path.rstrip("?")), code=302)
    if request.accept_mimetypes.best == "application/json":
        return refusal_page(403, _("Please reload the page and confirm that it is you."))
    came_with_proof = any(name.startswith(OF_PROOF) for name in request.form)
    form = ProofForm() if came_with_proof else ProofForm(formdata=None)
    if came_with_proof and form.validate() and _is_proved(form):
        return None
    response = make_response(
        render_template(
            "accounts/prove.html",
            form=form,
            carried=[pair for pair in request.form.items(multi=True) if not _is_ours(pair[0])],
            files=[file.filename for file in request.files.values() if file.filename],
            back=_page_before(),
            **_ways(),
        ),
        422 if came_with_proof else 403,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_proved(form: ProofForm) -> bool:
    """Check a proof, counted like every try at a door; a refusal stands at the form."""
    proved = False
    with refused_at(form):
        if form.proof_passkey.data:
            proved = owner_of_passkey(form.proof_passkey.data, form, of=current_user) is not None
        elif form.proof_code.data:
            proved = is_right_code(current_user, form.proof_code.data, form, field="proof_code")
        elif not form.proof_password.data:
            form.proof_password.errors = [_("Enter your password.")]
        else:
            attempt = count_attempt(AttemptKind.CONFIRM_OWNER, current_user.email)
            services.check_owner(current_user, form.proof_password.data, field="proof_password")
            with transaction():
                services.forgive_attempt(attempt)
            proved = True
    if proved:
        access.note_proof()
    return proved


def _is_ours(name: str) -> bool:
    return name == "csrf_token" or name.startswith(OF_PROOF)


def _page_before() -> str | None:
    """Give the page of ours from which the form came, for whoever would rather not go on."""
    came_from = urlsplit(request.referrer or "")
    path = f"{came_from.path}?{came_from.query}".rstrip("?")
    return path if came_from.netloc == request.host and is_local_path(path) else None


def _ways() -> dict[str, object]:
    return {
        "has_app": bool(queries.authenticators_of(current_user)),
        "has_passkey": bool(queries.passkeys_of(current_user)),
        "has_office_account": has_office_account(),
        "demo_password": DEMO_PASSWORD if clock.is_demo() and current_user.is_demo else None,
    }
