"""What winners do once the decision is made: confirm what is printed of them, and be paid."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import force_locale, gettext

from contest.accounts.models import User
from contest.clock import ZONE
from contest.database import db
from contest.demo.services.founding import Play
from contest.winners import queries
from contest.winners import services as winners
from contest.winners.consents import BANK
from contest.winners.queries import Account

BANKS = ("Agribank, chi nhánh Quảng Ngãi", "Vietcombank, chi nhánh Quảng Ngãi", "BIDV, chi nhánh Quảng Ngãi")
PAID, KNOWN = 3, 9
"""How many sums are paid already, and of how many payees the account is known."""


def confirm_lines(play: Play) -> None:
    """Ask the winners where the regulation asks for it; every one of them finds their line right."""
    if not play.contest.regulation.gates.winners_confirm:
        return
    now = play.hours.decided + timedelta(minutes=10)
    winners.ask(play.contest, by=play.cast.organizer, now=now)
    for number, status in enumerate(queries.statuses(play.contest)):
        for person in status.asked:
            winners.confirm(
                play.contest,
                status.line.key,
                fingerprint=status.line.fingerprint,
                for_others=status.answers_for_others(person),
                by=db.session.get_one(User, person.user_id),
                now=now + timedelta(minutes=number + 1),
            )


def pay(play: Play) -> None:
    """Let some winners say where they are paid, and the payer pay a few of them."""
    now = play.hours.published + timedelta(minutes=40)
    contest = play.contest
    with force_locale("vi"):
        consent = gettext(BANK, days=contest.regulation.gates.bank_days)
    payees = [payee for payee in queries.payees(contest) if payee.user_id is not None][:KNOWN]
    for number, payee in enumerate(payees):
        user = db.session.get_one(User, payee.user_id)
        if queries.awaits_details(contest, user, newsroom=payee.line.is_of_newsroom):
            account = Account(BANKS[number % len(BANKS)], f"0700{number:03}{user.id:06}", payee.name.upper(), "")
            winners.give_bank_details(
                contest, account, newsroom=payee.line.is_of_newsroom, consent=consent, by=user, now=now
            )
    for number, payee in enumerate(payees[:PAID], 1):
        winners.mark_paid(
            contest,
            payee.line.key,
            payee.user_id or 0,
            paid_on=play.hours.published.astimezone(ZONE).date(),
            reference=f"UNC {number:02}",
            by=play.cast.payer,
            now=now + timedelta(minutes=number),
        )
