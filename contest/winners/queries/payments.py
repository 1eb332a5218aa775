"""Who is paid what and where to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from contest.accounts.models import User
from contest.database import db
from contest.regulations.models import Contest
from contest.winners.answers import Asked
from contest.winners.lines import Line
from contest.winners.models import BankDetails, Payout, UndonePayment
from contest.winners.queries.lines import decided_lines, people_of, shows_lines
from contest.winners.shares import masked
from contest.winners.vault import Unreadable, Vault


@dataclass(frozen=True, slots=True)
class Account:
    """Where somebody is paid.

    :ivar number: whole, or masked
    """

    bank: str
    number: str
    holder: str
    tax_code: str


@dataclass(frozen=True, slots=True)
class Payee:
    """One sum of the payment list.

    :ivar user_id: who receives it; None while the group has not chosen
    :ivar name: of who receives it
    :ivar account: None where no bank details are kept, or they cannot be read
    """

    line: Line
    user_id: int | None
    name: str
    amount: int
    account: Account | None
    has_details: bool
    paid_on: date | None
    reference: str


@dataclass(frozen=True, slots=True)
class Division:
    """Who may receive the money of a prize, and what they receive.

    :ivar candidates: accounts among which the group chooses
    :ivar shares: đồng by account; empty while nobody has chosen
    :ivar paid: accounts that have been paid
    """

    line: Line
    candidates: tuple[Asked, ...]
    shares: dict[int, int]
    paid: dict[int, Payout]

    @property
    def is_chosen(self) -> bool:
        """Whether it is known who is paid."""
        return bool(self.shares)


def vault() -> Vault:
    """The keys of this instance."""
    return Vault(Path(current_app.instance_path))


def row_of(details: BankDetails) -> str:
    """Name the row to which sealed details are bound."""
    return bound_to(details.contest_id, details.user_id, newsroom=details.newsroom)


def bound_to(contest_id: int, user_id: int, *, newsroom: bool) -> str:
    """Name the row of somebody's details in a contest."""
    return f"{contest_id}:{user_id}:{'newsroom' if newsroom else 'person'}"


def divisions(contest: Contest, *keys: str) -> list[Division]:
    """How the money of each prize is divided, in the order of the decision; prizes without money are left out.

    Where only one account can receive it, it receives all of it without being chosen.

    :param keys: only these lines; all when none is named
    """
    lines = [line for line in decided_lines(contest) if line.money and (not keys or line.key in keys)]
    people, rows = people_of(contest, lines), defaultdict(list)
    for payout in db.session.scalars(select(Payout).filter_by(contest_id=contest.id).order_by(Payout.id)):
        rows[payout.key].append(payout)
    found = []
    for line in lines:
        chosen, candidates = rows[line.key], people[line.key]
        shares = {payout.user_id: payout.amount for payout in chosen}
        if not shares and len(candidates) == 1:
            shares = {candidates[0].user_id: line.money}
        found.append(Division(line, candidates, shares, {each.user_id: each for each in chosen if each.paid_on}))
    return found


def own_divisions(contest: Contest, user: User) -> list[Division]:
    """The prizes whose money somebody may receive; none before they may see them."""
    if not shows_lines(contest):
        return []
    return [each for each in divisions(contest) if any(person.user_id == user.id for person in each.candidates)]


def awaits_details(contest: Contest, user: User, *, newsroom: bool) -> bool:
    """Whether somebody is paid, themselves or for the newsroom that they stand for, and has not been paid all of it."""
    return any(
        each.line.is_of_newsroom == newsroom and user.id in each.shares and user.id not in each.paid
        for each in own_divisions(contest, user)
    )


def details_of(contest: Contest, user_id: int, *, newsroom: bool) -> BankDetails | None:
    """The bank details of somebody, sealed."""
    return db.session.scalar(select(BankDetails).filter_by(contest_id=contest.id, user_id=user_id, newsroom=newsroom))


def account_of(details: BankDetails, *, whole: bool = False) -> Account | None:
    """Read bank details, the number masked; None where the keys here do not open them.

    :param whole: with the whole number, for whoever pays; `services.reveal` records it
    """
    try:
        opened = vault().open(row_of(details), details.sealed)
    except Unreadable:
        return None
    if not whole:
        opened |= {
            "number": masked(opened["number"]),
            "tax_code": masked(opened["tax_code"]) if opened["tax_code"] else "",
        }
    return Account(**opened)


def payees(contest: Contest, *, whole: bool = False) -> list[Payee]:
    """The payment list in the order of the decision: one sum a payee, and one a prize whose payees nobody has chosen.

    :param whole: with whole account numbers; only for documents of the payer, asked for by `services.reveal_all`
    """
    return list(_payees(contest, whole))


def _payees(contest: Contest, whole: bool) -> Iterator[Payee]:
    kept = {
        (details.user_id, details.newsroom): details
        for details in db.session.scalars(select(BankDetails).filter_by(contest_id=contest.id))
    }
    found = divisions(contest)
    gone = {user_id for each in found for user_id in each.shares} - {
        person.user_id for each in found for person in each.candidates
    }
    named = {user.id: user.name for user in db.session.scalars(select(User).where(User.id.in_(gone)))} if gone else {}
    named |= {person.user_id: person.name for each in found for person in each.candidates}
    for each in found:
        for user_id, amount in each.shares.items():
            details, paid = kept.get((user_id, each.line.is_of_newsroom)), each.paid.get(user_id)
            yield Payee(
                line=each.line,
                user_id=user_id,
                name=named[user_id],
                amount=amount,
                account=account_of(details, whole=whole) if details is not None else None,
                has_details=details is not None,
                paid_on=paid.paid_on if paid is not None else None,
                reference=paid.reference if paid is not None else "",
            )
        if not each.is_chosen:
            yield Payee(each.line, None, "", each.line.money, None, False, None, "")


def payee(contest: Contest, key: str, user_id: int) -> Payee | None:
    """One sum of the payment list."""
    found = (each for each in payees(contest) if each.line.key == key and each.user_id == user_id)
    return next(found, None)


def undone_payments(contest: Contest) -> Sequence[UndonePayment]:
    """List the payments that were recorded by mistake, the newest first."""
    return db.session.scalars(
        select(UndonePayment)
        .filter_by(contest_id=contest.id)
        .options(joinedload(UndonePayment.user), joinedload(UndonePayment.undone_by))
        .order_by(UndonePayment.id.desc())
    ).all()


def last_payment(contest_id: int) -> date | None:
    """The day of the last payment in a contest."""
    return db.session.scalar(select(func.max(Payout.paid_on)).where(Payout.contest_id == contest_id))


def unreadable() -> int:
    """How many people's bank details the keys of this instance do not open."""
    rows: Sequence[BankDetails] = db.session.scalars(select(BankDetails)).all()
    return sum(account_of(details) is None for details in rows)
