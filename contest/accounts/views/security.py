"""The pages on which people see to the devices that prove who they are."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response as AnyResponse

from contest import clock, printing
from contest.accounts import access, passkeys, queries, second_factor, services
from contest.accounts.attempts import AttemptKind
from contest.accounts.forms import Act, AuthenticatorForm, NewPasskeyForm
from contest.accounts.models import Authenticator, Passkey
from contest.accounts.views.blueprint import bp, count_attempt, count_question, forgive_question
from contest.accounts.views.entrance import renew_session
from contest.accounts.views.office_account import office_counts
from contest.accounts.views.second_step import new_challenge, site, taken_challenge
from contest.database import transaction
from contest.web.access import guard_fresh
from contest.web.pages import answer, refusal_page
from contest.web.refusals import refused_at

OPEN_WITHOUT = {
    "static",
    "assets.serve",
    "upkeep.alive",
    "upkeep.ready",
    "home_site.help_page",
    "accounts.sign_in",
    "accounts.second_step",
    "accounts.sign_out",
    "accounts.who_is_here",
    "accounts.prove",
    "accounts.prove_at_office",
    "accounts.back_from_office",
    "accounts.find_office_account",
    "accounts.link_office_account",
    "accounts.passkey_question",
    "accounts.security",
    "accounts.add_authenticator",
    "accounts.add_passkey",
    "accounts.new_passkey_question",
}
"""What somebody may open who must add a second factor first."""

APP, KEY = "ung-dung", "khoa-truy-cap"


@bp.before_app_request
def require_second_factor() -> AnyResponse | None:
    """Lead whoever must have a second factor and has none to where it is added; nothing else opens before."""
    if request.endpoint in OPEN_WITHOUT or not access.lacks_second_factor():
        return None
    if request.accept_mimetypes.best == "application/json":
        return refusal_page(403, _("Add a second factor to your account first."))
    return redirect(url_for("accounts.security"), code=303)


@bp.get("/tai-khoan/bao-mat")
@login_required
def security() -> Response:
    """List what proves somebody, and the ways on."""
    return make_response(
        render_template(
            "accounts/security.html",
            apps=queries.authenticators_of(current_user),
            passkeys=queries.passkeys_of(current_user),
            codes_left=queries.recovery_codes_left(current_user),
            session_count=len(queries.sessions_of(current_user)),
            office_accounts=queries.provider_accounts_of(current_user),
            office_counts=office_counts(),
            came_by_two=access.came_by_two(),
            is_needed=access.must_have_second_factor(current_user),
        )
    )


@bp.route("/tai-khoan/bao-mat/ung-dung", methods=["GET", "POST"])
@login_required
@guard_fresh(reading=True)
def add_authenticator() -> AnyResponse:
    """Show the square that an app reads, and add the app once it shows a code that fits."""
    form = AuthenticatorForm()
    setup = _setup_so_far(form) or services.begin_authenticator(current_user)
    is_resumed = form.sealed.data == setup.sealed
    form.sealed.data = setup.sealed
    if form.validate_on_submit() and is_resumed:
        attempt = count_attempt(AttemptKind.SECOND_FACTOR, current_user.email)
        with refused_at(form):
            with transaction():
                services.forgive_attempt(attempt)
                services.add_authenticator(
                    current_user, setup, form.code.data, name=form.name.data or _("Authenticator app"), now=clock.now()
                )
            return _device_added()
    address = second_factor.setup_address(setup.secret, account=current_user.email, issuer=site().name)
    return answer("accounts/add_authenticator.html", form=form, secret=setup.secret, square=printing.qr(address))


@bp.route("/tai-khoan/bao-mat/khoa-truy-cap", methods=["GET", "POST"])
@login_required
@guard_fresh(reading=True)
def add_passkey() -> AnyResponse:
    """Add a key that the device in front of the person has made."""
    form = NewPasskeyForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.add_passkey(
                    current_user,
                    form.passkey.data,
                    taken_challenge(),
                    site=site(),
                    name=form.name.data or _("Passkey"),
                    now=clock.now(),
                )
                forgive_question(AttemptKind.PASSKEY)
            return _device_added()
    return answer("accounts/add_passkey.html", form=form)


@bp.post("/tai-khoan/bao-mat/khoa-truy-cap/hoi")
@login_required
def new_passkey_question() -> Response:
    """Give a browser what a device needs to make a key."""
    if not access.is_fresh():
        return refusal_page(403, _("Please reload the page and confirm that it is you."))
    count_question(AttemptKind.PASSKEY)
    options = passkeys.making(
        site(),
        new_challenge(),
        subject=current_user.subject,
        email=current_user.email,
        name=current_user.name,
        known=[key.key_id for key in queries.passkeys_of(current_user)],
    )
    return make_response({"publicKey": options})


@bp.route("/tai-khoan/bao-mat/<kind>/<int:factor_id>/go", methods=["GET", "POST"])
@login_required
@guard_fresh
def remove_factor(kind: str, factor_id: int) -> AnyResponse:
    """Ask, or take one device away."""
    factor = _factor(kind, factor_id)
    form = Act()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.remove_factor(
                    current_user, factor, is_needed=access.must_have_second_factor(current_user), now=clock.now()
                )
            renew_session()
            flash(_("It is taken away, and every other session has ended."))
            return redirect(url_for(".security"), code=303)
    return answer("accounts/remove_factor.html", form=form, name=factor.name)


@bp.route("/tai-khoan/bao-mat/ma-du-phong", methods=["GET", "POST"])
@login_required
@guard_fresh
def recovery_codes() -> AnyResponse:
    """Ask, or make recovery codes and show them this once."""
    if current_user.second_factor_since is None:
        return redirect(url_for(".security"), code=303)
    form = Act()
    codes: list[str] = []
    if form.validate_on_submit():
        with transaction():
            codes = services.renew_recovery_codes(current_user, now=clock.now())
    left = queries.recovery_codes_left(current_user)
    return answer("accounts/recovery_codes.html", form=form, codes=codes, left=left)


@bp.post("/tai-khoan/bao-mat/ma-du-phong.txt")
@login_required
@guard_fresh
def recovery_codes_file() -> Response:
    """Give the codes that the page has just shown as a file; they are nowhere but in that page."""
    if not Act().validate_on_submit():
        abort(400)
    codes = [code for code in map(second_factor.recovery_code, request.form.getlist("shown")) if code]
    known = queries.open_recovery_hashes(current_user)
    mine = [code for code in codes if second_factor.recovery_hash(current_user.subject, code) in known]
    if not mine:
        abort(400)
    text = render_template("accounts/recovery_codes.txt", codes=mine)
    response = make_response(text, {"Content-Type": "text/plain; charset=utf-8"})
    response.headers["Content-Disposition"] = "attachment; filename=ma-du-phong.txt"
    return response


def _setup_so_far(form: AuthenticatorForm) -> services.Setup | None:
    """Read which square was shown; what cannot be read is told at the top of the form, and another is shown."""
    if form.is_submitted():
        with refused_at(form):
            return services.resume_authenticator(current_user, form.sealed.data or "")
    return None


def _device_added() -> AnyResponse:
    """Go on under a new session: to the recovery codes where there are none yet."""
    has_codes = queries.recovery_codes_left(current_user) > 0
    renew_session()
    flash(_("It is added. From now on it is asked for when you sign in, and every other session has ended."))
    return redirect(url_for(".security" if has_codes else ".recovery_codes"), code=303)


def _factor(kind: str, factor_id: int) -> Authenticator | Passkey:
    mine: dict[str, Sequence[Authenticator] | Sequence[Passkey]] = {
        APP: queries.authenticators_of(current_user),
        KEY: queries.passkeys_of(current_user),
    }
    return next((one for one in mine.get(kind, ()) if one.id == factor_id), None) or abort(404)
