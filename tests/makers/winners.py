"""Decided contests whose regulation asks winners to confirm, with groups. Everything made is committed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app

from contest import clock
from contest.accounts.models import Person, User, new_subject
from contest.database import db, transaction
from contest.entries.models import Byline
from contest.regulations.models import Contest
from contest.results.services import seal_round
from contest.winners import queries, services
from contest.winners.answers import Status
from contest.winners.queries import Account
from tests.makers.accounts import LONG_AGO, make_member, make_user
from tests.makers.regulations import make_contest
from tests.makers.results import FIVE, after, make_decided, make_judged_round

ASKING = ("\n[certificate]", "\n[gates]\nwinners_confirm = true\n\n[certificate]")
"""What is replaced in a regulation so that it asks winners."""

NUMBER = "0123456789012"
ACCOUNT = Account("Agribank, chi nhánh Quảng Ngãi", NUMBER, "DINH THI MAI", "8012345678")


@dataclass
class Won:
    """A decided contest.

    :ivar sender: who sent every work, and is the first author of each
    :ivar now: a moment after the decision
    """

    contest: Contest
    organizer: User
    sender: User
    now: datetime

    @property
    def today(self) -> date:
        """The day of that moment where the contest is."""
        return clock.local(self.now).date()

    @property
    def statuses(self) -> list[Status]:
        """Every line as it stands."""
        return queries.statuses(self.contest)

    @property
    def first(self) -> Status:
        """The line of the best work."""
        return self.statuses[0]

    @property
    def key(self) -> str:
        """The key of that line."""
        return self.first.line.key

    def confirm(self, user: User, status: Status, **words: Any) -> None:
        """Let somebody confirm a line."""
        with transaction():
            services.confirm(
                self.contest,
                status.line.key,
                fingerprint=status.line.fingerprint,
                by=user,
                now=self.now,
                **words,
            )

    def correct(self, user: User, *, reason: str = "Sai so với trang báo.", **wished: Any) -> None:
        """Let somebody ask for a correction of the first line."""
        line = self.first.line
        words: dict[str, Any] = {
            "title": line.title,
            "unit": line.unit,
            "names": [(author.name, author.pen_names) for author in line.authors],
            "order": list(range(1, len(line.authors) + 1)),
        }
        with transaction():
            services.ask_correction(self.contest, line.key, reason=reason, by=user, now=self.now, **(words | wished))

    def prepare(self) -> list[Any]:
        """Prepare the certificates."""
        from contest.certificates import seal
        from contest.certificates.services import prepare

        with transaction():
            key = seal.signing_key(Path(current_app.instance_path))
            return prepare(self.contest, key=key, by=self.organizer, now=self.now)

    def publish(self) -> None:
        """Let every line that waits be confirmed, prepare and draw the certificates, and publish."""
        from contest.certificates.background import draw_decision
        from contest.results.services import publish

        for status in queries.unconfirmed(self.contest):
            self.confirm(self.sender, status, for_others=bool(status.without_account))
        made = self.prepare()
        draw_decision(made[0].decision_id, by_id=self.organizer.id, progress=lambda done, total: None)
        with transaction():
            publish(self.contest, by=self.organizer, now=self.now)

    def ask(self) -> None:
        """Write to the winners."""
        with transaction():
            services.ask(self.contest, by=self.organizer, now=self.now)

    def pay(self, key: str, user: User, *, by: User) -> None:
        """Let the payer record that somebody was paid."""
        with transaction():
            services.mark_paid(self.contest, key, user.id, paid_on=self.today, reference="UNC 01", by=by, now=self.now)

    def give_account(self, user: User, *, newsroom: bool = False, **changes: Any) -> None:
        """Let somebody say where they are paid."""
        with transaction():
            services.give_bank_details(
                self.contest,
                Account(
                    **({name: getattr(ACCOUNT, name) for name in ("bank", "number", "holder", "tax_code")} | changes)
                ),
                newsroom=newsroom,
                consent="Đồng ý.",
                by=user,
                now=self.now,
            )


def make_author(revision_id: int, position: int, name: str, *, account: bool = True) -> User | None:
    """Put one more author into a byline, with or without an account."""
    user = make_user(name=name) if account else None
    person = db.session.get(Person, user.person_id) if user is not None else None
    if person is None:
        person = Person(subject=new_subject(), name=name, email="", created_at=LONG_AGO)
        db.session.add(person)
        db.session.flush()
    add_author(revision_id, position, name, person.id)
    return user


def add_author(revision_id: int, position: int, name: str, person_id: int) -> None:
    """Put somebody into a byline."""
    db.session.add(
        Byline(
            revision_id=revision_id,
            position=position,
            person_id=person_id,
            name=name,
            pen_names="",
            role="tac_gia",
            unit="",
            lead=False,
            salt="0" * 32,
            digest="0" * 64,
        )
    )
    db.session.commit()


def make_won(
    *, asking: bool = True, contest: Contest | None = None, group: tuple[tuple[str, bool], ...] = ()
) -> tuple[Won, list[User | None]]:
    """A contest with a decision on four works.

    :param group: further authors of the best work: name, and whether they have an account
    :return: the contest, and the accounts of those authors
    """
    contest = contest or make_contest(replacements=(ASKING,) if asking else ())
    organizer = make_member(contest, "organizer")
    round_, entries = make_judged_round(contest, *FIVE)
    authors = [
        make_author(entries[0].revision_id, place, name, account=account)
        for place, (name, account) in enumerate(group, 2)
    ]
    with transaction():
        seal_round(round_, by=organizer, now=after(contest))
    decision = make_decided(contest, by=organizer)
    db.session.commit()
    sender = db.session.get_one(User, entries[0].owner_id)
    return Won(contest, organizer, sender, decision.at + timedelta(hours=1)), authors
