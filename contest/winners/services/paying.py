"""Who receives the money of a prize, what the payer reads, and what has been paid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import delete, select

from contest import audit, clock
from contest.accounts.models import User
from contest.audit.chain import canonical
from contest.database import db, lock
from contest.errors import NotFound
from contest.regulations.models import Contest
from contest.results import queries as results
from contest.results.visibility import Fact, Viewer, may_see
from contest.winners import emails, queries, refusals, shares
from contest.winners.lines import AWARD, Line
from contest.winners.models import Payment, Payout, UndonePayment
from contest.winners.queries import Account, Payee


def divide(contest: Contest, key: str, amounts: Mapping[int, int | None], *, by: User, now: datetime) -> None:
    """Record who of a group receives what; the group says it, one of them for all, and all of them get a letter.

    :param amounts: đồng by account
    :raise NotTheSum: if they do not add up to the money of the prize
    :raise PaidAlready: once somebody has been paid for this very prize
    """
    lock(contest)
    found = next((each for each in queries.own_divisions(contest, by) if each.line.key == key), None)
    if found is None:
        raise NotFound
    if found.is_fixed:
        raise refusals.PaidAlready
    if not set(amounts) <= {person.user_id for person in found.candidates}:
        raise NotFound
    given = shares.divided(found.line.money, amounts)
    if given == found.shares:
        return
    line = found.line
    column = Payout.award_id if line.kind == AWARD else Payout.collective_award_id
    db.session.execute(delete(Payout).where(column == line.number))
    for user_id, amount in given.items():
        db.session.add(_payout(contest, line, user_id, amount, by, now))
    db.session.flush()
    marks = sha256(canonical(sorted(given.items()))).hexdigest()
    audit.record(
        "payout.divided", contest_id=contest.id, by=by, about=f"line:{key}", now=now, details={"payees": len(given)}
    )
    others = [person for person in found.candidates if person.user_id != by.id]
    emails.divided(contest, others, line, by=by.name, mark=f"{marks[:8]}:{clock.local(now):%Y%m%d%H%M}", now=now)


def reveal(contest: Contest, key: str, user_id: int, *, by: User, now: datetime) -> Account:
    """Give one whole account number to the payer, and write down that they read it.

    :raise NoDetails: if none are kept
    :raise DetailsUnreadable: if the keys here do not open them
    """
    found = _payee(contest, key, user_id)
    details = queries.details_of(contest, user_id, newsroom=found.line.is_of_newsroom)
    if details is None:
        raise refusals.NoDetails
    account = queries.account_of(details, whole=True)
    if account is None:
        raise refusals.DetailsUnreadable
    _record_reading(contest, details.user.subject, key, by, now)
    return account


def reveal_all(contest: Contest, *, by: User, now: datetime) -> list[Payee]:
    """Give the payment list with whole account numbers, and write down of whom they were read."""
    _check_sums_seen(contest)
    found = queries.payees(contest, whole=True)
    for payee in found:
        if payee.account is not None and payee.user_id is not None:
            subject = db.session.get_one(User, payee.user_id).subject
            _record_reading(contest, subject, payee.line.key, by, now)
    return found


def mark_paid(
    contest: Contest, key: str, user_id: int, *, paid_on: date, reference: str, by: User, now: datetime
) -> Payment:
    """Record that somebody has been paid what was still to be paid to them; what they had before counts.

    :raise PaidAlready: if nothing is left to pay
    :raise PaidInFuture: if the day lies after today, or before the decision
    """
    lock(contest)
    found = _payee(contest, key, user_id)
    if not found.to_pay:
        raise refusals.PaidAlready
    if _row(found, user_id) is None:
        db.session.add(_payout(contest, found.line, user_id, found.amount, by, now))
    return _pay("payout.paid", contest, found, found.to_pay, paid_on, reference, by, now)


def mark_returned(
    contest: Contest, key: str, user_id: int, *, paid_on: date, reference: str, by: User, now: datetime
) -> Payment:
    """Record that money came back which somebody had for a prize that is theirs no longer.

    :raise NothingToReturn: if they have had no more than they may keep
    :raise PaidInFuture: if the day lies after today, or before the decision
    """
    lock(contest)
    found = _payee(contest, key, user_id)
    if not found.to_return:
        raise refusals.NothingToReturn
    return _pay("payout.returned", contest, found, -found.to_return, paid_on, reference, by, now)


def _pay(
    action: str, contest: Contest, payee: Payee, amount: int, paid_on: date, reference: str, by: User, now: datetime
) -> Payment:
    decision = results.newest_decision(contest)
    if paid_on > clock.local(now).date() or (decision is not None and paid_on < decision.decided_on):
        raise refusals.PaidInFuture
    payment = Payment(
        contest_id=contest.id,
        **_prize(payee.line),
        user_id=payee.user_id,
        amount=amount,
        paid_on=paid_on,
        reference=reference,
        paid_by_id=by.id,
        paid_at=now,
    )
    db.session.add(payment)
    db.session.flush()
    audit.record(
        action,
        contest_id=contest.id,
        by=by,
        about=f"line:{payee.line.key}",
        now=now,
        details={"payment": payment.id, "paid_on": paid_on.isoformat()},
    )
    return payment


def undo_payment(contest: Contest, key: str, user_id: int, *, why: str, by: User, now: datetime) -> UndonePayment:
    """Take back the last record of money that moved, where it was a mistake; what was recorded stays beside it.

    :raise NotPaid: if none is recorded
    """
    lock(contest)
    found = _payee(contest, key, user_id)
    if not found.payments:
        raise refusals.NotPaid
    payment = found.payments[-1]
    undone = UndonePayment(
        contest_id=contest.id,
        award_id=payment.award_id,
        collective_award_id=payment.collective_award_id,
        user_id=user_id,
        amount=payment.amount,
        paid_on=payment.paid_on,
        reference=payment.reference,
        paid_by_id=payment.paid_by_id,
        paid_at=payment.paid_at,
        why=why,
        undone_by_id=by.id,
        undone_at=now,
    )
    db.session.add(undone)
    db.session.delete(payment)
    db.session.flush()
    audit.record(
        "payout.undone",
        contest_id=contest.id,
        by=by,
        about=f"line:{payment.key}",
        now=now,
        details={"payment": payment.id, "paid_on": undone.paid_on.isoformat(), "undone": undone.id},
    )
    return undone


def _payee(contest: Contest, key: str, user_id: int) -> Payee:
    _check_sums_seen(contest)
    found = queries.payee(contest, key, user_id)
    if found is None:
        raise NotFound
    return found


def _check_sums_seen(contest: Contest) -> None:
    if not may_see(Fact.MONEY, {Viewer.PAYER}, results.moment_of(contest)):
        raise NotFound


def _row(payee: Payee, user_id: int) -> Payout | None:
    return db.session.scalar(select(Payout).filter_by(user_id=user_id, **_prize(payee.line)))


def _payout(contest: Contest, line: Line, user_id: int, amount: int, by: User, now: datetime) -> Payout:
    return Payout(
        contest_id=contest.id,
        **_prize(line),
        user_id=user_id,
        amount=amount,
        set_by_id=by.id,
        set_at=now,
    )


def _prize(line: Line) -> dict[str, int | None]:
    of_work = line.kind == AWARD
    return {"award_id": line.number if of_work else None, "collective_award_id": None if of_work else line.number}


def _record_reading(contest: Contest, subject: str, key: str, by: User, now: datetime) -> None:
    audit.record(
        "bank_details.revealed",
        contest_id=contest.id,
        by=by,
        about=f"user:{subject}",
        now=now,
        details={"line": key},
    )
