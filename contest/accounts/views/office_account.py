"""Signing in with an account of the office, at the provider that the settings name: there, back, linking, unlinking.

Whoever is sent to the provider follows a link: a form whose answer led to another site would be stopped by our own
policy (``form-action 'self'``) in some browsers. What comes back must fit what this browser was sent with, once.
"""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from hmac import compare_digest
from typing import Any, NamedTuple, cast

from flask import Flask, Response, abort, current_app, flash, make_response, redirect, render_template, request, session
from flask import url_for as url_of
from flask.blueprints import BlueprintSetupState
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.accounts import access, queries, services
from contest.accounts.attempts import AttemptKind
from contest.accounts.forms import Act
from contest.accounts.models import ProviderAccount
from contest.accounts.openid import Identity, Question
from contest.accounts.provider import Provider
from contest.accounts.refusals import (
    ProviderDomain,
    ProviderNotAgain,
    ProviderQuestionOver,
    ProviderRefused,
    ProviderSaidNo,
    ProviderTrouble,
)
from contest.accounts.views.blueprint import bp, count_question, forgive_question
from contest.accounts.views.entrance import let_in, renew_session, way_on
from contest.config import Settings
from contest.database import let_go, transaction
from contest.web.access import guard_fresh
from contest.web.addresses import absolute_url, is_local_path
from contest.web.pages import answer
from contest.web.refusals import refused_at, words

EXTENSION = "provider"
ASKED = "provider_asked"
OFFERED = "provider_offered"
OFFERED_FOR = 600  # seconds for which somebody may say that it is theirs


class Purpose(StrEnum):
    """For what somebody is sent to the provider."""

    SIGN_IN = "sign-in"
    PROOF = "proof"
    LINK = "link"


class Asked(NamedTuple):
    """With what this browser was sent to the provider.

    :ivar subject: of whoever was signed in here, where that matters
    :ivar target: page of ours to which the person wanted
    """

    purpose: Purpose
    question: Question
    subject: str
    target: str


@bp.record_once
def know_the_provider(state: BlueprintSetupState) -> None:
    """Let every page know whether there is a provider, and tell every process its own copy of what it says."""
    app = cast(Flask, state.app)
    settings: Settings = app.config["SETTINGS"]
    app.extensions[EXTENSION] = Provider(settings) if settings.oidc_issuer else None


@bp.app_context_processor
def offer_the_provider() -> dict[str, Any]:
    """Tell pages what to write on the button that leads to the provider; nothing where there is none."""
    found = provider_here()
    return {"office_label": (found.label or _("Sign in with the account of your office")) if found else ""}


@bp.errorhandler(ProviderTrouble)
def came_to_nothing(refusal: ProviderTrouble) -> Response:
    """Say why nothing came of it, and the ways on."""
    page = render_template("accounts/office_account_refused.html", sentence=words(refusal))
    return make_response(page, refusal.status)


@bp.get("/dang-nhap/co-quan")
def sign_in_at_office() -> AnyResponse:
    """Send somebody to the provider to sign in."""
    if current_user.is_authenticated:
        return redirect(way_on(), code=303)
    target = request.args.get("next", "")
    return _sent_there(Purpose.SIGN_IN, target=target, otherwise=url_of(".sign_in", next=target or None))


@bp.get("/tai-khoan/xac-nhan/co-quan")
@login_required
def prove_at_office() -> AnyResponse:
    """Send somebody to the provider to sign in there once more, as a proof that it is they."""
    target = request.args.get("next", "")
    return _sent_there(Purpose.PROOF, target=target, otherwise=url_of(".prove", next=target or None))


@bp.get("/tai-khoan/bao-mat/co-quan")
@login_required
@guard_fresh(reading=True)
def find_office_account() -> AnyResponse:
    """Send somebody to the provider to show which account there is theirs."""
    return _sent_there(Purpose.LINK, otherwise=url_of(".security"))


@bp.get("/dang-nhap/co-quan/tro-lai")
def back_from_office() -> AnyResponse:
    """Take what the provider answers through the browser, and do what it was asked for."""
    asked, provider = _taken_question(), provider_here()
    if provider is None:
        raise ProviderQuestionOver
    if request.args.get("error") or not request.args.get("code"):
        raise ProviderSaidNo
    if request.args.get("iss", provider.issuer) != provider.issuer:
        raise ProviderRefused
    let_go()
    identity = provider.who(request.args["code"], asked.question, back=_back(), named=asked.purpose is Purpose.LINK)
    if not identity.is_of(provider.domains):
        raise ProviderDomain
    with transaction():
        forgive_question(AttemptKind.PROVIDER)
    if asked.purpose is Purpose.SIGN_IN:
        return _signed_in(identity, asked, by_two=provider.proves_twice(identity))
    if not current_user.is_authenticated or current_user.subject != asked.subject:
        raise ProviderQuestionOver
    if asked.purpose is Purpose.PROOF:
        return _proved(identity, asked)
    return _offered(identity, by_two=provider.proves_twice(identity))


