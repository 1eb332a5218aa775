"""The second step of signing in, and signing in by a passkey alone."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, make_response, redirect, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.accounts import access, passkeys, queries, services
from contest.accounts.attempts import AttemptKind
from contest.accounts.forms import CodeForm, PasskeyForm, SignInForm
from contest.accounts.models import User
from contest.accounts.passkeys import Site
from contest.accounts.refusals import PasskeyRefused
from contest.accounts.views.blueprint import bp, count_question, forgive_question, is_right_code
from contest.accounts.views.entrance import door, let_in, way_on
from contest.database import transaction
from contest.web.addresses import site_contest
from contest.web.forms import Form
from contest.web.pages import answer
from contest.web.refusals import refused_at

CHALLENGE = "passkey_challenge"


@bp.route("/dang-nhap/buoc-hai", methods=["GET", "POST"])
def second_step() -> AnyResponse:
    """Let somebody in who has given the password and now a code of their app or a recovery code."""
    if current_user.is_authenticated:
        return redirect(way_on(), code=303)
    user = access.user_halfway()
    if user is None:
        return redirect(url_for(".sign_in", next=request.args.get("next")), code=303)
    form = CodeForm()
    if form.validate_on_submit() and is_right_code(user, form.code.data, form):
        return let_in(user)
    return _step_page(user, form)


@bp.post("/dang-nhap/khoa-truy-cap/hoi")
def passkey_question() -> Response:
    """Give a browser what a device is to sign: of whoever is known here, else of whoever the device says it is."""
    count_question(AttemptKind.PASSKEY)
    user = current_user if current_user.is_authenticated else access.user_halfway()
    known = [key.key_id for key in queries.passkeys_of(user)] if user else []
    return make_response({"publicKey": passkeys.signing(site(), new_challenge(), known=known)})


@bp.post("/dang-nhap/khoa-truy-cap")
def passkey_sign_in() -> AnyResponse:
    """Let somebody in whose device has signed: it has asked for finger, face or number, so it is proof enough."""
    if current_user.is_authenticated:
        return redirect(way_on(), code=303)
    halfway = access.user_halfway()
    form = PasskeyForm()
    code_form, sign_in_form = CodeForm(formdata=None), SignInForm(formdata=None)
    shown: Form = code_form if halfway else sign_in_form
    if form.validate_on_submit():
        user = owner_of_passkey(form.passkey.data, shown, of=halfway)
        if user is not None:
            return let_in(user)
    shown.form_errors += [sentence for _field, sentence in form.problems]
    return _step_page(halfway, code_form) if halfway else door(sign_in_form)


def owner_of_passkey(signed: str, form: Form, *, of: User | None) -> User | None:
    """Find whose device has signed what was asked last in this browser; a refusal stands at the form."""
    with refused_at(form), transaction():
        owner = services.use_passkey(signed, taken_challenge(), site=site(), of=of, now=clock.now())
        forgive_question(AttemptKind.PASSKEY)
        return owner
    return None


def new_challenge() -> str:
    """Make what a device is to sign, and remember in this browser that it was asked here."""
    with transaction():
        challenge = services.ask_passkey(now=clock.now())
    session[CHALLENGE] = challenge
    return challenge


def taken_challenge() -> str:
    """Give what was asked last in this browser, once.

    :raise PasskeyRefused: if nothing was
    """
    challenge: str | None = session.pop(CHALLENGE, None)
    if challenge is None:
        raise PasskeyRefused
    return challenge


def site() -> Site:
    """Tell devices for whom they sign."""
    contest: Any = site_contest()
    return passkeys.site(current_app.config["BASE_URL"], contest.short_name if contest else "Dân vận khéo")


def _step_page(user: User, form: CodeForm) -> Response:
    response = answer(
        "accounts/second_step.html",
        form=form,
        passkey_form=PasskeyForm(formdata=None),
        has_app=bool(queries.authenticators_of(user)),
        has_passkey=bool(queries.passkeys_of(user)),
    )
    response.status_code = 422 if form.errors else 200
    return response
