"""The way in and out: signing in by password, signing out."""

from __future__ import annotations

from flask import (
    Response,
    abort,
    flash,
    g,
    make_response,
    redirect,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.accounts import access, identity, queries, services
from contest.accounts.attempts import AttemptKind
from contest.accounts.forms import (
    Act,
    PasskeyForm,
    SignInAgainForm,
    SignInForm,
)
from contest.accounts.models import User
from contest.accounts.refusals import TooManyAttempts, WrongEmailOrPassword
from contest.accounts.roles import Role
from contest.accounts.sessions import device_name
from contest.accounts.views.blueprint import bp, count_attempt, is_right_code
from contest.database import transaction
from contest.web import navigation
from contest.web.addresses import is_local_path
from contest.web.pages import answer
from contest.web.refusals import refused_at, words


@bp.route("/dang-nhap", methods=["GET", "POST"])
def sign_in() -> AnyResponse:
    """Let somebody in by e-mail and password."""
    if current_user.is_authenticated:
        return redirect(way_on(), code=303)
    form = SignInForm()
    if form.validate_on_submit():
        user = _proved_user(form, identity.email_address(form.email.data))
        if user is not None and user.second_factor_since is not None:
            access.wait_halfway(user)
            return redirect(url_for(".second_step", next=request.args.get("next")), code=303)
        if user is not None:
            return let_in(user)
    return door(form)


def door(form: SignInForm) -> Response:
    """Show the sign-in page."""
    response = answer(
        "accounts/sign_in.html",
        form=form,
        passkey_form=PasskeyForm(formdata=None),
        ended=session.pop(access.ENDED, False),
        demo_accounts=_demo_accounts() if clock.is_demo() else [],
    )
    response.status_code = 422 if form.errors else 200
    return response


@bp.get("/dang-nhap/tai-cho")
def who_is_here() -> Response:
    """Tell a script whose page outlived its session who is signed in by now, and give it the token of today."""
    account = current_user.subject if current_user.is_authenticated else None
    return make_response({"account": account, "csrf_token": generate_csrf()})


@bp.post("/dang-nhap/tai-cho")
def sign_in_here() -> Response:
    """Let the person of an open page in again by their password alone, under the same limits as at the door."""
    form = SignInAgainForm(formdata=MultiDict(_sent_texts()))
    if not form.validate():
        return make_response({"error": " ".join(text for _field, text in form.problems)}, 422)
    user = queries.user_by_subject(form.account.data)
    if current_user.is_authenticated and current_user.subject != form.account.data:
        return make_response({"error": _("Somebody else is signed in at this browser.")}, 409)
    try:
        proved = _proved_user(form, user.email if user else form.account.data)
    except TooManyAttempts as refusal:
        return make_response({"error": words(refusal)}, refusal.status)
    if proved is None:
        return make_response({"error": " ".join(text for _field, text in form.problems)}, 422)
    if proved.second_factor_since is not None and not _gives_code(proved, form):
        return make_response({"error": " ".join(text for _field, text in form.problems), "code": True}, 422)
    email = begin_session(proved)
    response = make_response({"csrf_token": _new_token()})
    access.remember_device(response, email)
    return response


def _gives_code(user: User, form: SignInAgainForm) -> bool:
    """Take the code that belongs to a password; otherwise the form says what is missing."""
    if not form.code.data:
        form.form_errors.append(_("Enter the code of your app as well."))
        return False
    try:
        return is_right_code(user, form.code.data, form)
    except TooManyAttempts as refusal:
        form.form_errors.append(words(refusal))
        return False


def _new_token() -> str:
    """Make the token of a session that has just begun; that of the one before is kept with the request."""
    g.pop("csrf_token", None)
    return generate_csrf()


def _sent_texts() -> dict[str, str]:
    """Read the texts of a JSON object; nothing from what is none."""
    try:
        sent = request.get_json(silent=True)
    except RecursionError:
        return {}
    return {name: text for name, text in sent.items() if isinstance(text, str)} if isinstance(sent, dict) else {}


@bp.post("/dang-nhap/thu")
def try_role() -> AnyResponse:
    """Let anybody in as one of the demo's people; there is no such door outside a demo."""
    form = Act()
    if not clock.is_demo() or not form.validate_on_submit():
        abort(404)
    offered = {user.subject: user for _role, user in _demo_accounts()}
    user = offered.get(request.form.get("subject", ""))
    if user is None:
        abort(404)
    return let_in(user)


@bp.route("/dang-xuat", methods=["GET", "POST"])
def sign_out() -> AnyResponse:
    """Ask, or sign out at this browser."""
    form = Act()
    if form.validate_on_submit():
        end_this_session()
        access.leave()
        flash(_("You are signed out."))
        response = redirect(url_for(".sign_in"), code=303)
        response.headers["Clear-Site-Data"] = '"storage"'  # what the judging desk kept on the device, script or not
        return response
    return answer("accounts/sign_out.html", form=form)


def _proved_user(form: SignInForm | SignInAgainForm, email: str) -> User | None:
    """Find who signs in; otherwise the form carries the one sentence that is the same for every reason."""
    attempt = count_attempt(AttemptKind.SIGN_IN, email)
    user = services.verified_user(email, form.password.data)
    if user is None:
        with refused_at(form):
            raise WrongEmailOrPassword(left=services.tries_left(attempt, clock.now()))
    else:
        with transaction():
            services.forgive_attempt(attempt)
    return user


def let_in(user: User, *, target: str | None = None, by_two: bool = False) -> AnyResponse:
    """Begin a new session under a new id, and go wherever the person wanted to go.

    :param target: where that is, if the address of the request does not say it
    :param by_two: whether somebody else, whom the settings name, has asked for a second factor already
    """
    email = begin_session(user, by_two=by_two)
    response = redirect(way_on(target), code=303)
    access.remember_device(response, email)
    return response


def begin_session(user: User, *, by_two: bool = False) -> str:
    end_this_session()
    with transaction():
        token = services.open_session(
            user,
            device=device_name(request.user_agent.string),
            address=request.remote_addr or "",
            now=clock.now(),
            oldest=access.longest_session(),
        )
        email = user.email
    access.enter(token, by_two=by_two)
    g._login_user = user
    return email


def renew_session(*, by_two: bool | None = None) -> None:
    """Go on in this browser under a new session, as whatever was changed asks for.

    :param by_two: whether a second factor was asked for elsewhere; None: as for the session so far
    """
    user = queries.user_by_subject(current_user.subject)
    if user is not None:
        begin_session(user, by_two=access.came_by_two() if by_two is None else by_two)


def end_this_session() -> None:
    session_id = access.session_id()
    if session_id is not None:
        with transaction():
            services.end_session(current_user, session_id)


def way_on(target: str | None = None) -> str:
    """Choose where to go after signing in: the page that was asked for, the desk of one's role, or the front page.

    :param target: the page that was asked for, if the address of the request does not say it
    """
    asked = request.args.get("next", "") if target is None else target
    if is_local_path(asked):
        return asked
    places = [item for menu in ("office", "desk") for item in navigation.items(menu) if item.roles]
    return url_for(min(places, key=lambda item: item.order).endpoint) if places else "/"


def _demo_accounts() -> list[tuple[Role | None, User]]:
    return queries.demo_accounts(g.contest.id if g.contest else None)
