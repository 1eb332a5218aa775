"""The doors through which people come in, and the pages on which they see to their own account."""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user, login_required
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.accounts import access, identity, queries, services
from contest.accounts.attempts import AttemptKind, network_of
from contest.accounts.consents import ACCOUNT_NOTICE
from contest.accounts.forms import (
    Act,
    ChangePasswordForm,
    DetailsForm,
    ForgotForm,
    NewcomerForm,
    NewEmailForm,
    NewPasswordForm,
    RegisterForm,
    SignInAgainForm,
    SignInForm,
)
from contest.accounts.links import Purpose
from contest.accounts.models import User
from contest.accounts.refusals import DeadLink, TooManyAttempts, WrongEmailOrPassword
from contest.accounts.roles import Role
from contest.accounts.sessions import device_name
from contest.database import transaction
from contest.web import navigation
from contest.web.addresses import is_local_path, site_contest
from contest.web.pages import answer
from contest.web.refusals import refused_at, words

bp = Blueprint("accounts", __name__)

LETTER_TO = "letter_to"


@bp.before_request
def stand_in_the_current_contest() -> None:
    """Show the masthead and the roles of the current contest on pages that belong to none."""
    g.contest = site_contest()


@bp.after_request
def keep_nothing(response: Response) -> Response:
    """Let no browser and no proxy keep these pages: their addresses are keys, and their words are somebody's own."""
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.errorhandler(TooManyAttempts)
def rest(refusal: TooManyAttempts) -> Response:
    """Say when the door may be tried again."""
    response = make_response(render_template("accounts/rest.html", sentence=words(refusal)), refusal.status)
    response.headers["Retry-After"] = str(max(1, round((refusal.until - clock.now()).total_seconds())))
    return response


@bp.errorhandler(DeadLink)
def dead_link(refusal: DeadLink) -> Response:
    """Say that a link no longer works, and how to get another."""
    return make_response(render_template("accounts/dead_link.html", sentence=words(refusal)), refusal.status)


@bp.route("/dang-nhap", methods=["GET", "POST"])
def sign_in() -> AnyResponse:
    """Let somebody in by e-mail and password."""
    if current_user.is_authenticated:
        return redirect(_way_on(), code=303)
    form = SignInForm()
    if form.validate_on_submit():
        user = _proved_user(form, identity.email_address(form.email.data))
        if user is not None:
            return _let_in(user)
    return answer(
        "accounts/sign_in.html",
        form=form,
        ended=session.pop(access.ENDED, False),
        demo_accounts=_demo_accounts() if clock.is_demo() else [],
    )


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
    email = _begin_session(proved)
    response = make_response({"csrf_token": _new_token()})
    access.remember_device(response, email)
    return response


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
    return _let_in(user)


@bp.route("/dang-xuat", methods=["GET", "POST"])
def sign_out() -> AnyResponse:
    """Ask, or sign out at this browser."""
    form = Act()
    if form.validate_on_submit():
        _end_this_session()
        access.leave()
        flash(_("You are signed out."))
        response = redirect(url_for(".sign_in"), code=303)
        response.headers["Clear-Site-Data"] = '"storage"'  # what the judging desk kept on the device, script or not
        return response
    return answer("accounts/sign_out.html", form=form)


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
            _count_attempt(AttemptKind.REGISTER, form.email.data)
            with transaction():
                services.register(
                    name=form.name.data,
                    email=form.email.data,
                    password_hash=chosen,
                    consent=_(ACCOUNT_NOTICE.text),
                    now=clock.now(),
                )
            session[LETTER_TO] = form.email.data
            return redirect(url_for(".registered"), code=303)
    return answer("accounts/register.html", form=form, notice=ACCOUNT_NOTICE)


@bp.get("/dang-ky/da-gui")
def registered() -> AnyResponse:
    """Say that a letter is on its way, whoever has the address."""
    return make_response(render_template("accounts/registered.html", to=session.get(LETTER_TO)))


@bp.route("/xac-nhan/<token>", methods=["GET", "POST"])
def confirm(token: str) -> AnyResponse:
    """Ask for a press of a button, because mail scanners open links; then confirm the address."""
    form = Act()
    user = services.user_of_link(Purpose.CONFIRM, token, now=clock.now())
    if form.validate_on_submit():
        with transaction():
            services.confirm_email(token, now=clock.now())
        flash(_("Your address is confirmed."))
        return redirect(url_for(".profile" if current_user.is_authenticated else ".sign_in"), code=303)
    return answer("accounts/confirm.html", form=form, email=user.new_email or user.email, moves=bool(user.new_email))


@bp.route("/quen-mat-khau", methods=["GET", "POST"])
def forgot() -> AnyResponse:
    """Send a link for a new password, and say the same whether there is such an account or not."""
    form = ForgotForm()
    if form.validate_on_submit():
        _count_attempt(AttemptKind.RESET, form.email.data)
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


@bp.route("/tai-khoan", methods=["GET", "POST"])
@login_required
def profile() -> AnyResponse:
    """Show somebody what is known of them, and let them correct it."""
    person = current_user.person
    form = DetailsForm(
        name=person.name, pen_names=person.pen_names, phone=identity.spoken_phone(person.phone), unit=person.unit
    )
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.change_details(
                    current_user,
                    name=form.name.data,
                    pen_names=form.pen_names.data,
                    phone=form.phone.data,
                    unit=form.unit.data,
                )
            flash(_("Your details are saved."))
            return redirect(url_for(".profile"), code=303)
    here = [one for one in current_user.memberships if g.contest and one.contest_id == g.contest.id]
    return answer("accounts/profile.html", form=form, memberships=here)


