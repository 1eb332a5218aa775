"""Where winners read what will be printed of them, answer, and say how they are paid."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import transaction
from contest.web.access import guard_signed_in
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.pages import answer
from contest.web.refusals import refused_at
from contest.web.wall import outside
from contest.winners import queries, services
from contest.winners.answers import Status
from contest.winners.consents import bank_notice
from contest.winners.forms import ActForm, BankForm, ConfirmForm, correction_form, divide_form
from contest.winners.queries import Division

NEWSROOM = "toa-soan"

bp = outside(contest_blueprint("winners", __name__, url_prefix="/giai-thuong"))
guard_signed_in(bp)


@bp.get("")
def index() -> Response:
    """Show somebody the lines that will be printed of them, and how their prizes are paid."""
    return _index({})


def _index(forms: dict[str, ConfirmForm]) -> Response:
    statuses = queries.own_statuses(current_contest, current_user)
    for status in statuses:
        fresh = ConfirmForm(formdata=None, fingerprint=status.line.fingerprint, prefix="")
        forms.setdefault(status.line.key, fresh)
    refused = next((form for form in forms.values() if form.errors), None)
    divisions = {each.line.key: each for each in queries.own_divisions(current_contest, current_user)}
    return answer(
        "winners/index.html",
        form=refused,
        forms=forms,
        statuses=statuses,
        divisions=divisions,
        me={status.line.key: _me(status) for status in statuses},
        open=queries.confirmable(current_contest) & {status.line.key for status in statuses},
        correctable=bool(statuses) and queries.takes_corrections(current_contest),
        asks=bool(statuses) and current_contest.regulation.gates.winners_confirm,
        until=queries.answers_until(current_contest) if statuses else None,
        paid=_paid(divisions.values()),
    )


def _paid(divisions: Any) -> list[tuple[str, bool, bool]]:
    """For whom somebody is paid (themselves, the newsroom), whether details are kept, and whether they are awaited."""
    found = []
    for scope, newsroom in (("ca-nhan", False), (NEWSROOM, True)):
        mine = [each for each in divisions if each.line.is_of_newsroom == newsroom and current_user.id in each.shares]
        if mine:
            kept = queries.details_of(current_contest, current_user.id, newsroom=newsroom) is not None
            found.append((scope, kept, any(each.left(current_user.id) > 0 for each in mine)))
    return found


def _me(status: Status) -> Any:
    return next(person for person in status.asked if person.user_id == current_user.id)


def _own(key: str) -> Status:
    found: Status = queries.own_status(current_contest, current_user, key) or abort(404)
    return found


@bp.post("/<key>/xac-nhan")
def confirm(key: str) -> Response:
    """Take in that a line is right."""
    _own(key)
    form = ConfirmForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.confirm(
                    current_contest,
                    key,
                    fingerprint=form.fingerprint.data or "",
                    for_others=form.for_others.data,
                    by=current_user,
                    now=clock.now(),
                )
            flash(_("Thank you: the line is confirmed. It is printed exactly so."))
            return redirect(url_for(".index"), code=303)
    return _index({key: form})


@bp.route("/<key>/sua", methods=["GET", "POST"])
def correct(key: str) -> Response:
    """Ask for a correction of a line, field by field."""
    status = _own(key)
    form = correction_form(status.line)
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.ask_correction(
                    current_contest,
                    key,
                    title=form.typed("title"),
                    unit=form.typed("unit"),
                    names=form.names,
                    order=form.order,
                    reason=form.reason.data or "",
                    by=current_user,
                    now=clock.now(),
                )
            flash(_("Your correction is with the secretariat. You will get a letter with its answer."))
            return redirect(url_for(".index"), code=303)
    return answer("winners/correct.html", form=form, status=status, open=queries.takes_corrections(current_contest))


@bp.route("/<key>/chia", methods=["GET", "POST"])
def divide(key: str) -> Response:
    """Say who of a group is paid what."""
    division = _division(key)
    form = divide_form(division)
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.divide(current_contest, key, form.shares, by=current_user, now=clock.now())
            flash(_("It is written down who is paid. The others of the group get a letter."))
            return redirect(url_for(".index"), code=303)
    return answer("winners/divide.html", form=form, division=division)


def _division(key: str) -> Division:
    found = (each for each in queries.own_divisions(current_contest, current_user) if each.line.key == key)
    division: Division = next(found, None) or abort(404)
    if len(division.candidates) == 1:
        abort(404)
    return division


@bp.route('/tai-khoan/<any("ca-nhan", "toa-soan"):scope>', methods=["GET", "POST"])
def account(scope: str) -> Response:
    """Take in the bank details of somebody who is paid; what is kept is shown masked."""
    newsroom = scope == NEWSROOM
    _require_paid(newsroom=newsroom)
    form, consent = BankForm(), _notice()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.give_bank_details(
                    current_contest,
                    form.account,
                    newsroom=newsroom,
                    consent=consent if form.consent.data else "",
                    by=current_user,
                    now=clock.now(),
                )
            flash(_("Your bank details are kept, encrypted."))
            return redirect(url_for(".account", scope=scope), code=303)
    details = queries.details_of(current_contest, current_user.id, newsroom=newsroom)
    return answer(
        "winners/account.html",
        form=form,
        act=ActForm(formdata=None),
        scope=scope,
        newsroom=newsroom,
        details=details,
        kept=queries.account_of(details) if details is not None else None,
        awaited=queries.awaits_details(current_contest, current_user, newsroom=newsroom),
        consent=consent,
        days=current_contest.regulation.gates.bank_days,
    )


@bp.post('/tai-khoan/<any("ca-nhan", "toa-soan"):scope>/rut')
def withdraw(scope: str) -> Response:
    """Take back the consent; what was kept is deleted at once."""
    _require_paid(newsroom=scope == NEWSROOM)
    if not ActForm().validate_on_submit():
        abort(400)
    with transaction():
        services.withdraw_bank_details(current_contest, by=current_user, now=clock.now())
    flash(_("Your consent is withdrawn, and your bank details are deleted."))
    return redirect(url_for(".account", scope=scope), code=303)


def _notice() -> str:
    days = current_contest.regulation.gates.bank_days
    return _(bank_notice(current_contest.id).text, days=days)


def _require_paid(*, newsroom: bool) -> None:
    """Let in who is paid, for as long as anything of theirs is kept or awaited."""
    paid = any(
        each.line.is_of_newsroom == newsroom and current_user.id in each.shares
        for each in queries.own_divisions(current_contest, current_user)
    )
    if not paid and queries.details_of(current_contest, current_user.id, newsroom=newsroom) is None:
        abort(404)