@bp.route("/tai-khoan/bao-mat/co-quan/lien-ket", methods=["GET", "POST"])
@login_required
@guard_fresh
def link_office_account() -> AnyResponse:
    """Ask whether the account that was found is theirs: a page of others may have led them there and back."""
    offered = _offered_here()
    if offered is None:
        return redirect(url_of(".security"), code=303)
    form = Act()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.link_office_account(
                    current_user, issuer=offered["issuer"], sub=offered["sub"], name=offered["name"], now=clock.now()
                )
            renew_session(by_two=offered["by_two"])
            flash(_("It is linked: from now on you can sign in with it. Every other session has ended."))
            return redirect(url_of(".security"), code=303)
    return answer("accounts/link_office_account.html", form=form, name=offered["name"])


@bp.route("/tai-khoan/bao-mat/co-quan/<int:account_id>/go", methods=["GET", "POST"])
@login_required
@guard_fresh
def unlink_office_account(account_id: int) -> AnyResponse:
    """Ask, or let an account of an office sign in no more."""
    account: ProviderAccount | None = next(
        (one for one in queries.provider_accounts_of(current_user) if one.id == account_id), None
    )
    if account is None:
        abort(404)
    form, name = Act(), account.name
    if form.validate_on_submit():
        with transaction():
            services.unlink_office_account(current_user, account, now=clock.now())
        renew_session(by_two=False)
        flash(_("It is taken away, and every other session has ended."))
        return redirect(url_of(".security"), code=303)
    return answer("accounts/remove_factor.html", form=form, name=name)


def provider_here() -> Provider | None:
    """Give the provider of the settings, if there is one."""
    found: Provider | None = current_app.extensions[EXTENSION]
    return found


def office_counts() -> bool:
    """Say whether signing in at the provider can count as a second factor."""
    found = provider_here()
    return found is not None and bool(found.second_factors)


def has_office_account() -> bool:
    """Say whether the person here can prove themselves at the provider."""
    found = provider_here()
    return found is not None and any(one.issuer == found.issuer for one in queries.provider_accounts_of(current_user))


def _sent_there(purpose: Purpose, *, target: str = "", otherwise: str) -> AnyResponse:
    """Send somebody to the provider.

    :param otherwise: where they are led to if there is none, as from a page that was open when it was taken away
    """
    provider = provider_here()
    if provider is None:
        return redirect(otherwise, code=303)
    subject = current_user.subject if current_user.is_authenticated else ""
    count_question(AttemptKind.PROVIDER)
    let_go()
    address, question = provider.way_there(
        back=_back(), again=purpose is not Purpose.SIGN_IN, language=str(get_locale())
    )
    with transaction():
        services.note_question(question.state, now=clock.now())
    session[ASKED] = [purpose, asdict(question), subject, target if is_local_path(target) else ""]
    return redirect(address, code=303)


def _back() -> str:
    """Give the address of ours that the provider knows."""
    return absolute_url("accounts.back_from_office")


def _taken_question() -> Asked:
    """Give with what this browser was sent to the provider, once, if what came back fits it.

    :raise ProviderQuestionOver: if nothing fits
    """
    kept = session.pop(ASKED, None)
    if kept is None:
        raise ProviderQuestionOver
    purpose, question, subject, target = kept
    asked = Asked(Purpose(purpose), Question(**question), subject, target)
    if not compare_digest(request.args.get("state", "").encode(), asked.question.state.encode()):
        raise ProviderQuestionOver
    with transaction():
        services.take_question(asked.question.state, now=clock.now())
    return asked


def _signed_in(identity: Identity, asked: Asked, *, by_two: bool) -> AnyResponse:
    """Let in whoever is linked with the account; a second factor is asked for unless the provider has done so."""
    if current_user.is_authenticated:
        return redirect(way_on(asked.target), code=303)
    with transaction():
        user = services.use_office_account(identity, now=clock.now())
    if user.second_factor_since is not None and not by_two:
        access.wait_halfway(user)
        return redirect(url_of(".second_step", next=asked.target or None), code=303)
    return let_in(user, target=asked.target, by_two=by_two)


def _proved(identity: Identity, asked: Asked) -> AnyResponse:
    """Take it as a proof that the owner of the account is there, if the provider has just asked them to sign in."""
    with transaction():
        services.use_office_account(identity, of=current_user, now=clock.now())
    if not identity.was_proved_since(asked.question.asked_at):
        raise ProviderNotAgain
    access.note_proof()
    if not asked.target:
        return make_response(render_template("accounts/proved.html", target=None))
    return redirect(url_of(".prove", next=asked.target), code=303)


def _offered(identity: Identity, *, by_two: bool) -> AnyResponse:
    session[OFFERED] = {
        "issuer": identity.issuer,
        "sub": identity.sub,
        "name": identity.shown,
        "by_two": by_two,
        "subject": current_user.subject,
        "at": int(clock.now().timestamp()),
    }
    return redirect(url_of(".link_office_account"), code=303)


def _offered_here() -> dict[str, Any] | None:
    """Give the account that was found for the person here within the last minutes."""
    offered: dict[str, Any] | None = session.get(OFFERED)
    if offered is None or offered["subject"] != current_user.subject:
        return None
    return offered if 0 <= clock.now().timestamp() - offered["at"] < OFFERED_FOR else None
