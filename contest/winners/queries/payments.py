"""Who is paid what and where to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from contest.accounts.models import User
from contest.database import db
from contest.regulations.models import Contest
from contest.results import queries as results
from contest.results.models import Decision
from contest.winners.answers import Asked
from contest.winners.lines import Line, given_lines
from contest.winners.models import BankDetails, Payment, Payout, UndonePayment
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
    """One sum of the payment list: what somebody is to have for a work, and what they have had for it.

    :ivar line: as it stands; of a prize that is given no longer, as it stood last
    :ivar user_id: who receives it; None while the group has not chosen
    :ivar name: of who receives it
    :ivar amount: of the prize as it stands now, nought of one that is given no longer
    :ivar account: None where no bank details are kept, or they cannot be read
    :ivar payments: in their order, also those for a prize that the work had before
    """

    line: Line
    user_id: int | None
    name: str
    amount: int
    account: Account | None
    has_details: bool
    payments: tuple[Payment, ...]

    @property
    def paid(self) -> int:
        """What they have had, less what came back."""
        return sum(each.amount for each in self.payments)

    @property
    def left(self) -> int:
        """What is still to be paid; below nought what is to be returned. Nothing moves while a prize is suspended."""
        return 0 if self.line.is_suspended else self.amount - self.paid

    @property
    def to_pay(self) -> int:
        """What is still to be paid."""
        return max(self.left, 0)

    @property
    def to_return(self) -> int:
        """What they have had and may not keep."""
        return max(-self.left, 0)

    @property
    def paid_on(self) -> date | None:
        """The day on which money moved last."""
        return self.payments[-1].paid_on if self.payments else None

    @property
    def reference(self) -> str:
        """Of every payment."""
        return "; ".join(each.reference for each in self.payments)


@dataclass(frozen=True, slots=True)
class Division:
    """Who may receive the money of a prize, and what they receive.

    :ivar candidates: accounts among which the group chooses
    :ivar shares: đồng by account; empty while nobody has chosen
    :ivar payments: in their order, also those for a prize that the work had before
    """

    line: Line
    candidates: tuple[Asked, ...]
    shares: dict[int, int]
    payments: tuple[Payment, ...]

    @property
    def is_chosen(self) -> bool:
        """Whether it is known who is paid."""
        return bool(self.shares)

    @property
    def is_fixed(self) -> bool:
        """Whether somebody was paid for this very prize, so that it is divided no more."""
        return any(each.key == self.line.key for each in self.payments)

    def paid_to(self, user_id: int) -> tuple[Payment, ...]:
        """What somebody has had."""
        return tuple(each for each in self.payments if each.user_id == user_id)

    def left(self, user_id: int) -> int:
        """What is still to be paid to somebody; below nought what they are to return."""
        return self.shares.get(user_id, 0) - sum(each.amount for each in self.paid_to(user_id))


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
    moved, found = _moved(contest), []
    for line in lines:
        chosen, candidates = rows[line.key], people[line.key]
        shares = {payout.user_id: payout.amount for payout in chosen}
        if not shares and len(candidates) == 1:
            shares = {candidates[0].user_id: line.money}
        _line, payments = moved.get(line.purse, (line, []))
        found.append(Division(line, candidates, shares, tuple(payments)))
    return found


def _moved(contest: Contest) -> dict[str, tuple[Line, list[Payment]]]:
    """All payments by what they are for, each with the line as it stands, or stood last."""
    payments = db.session.scalars(
        select(Payment).filter_by(contest_id=contest.id).options(joinedload(Payment.user)).order_by(Payment.id)
    ).all()
    if not payments:
        return {}
    purses: dict[str, str] = {}
    last: dict[str, Line] = {}
    given: set[str] = set()
    versions = select(Decision).filter_by(contest_id=contest.id).order_by(Decision.version)
    for decision in db.session.scalars(versions):
        lines = list(given_lines(results.copy_of(decision)))
        purses |= {line.key: line.purse for line in lines}
        last |= {line.purse: line for line in lines}
        given = {line.purse for line in lines}
    found: dict[str, tuple[Line, list[Payment]]] = {}
    for payment in payments:
        purse = purses[payment.key]
        line = last[purse] if purse in given else replace(last[purse], is_suspended=False)
        found.setdefault(purse, (line, []))[1].append(payment)
    return found


def own_divisions(contest: Contest, user: User) -> list[Division]:
    """The prizes whose money somebody may receive; none before they may see them."""
    if not shows_lines(contest):
        return []
    return [each for each in divisions(contest) if any(person.user_id == user.id for person in each.candidates)]


def awaits_details(contest: Contest, user: User, *, newsroom: bool) -> bool:
    """Whether somebody is paid, themselves or for the newsroom that they stand for, and has not been paid all of it."""
    return any(each.line.is_of_newsroom == newsroom and each.left(user.id) > 0 for each in own_divisions(contest, user))


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

    Below stand those who were paid for a prize that is suspended or given no longer.

    :param whole: with whole account numbers; only for documents of the payer, asked for by `services.reveal_all`
    """
    return list(_payees(contest, whole))


def _payees(contest: Contest, whole: bool) -> Iterator[Payee]:
    kept = {
        (details.user_id, details.newsroom): details
        for details in db.session.scalars(select(BankDetails).filter_by(contest_id=contest.id))
    }
    found, moved = divisions(contest), _moved(contest)
    named = {payment.user_id: payment.user.name for _line, payments in moved.values() for payment in payments}
    named |= {person.user_id: person.name for each in found for person in each.candidates}
    gone = {user_id for each in found for user_id in each.shares} - named.keys()
    named |= {user.id: user.name for user in db.session.scalars(select(User).where(User.id.in_(gone)))} if gone else {}

    def payee(line: Line, user_id: int, amount: int, payments: Iterable[Payment]) -> Payee:
        details = kept.get((user_id, line.is_of_newsroom))
        account = account_of(details, whole=whole) if details is not None else None
        own = tuple(each for each in payments if each.user_id == user_id)
        return Payee(line, user_id, named[user_id], amount, account, details is not None, own)

    for each in found:
        if not each.is_chosen:
            yield Payee(each.line, None, "", each.line.money, None, False, each.payments)
            continue
        for user_id in dict.fromkeys([*each.shares, *(payment.user_id for payment in each.payments)]):
            yield payee(each.line, user_id, each.shares.get(user_id, 0), each.payments)
    listed = {each.line.purse for each in found}
    for purse, (line, payments) in moved.items():
        if purse not in listed:
            for user_id in dict.fromkeys(payment.user_id for payment in payments):
                yield payee(line, user_id, 0, payments)


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
    return db.session.scalar(select(func.max(Payment.paid_on)).where(Payment.contest_id == contest_id))


def unreadable() -> int:
    """How many people's bank details the keys of this instance do not open."""
    rows: Sequence[BankDetails] = db.session.scalars(select(BankDetails)).all()
    return sum(account_of(details) is None for details in rows)
