"""Taking in bank details, deleting them, and changing the keys under which they are kept."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta

from sqlalchemy import select

from contest import audit, clock
from contest.accounts.models import User
from contest.accounts.services import agree, withdraw_consent
from contest.database import db, lock
from contest.regulations.models import Contest
from contest.winners import queries, refusals
from contest.winners.consents import bank_notice
from contest.winners.models import BankDetails
from contest.winners.queries import Account
from contest.winners.vault import key_of

UNPAID_KEPT = timedelta(days=365)
"""For so long details are kept in a contest in which no payment was ever recorded."""


def give_bank_details(
    contest: Contest, account: Account, *, newsroom: bool, consent: str, by: User, now: datetime
) -> BankDetails:
    """Keep where somebody wants to be paid, sealed; what they gave before is replaced.

    :param newsroom: whether it is the account of the newsroom that they stand for
    :param consent: the notice in the words that were agreed to; empty if it was not
    :raise NothingToPay: for whoever is paid nothing, or has been paid
    :raise ConsentNeeded: without consent
    """
    lock(contest)
    if not queries.awaits_details(contest, by, newsroom=newsroom):
        raise refusals.NothingToPay
    if not consent:
        raise refusals.ConsentNeeded
    agreed = agree(by, consent, now=now, notice=bank_notice(contest.id))
    details = queries.details_of(contest, by.id, newsroom=newsroom)
    if details is None:
        details = BankDetails(contest_id=contest.id, user_id=by.id, newsroom=newsroom)
        db.session.add(details)
    row = queries.bound_to(contest.id, by.id, newsroom=newsroom)
    details.sealed = queries.vault().seal(row, asdict(account))
    details.consent_id, details.given_at = agreed.id, now
    db.session.flush()
    _record("bank_details.given", contest.id, by, by, now)
    return details


def withdraw_bank_details(contest: Contest, *, by: User, now: datetime) -> bool:
    """Take back the consent, and delete at once everything that was kept with it.

    :return: whether there was anything
    """
    lock(contest)
    kept = list(db.session.scalars(select(BankDetails).filter_by(contest_id=contest.id, user_id=by.id)))
    for details in kept:
        db.session.delete(details)
    db.session.flush()
    withdraw_consent(by, bank_notice(contest.id), now=now)
    if kept:
        _record("bank_details.withdrawn", contest.id, by, by, now)
    return bool(kept)


def forget_bank_details(*, now: datetime) -> int:
    """Delete the bank details of every contest whose period is over.

    The regulation counts its days from the last payment; where nothing was ever paid, a year from when each was given.

    :return: number of rows
    """
    today, forgotten = clock.local(now).date(), 0
    for contest_id in set(db.session.scalars(select(BankDetails.contest_id))):
        contest = db.session.get_one(Contest, contest_id)
        last = queries.last_payment(contest_id)
        over = [
            details
            for details in db.session.scalars(select(BankDetails).filter_by(contest_id=contest_id))
            if today > _kept_until(contest, details, last)
        ]
        for details in over:
            db.session.delete(details)
        if over:
            db.session.flush()
            audit.record(
                "bank_details.deleted",
                contest_id=contest_id,
                about="list",
                now=now,
                details={"count": len(over), "last_payment": last.isoformat() if last else None},
            )
        forgotten += len(over)
    return forgotten


def _kept_until(contest: Contest, details: BankDetails, last_payment: date | None) -> date:
    if last_payment is None:
        return clock.local(details.given_at).date() + UNPAID_KEPT
    return last_payment + timedelta(days=contest.regulation.gates.bank_days)


def rotate_keys() -> int:
    """Seal all bank details with the newest key. Those that no key opens are left as they are.

    :return: number of rows that were sealed again
    """
    vault, done = queries.vault(), 0
    for details in db.session.scalars(select(BankDetails)):
        account = queries.account_of(details, whole=True)
        if account is not None:
            details.sealed = vault.seal(queries.row_of(details), asdict(account))
            done += 1
    db.session.flush()
    return done


def keys_in_use() -> set[str]:
    """Names of the keys with which something is sealed."""
    return {key_of(sealed) for sealed in db.session.scalars(select(BankDetails.sealed))}


def _record(action: str, contest_id: int, of: User, by: User, now: datetime) -> None:
    audit.record(action, contest_id=contest_id, by=by, about=f"user:{of.subject}", now=now)