@bp.route("/tai-khoan/thu-dien-tu", methods=["GET", "POST"])
@login_required
def change_email() -> AnyResponse:
    """Ask for a new address, which a letter there must confirm."""
    form = NewEmailForm()
    if form.validate_on_submit():
        attempt = _count_attempt(AttemptKind.CONFIRM_OWNER, current_user.email)
        with refused_at(form):
            services.check_owner(current_user, form.current.data)
            with transaction():
                services.forgive_attempt(attempt)
                services.ask_new_email(current_user, form.email.data, now=clock.now())
            flash(_("A letter is on its way to the new address. The old one stays until you confirm the new one."))
            return redirect(url_for(".profile"), code=303)
    return answer("accounts/change_email.html", form=form)


@bp.route("/tai-khoan/mat-khau", methods=["GET", "POST"])
@login_required
def change_password() -> AnyResponse:
    """Set a new password by the old one; every other session ends."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        attempt = _count_attempt(AttemptKind.CONFIRM_OWNER, current_user.email)
        with refused_at(form):
            services.check_owner(current_user, form.current.data)
            chosen = services.choose_password(form.password.data, email=current_user.email, name=current_user.name)
            with transaction():
                services.forgive_attempt(attempt)
                services.change_password(current_user, chosen, keep=g.user_session[0], now=clock.now())
            flash(_("Your new password is set, and every other session has ended."))
            return redirect(url_for(".profile"), code=303)
    return answer("accounts/change_password.html", form=form)


@bp.route("/tai-khoan/phien", methods=["GET", "POST"])
@login_required
def sessions() -> AnyResponse:
    """List the browsers in which somebody is signed in, and end one, or all others."""
    form = Act()
    if form.validate_on_submit():
        asked = request.form.get("end", "")
        with transaction():
            if asked == "others":
                services.end_sessions(current_user, keep=g.user_session[0])
            elif asked.isascii() and asked.isdigit():
                services.end_session(current_user, int(asked[:18]))
        flash(_("Signed out there."))
        return redirect(url_for(".sessions"), code=303)
    return answer(
        "accounts/sessions.html", form=form, sessions=queries.sessions_of(current_user), here=g.user_session[0]
    )


def _proved_user(form: SignInForm | SignInAgainForm, email: str) -> User | None:
    """Find who signs in; otherwise the form carries the one sentence that is the same for every reason."""
    attempt = _count_attempt(AttemptKind.SIGN_IN, email)
    user = services.verified_user(email, form.password.data)
    if user is None:
        with refused_at(form):
            raise WrongEmailOrPassword(left=services.tries_left(attempt, clock.now()))
    else:
        with transaction():
            services.forgive_attempt(attempt)
    return user


def _count_attempt(kind: AttemptKind, account: str) -> int:
    with transaction():
        attempt = services.begin_attempt(
            kind,
            account,
            network=network_of(request.remote_addr),
            known_device=access.is_known_device(account),
            now=clock.now(),
        )
        return attempt.id


def _let_in(user: User) -> AnyResponse:
    """Begin a new session under a new id, and go wherever the person wanted to go."""
    email = _begin_session(user)
    response = redirect(_way_on(), code=303)
    access.remember_device(response, email)
    return response


def _begin_session(user: User) -> str:
    _end_this_session()
    with transaction():
        token = services.open_session(
            user,
            device=device_name(request.user_agent.string),
            address=request.remote_addr or "",
            now=clock.now(),
            oldest=access.longest_session(),
        )
        email = user.email
    access.enter(token)
    g._login_user = user
    return email


def _end_this_session() -> None:
    session_id = access.session_id()
    if session_id is not None:
        with transaction():
            services.end_session(current_user, session_id)


def _way_on() -> str:
    """Choose where to go after signing in: the page that was asked for, the desk of one's role, or the front page."""
    asked = request.args.get("next", "")
    if is_local_path(asked):
        return asked
    places = [item for menu in ("office", "desk") for item in navigation.items(menu) if item.roles]
    return url_for(min(places, key=lambda item: item.order).endpoint) if places else "/"


def _demo_accounts() -> list[tuple[Role | None, User]]:
    return queries.demo_accounts(g.contest.id if g.contest else None)


def _join(form: NewcomerForm, token: str, email: str) -> AnyResponse:
    chosen = services.choose_password(form.password.data, email=email, name=form.name.data)
    with transaction():
        user = services.accept_as_newcomer(
            token, name=form.name.data, password_hash=chosen, consent=_(ACCOUNT_NOTICE.text), now=clock.now()
        )
    return _let_in(user)


def _take_up(token: str) -> AnyResponse:
    if not current_user.is_authenticated:
        return redirect(url_for(".sign_in", next=request.path), code=303)
    with transaction():
        invitation = services.accept_invitation(token, current_user, now=clock.now())
        role = _(invitation.role.label)
    flash(_("You now have the role: %(role)s.", role=role))
    return redirect(_way_on(), code=303)
