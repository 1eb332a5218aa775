"""The pages on which people see to their own account."""

from __future__ import annotations

from flask import (
    flash,
    g,
    redirect,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.accounts import identity, queries, services
from contest.accounts.attempts import AttemptKind
from contest.accounts.forms import (
    Act,
    ChangePasswordForm,
    DetailsForm,
    NewEmailForm,
)
from contest.accounts.views.blueprint import bp, count_attempt
from contest.accounts.views.entrance import renew_session
from contest.database import transaction
from contest.web.pages import answer
from contest.web.refusals import refused_at


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
        attempt = count_attempt(AttemptKind.CONFIRM_OWNER, current_user.email)
        with refused_at(form):
            services.check_owner(current_user, form.current.data)
            with transaction():
                services.forgive_attempt(attempt)
            count_attempt(AttemptKind.REGISTER, form.email.data)  # a letter goes there, whosever address it is
            with transaction():
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
        attempt = count_attempt(AttemptKind.CONFIRM_OWNER, current_user.email)
        with refused_at(form):
            services.check_owner(current_user, form.current.data)
            chosen = services.choose_password(form.password.data, email=current_user.email, name=current_user.name)
            with transaction():
                services.forgive_attempt(attempt)
                services.change_password(current_user, chosen, keep=g.user_session[0], now=clock.now())
            renew_session()
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
