"""The doors by which people come: registering, links in letters, invitations, a forgotten password."""

from __future__ import annotations

from typing import Any

from flask import (
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.accounts import access, queries, services
from contest.accounts.attempts import AttemptKind
from contest.accounts.consents import ACCOUNT_NOTICE
from contest.accounts.forms import (
    Act,
    ConfirmForm,
    ForgotForm,
    NewcomerForm,
    NewPasswordForm,
    RegisterForm,
)
from contest.accounts.links import Purpose, mark_of
from contest.accounts.models import User
from contest.accounts.views.blueprint import bp, count_attempt
from contest.accounts.views.entrance import let_in, renew_session, way_on
from contest.database import transaction
from contest.web.pages import answer
from contest.web.refusals import refused_at

LETTER_TO = "letter_to"
BEGUN_HERE = "begun_here"


@bp.route("/dang-ky", methods=["GET", "POST"])
def register() -> AnyResponse:
    """Make an account and send the letter that confirms it."""
    if current_user.is_authenticated:
        return redirect(url_for(".profile"), code=303)
    form = RegisterForm()
    if form.validate_on_submit():
        chosen = None
        with refused_at(form):
            chosen = services.choose_password(form.password.data, email=form.email.data, name=form.name.data)
        if chosen is not None:
            count_attempt(AttemptKind.REGISTER, form.email.data)
            with transaction():
                services.register(
                    name=form.name.data,
                    email=form.email.data,
                    password_hash=chosen,
                    consent=_(ACCOUNT_NOTICE.text),
                    now=clock.now(),
                )
            session[LETTER_TO] = form.email.data
            session[BEGUN_HERE] = mark_of(chosen)
            return redirect(url_for(".registered"), code=303)
    return answer("accounts/register.html", form=form, notice=ACCOUNT_NOTICE)


@bp.get("/dang-ky/da-gui")
def registered() -> AnyResponse:
    """Say that a letter is on its way, whoever has the address."""
    return make_response(render_template("accounts/registered.html", to=session.get(LETTER_TO)))


@bp.route("/xac-nhan/<token>", methods=["GET", "POST"])
def confirm(token: str) -> AnyResponse:
    """Ask for a press of a button, because mail scanners open links; then confirm the address.

    In another browser than the one in which the account was begun its password is asked for as well: somebody else may
    have begun it with this address and a password of theirs, and would come in by it.
    """
    user = services.user_of_link(Purpose.CONFIRM, token, now=clock.now())
    is_known = bool(user.new_email) or session.get(BEGUN_HERE) == mark_of(user.password_hash)
    form: Any = Act() if is_known else ConfirmForm()
    if form.validate_on_submit() and (is_known or _gives_password(form, user)):
        with transaction():
            services.confirm_email(token, now=clock.now())
        flash(_("Your address is confirmed."))
        return redirect(url_for(".profile" if current_user.is_authenticated else ".sign_in"), code=303)
    return answer(
        "accounts/confirm.html",
        form=form,
        email=user.new_email or user.email,
        moves=bool(user.new_email),
        is_known=is_known,
    )


def _gives_password(form: ConfirmForm, user: User) -> bool:
    """Check the password of an account that is not confirmed yet; a refusal stands at the form."""
    with refused_at(form):
        attempt = count_attempt(AttemptKind.CONFIRM_OWNER, user.email)
        services.check_owner(user, form.password.data, field="password")
        with transaction():
            services.forgive_attempt(attempt)
        return True
    return False


@bp.route("/quen-mat-khau", methods=["GET", "POST"])
def forgot() -> AnyResponse:
    """Send a link for a new password, and say the same whether there is such an account or not."""
    form = ForgotForm()
    if form.validate_on_submit():
        count_attempt(AttemptKind.RESET, form.email.data)
        with transaction():
            services.request_reset(form.email.data, now=clock.now())
        session[LETTER_TO] = form.email.data
        return redirect(url_for(".reset_sent"), code=303)
    return answer("accounts/forgot.html", form=form)


@bp.get("/quen-mat-khau/da-gui")
def reset_sent() -> AnyResponse:
    """Say that a letter is on its way, whoever has the address."""
    return make_response(render_template("accounts/reset_sent.html", to=session.get(LETTER_TO)))


@bp.route("/dat-lai-mat-khau/<token>", methods=["GET", "POST"])
def reset(token: str) -> AnyResponse:
    """Set a new password by a link."""
    form = NewPasswordForm()
    user = services.user_of_link(Purpose.RESET, token, now=clock.now())
    if form.validate_on_submit():
        with refused_at(form):
            chosen = services.choose_password(form.password.data, email=user.email, name=user.name)
            with transaction():
                services.reset_password(token, chosen, now=clock.now())
            access.leave()
            flash(_("Your new password is set, and every other session has ended. Sign in with it."))
            return redirect(url_for(".sign_in"), code=303)
    return answer("accounts/reset.html", form=form, email=user.email)


@bp.route("/loi-moi/<token>", methods=["GET", "POST"])
def invitation(token: str) -> AnyResponse:
    """Show an invitation, and take it up: with the account of its address, or by making one."""
    invitation = services.invitation_of_link(token, now=clock.now())
    known = queries.user_by_email(invitation.email)
    is_newcomer = not current_user.is_authenticated and (known is None or known.email_confirmed_at is None)
    form: Any = NewcomerForm(name=invitation.name) if is_newcomer else Act()
    if form.validate_on_submit():
        with refused_at(form):
            return _join(form, token, invitation.email) if is_newcomer else _take_up(token)
    return answer("accounts/invitation.html", form=form, invitation=invitation, notice=ACCOUNT_NOTICE)


def _join(form: NewcomerForm, token: str, email: str) -> AnyResponse:
    chosen = services.choose_password(form.password.data, email=email, name=form.name.data)
    with transaction():
        user = services.accept_as_newcomer(
            token, name=form.name.data, password_hash=chosen, consent=_(ACCOUNT_NOTICE.text), now=clock.now()
        )
    return let_in(user)


def _take_up(token: str) -> AnyResponse:
    if not current_user.is_authenticated:
        return redirect(url_for(".sign_in", next=request.path), code=303)
    with transaction():
        invitation = services.accept_invitation(token, current_user, now=clock.now())
        role = _(invitation.role.label)
    renew_session()
    flash(_("You now have the role: %(role)s.", role=role))
    return redirect(way_on(), code=303)
