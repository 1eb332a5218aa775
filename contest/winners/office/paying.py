"""The payment list: sums for the staff, accounts for the payer alone."""

from __future__ import annotations

from operator import attrgetter

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.accounts.roles import Role
from contest.database import transaction
from contest.errors import NotAllowed
from contest.results.visibility import Fact
from contest.web import tables
from contest.web.access import guard_fresh, has_role
from contest.web.addresses import current_contest
from contest.web.forms import Form
from contest.web.pages import answer
from contest.web.refusals import refused_at
from contest.web.tables import Table, offered
from contest.winners import queries, services
from contest.winners.forms import ActForm, PaidForm, ReasonForm
from contest.winners.office.blueprint import payments_bp, require, sees
from contest.winners.queries import Account, Payee


def payments_table() -> Table:
    """Who is paid what. Of an account it says only whether one was given: numbers never leave in a table."""
    require(Fact.MONEY)
    columns = [
        tables.text("payee", _("Payee"), attrgetter("name"), width=30),
        tables.text("names", _("Authors (pen names)"), attrgetter("line.names"), width=44),
        tables.text("prize", _("Prize"), attrgetter("line.prize")),
        tables.text("title", _("Work"), attrgetter("line.title"), width=48),
        tables.money("amount", _("Money of the prize")),
        tables.money("paid", _("Paid already")),
        tables.money("to_pay", _("Still to be paid")),
        tables.money("to_return", _("To be returned")),
        tables.yes("account_given", _("Account given"), attrgetter("has_details"), width=14),
        tables.date("paid_on", _("Paid on")),
        tables.text("reference", _("Payment reference")),
    ]
    return Table("chi-thuong", _("Payments"), columns, queries.payees(current_contest), personal=True)


@payments_bp.get("")
@offered(payments_table)
def index() -> Response:
    """Show who is paid what, accounts masked."""
    return _index(ActForm(formdata=None))


def _index(form: Form, revealed: tuple[str, int | None, Account] | None = None) -> Response:
    shown = sees(Fact.MONEY) and queries.decided_lines(current_contest) != []
    payees = queries.payees(current_contest) if shown else []
    return answer(
        "winners/office/payments.html",
        form=form,
        shown=shown,
        payees=payees,
        pays=has_role(Role.PAYER),
        to_pay=sum(payee.to_pay for payee in payees),
        paid=sum(payee.paid for payee in payees),
        to_return=sum(payee.to_return for payee in payees),
        revealed=revealed,
        undone=queries.undone_payments(current_contest) if shown else [],
        days=current_contest.regulation.gates.bank_days if shown else 0,
    )


@payments_bp.post("/<key>/<int:user_id>/so-tai-khoan")
@guard_fresh
def reveal(key: str, user_id: int) -> Response:
    """Show the payer one whole account number; that they read it is recorded."""
    _payee(key, user_id)
    form = ActForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                account = services.reveal(current_contest, key, user_id, by=current_user, now=clock.now())
            return _index(form, (key, user_id, account))
    return _index(form)


@payments_bp.route("/<key>/<int:user_id>/da-chi", methods=["GET", "POST"])
@guard_fresh
def mark_paid(key: str, user_id: int) -> Response:
    """Record that a sum has been paid; for a prize that is theirs no longer, that it came back."""
    if not has_role(Role.PAYER):
        raise NotAllowed
    payee = _payee(key, user_id)
    form = PaidForm(paid_on=clock.local(clock.now()).date())
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                record = services.mark_returned if payee.to_return else services.mark_paid
                record(
                    current_contest,
                    key,
                    user_id,
                    paid_on=form.paid_on.data,
                    reference=form.reference.data or "",
                    by=current_user,
                    now=clock.now(),
                )
            flash(_("What came back is recorded.") if payee.to_return else _("The payment is recorded."))
            return redirect(url_for(".index"), code=303)
    return answer("winners/office/paid.html", form=form, payee=payee)


@payments_bp.route("/<key>/<int:user_id>/huy-ghi", methods=["GET", "POST"])
@guard_fresh
def undo_payment(key: str, user_id: int) -> Response:
    """Take back a payment that was recorded by mistake."""
    if not has_role(Role.PAYER):
        raise NotAllowed
    payee = _payee(key, user_id)
    form = ReasonForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.undo_payment(
                    current_contest, key, user_id, why=form.reason.data or "", by=current_user, now=clock.now()
                )
            flash(_("The payment to %(name)s is no longer recorded. Why is in the log.", name=payee.name))
            return redirect(url_for(".index"), code=303)
    return answer("winners/office/undo.html", form=form, payee=payee)


def _payee(key: str, user_id: int) -> Payee:
    require(Fact.MONEY)
    found: Payee = queries.payee(current_contest, key, user_id) or abort(404)
    return found
