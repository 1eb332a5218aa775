"""What is kept of winners: their answers to their line, where they are paid, and what they were paid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete, select

from contest.database import db
from contest.errors import N_
from contest.subjects import Section, Subject, section
from contest.winners import queries
from contest.winners.models import BankDetails, LineAnswer, Payment


def export(subject: Subject) -> list[Section]:
    """Bank details with the number masked, answers and payments."""
    return [
        *section("bank", N_("Where you are paid"), N_("To pay the money of the prize"), _accounts(subject)),
        *section("answers", N_("What you said of your line"), N_("To print your certificate right"), _answers(subject)),
        *section("payments", N_("What you were paid"), N_("To account for public money"), _payments(subject)),
    ]


def _accounts(subject: Subject) -> Iterator[dict[str, object]]:
    for row in db.session.scalars(select(BankDetails).where(BankDetails.user_id.in_(subject.user_ids))):
        account = queries.account_of(row)
        if account is not None:
            yield {
                N_("Bank"): account.bank,
                N_("Account number"): account.number,
                N_("Account holder"): account.holder,
                N_("Given at"): row.given_at,
            }


def _answers(subject: Subject) -> Iterator[dict[str, object]]:
    rows = select(LineAnswer).where(LineAnswer.user_id.in_(subject.user_ids)).order_by(LineAnswer.id)
    for one in db.session.scalars(rows):
        yield {N_("Reason"): one.reason, N_("Answered at"): one.at, N_("Settled"): one.settled_at}


def _payments(subject: Subject) -> Iterator[dict[str, object]]:
    rows = select(Payment).where(Payment.user_id.in_(subject.user_ids)).order_by(Payment.id)
    for one in db.session.scalars(rows):
        yield {N_("Amount"): one.amount, N_("Paid on"): one.paid_on}


def erase(subject: Subject, now: datetime) -> None:
    """Delete bank details and what somebody wrote; payments stay as accounting has to keep them, without a name."""
    db.session.execute(delete(BankDetails).where(BankDetails.user_id.in_(subject.user_ids)))
    for answer in db.session.scalars(select(LineAnswer).where(LineAnswer.user_id.in_(subject.user_ids))):
        answer.changes, answer.reason = [], ""
    db.session.flush()
