"""Whom a certificate concerns, at which address, and what became of the letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from contest.accounts import links
from contest.accounts.models import Person, User
from contest.certificates.models import Certificate, CertificateState
from contest.certificates.queries import IS_PUBLIC
from contest.database import db
from contest.delivery.addressing import Reader, of_prize
from contest.delivery.models import CertificateLetter
from contest.entries.models import Byline, Entry
from contest.mail import Letter
from contest.regulations.models import Contest
from contest.results import queries as results
from contest.winners import queries as winners
from contest.winners.lines import AWARD, NEWSROOM, Line


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who is told of certificates.

    :ivar letter: the newest one that told them of any of these
    :ivar is_told: whether letters to this address have told of all of them
    """

    email: str
    name: str
    account: bool
    certificates: tuple[Certificate, ...]
    letter: Letter | None
    is_told: bool


def told(contest: Contest) -> list[Told]:
    """List whom the public certificates in force concern, with the last letter to each; none before publication.

    By register number of the first certificate. Whoever is reached at one address is named once.
    """
    if results.publication_of(contest) is None:
        return []
    found: dict[str, list[tuple[Reader, Certificate]]] = defaultdict(list)
    for reader, certificate in _addressed(contest):
        found[reader.email].append((reader, certificate))
    letters = letters_about(contest)
    return [_told(email, own, letters) for email, own in found.items()]


def _told(
    email: str,
    own: Sequence[tuple[Reader, Certificate]],
    letters: dict[tuple[int, str], Letter],
) -> Told:
    reader = next((reader for reader, _certificate in own if reader.account), own[0][0])
    certificates = {certificate.id: certificate for _reader, certificate in own}
    about = [letters[each, email] for each in certificates if (each, email) in letters]
    return Told(
        email=email,
        name=reader.name,
        account=reader.account,
        certificates=tuple(certificates.values()),
        letter=max(about, key=lambda letter: letter.id, default=None),
        is_told=len(about) == len(certificates),
    )


def letters_about(contest: Contest) -> dict[tuple[int, str], Letter]:
    """The newest letter about each certificate to each address."""
    rows = db.session.scalars(
        select(CertificateLetter)
        .join(CertificateLetter.certificate)
        .where(Certificate.contest_id == contest.id)
        .options(joinedload(CertificateLetter.letter))
        .order_by(CertificateLetter.letter_id)
    )
    return {(row.certificate_id, row.letter.to): row.letter for row in rows}


def letter_of(contest: Contest, letter_id: int) -> Letter | None:
    """Find a letter about certificates of a contest."""
    about = select(CertificateLetter.letter_id).join(CertificateLetter.certificate)
    return db.session.scalar(
        select(Letter).where(Letter.id == letter_id, Letter.id.in_(about.where(Certificate.contest_id == contest.id)))
    )


def _addressed(contest: Contest) -> Iterator[tuple[Reader, Certificate]]:
    """Every certificate with everybody whom it concerns."""
    by_prize: dict[tuple[str, int | None], list[Certificate]] = defaultdict(list)
    for certificate in _in_force(contest):
        of_work = certificate.award_id is not None
        key = (AWARD, certificate.award_id) if of_work else (NEWSROOM, certificate.collective_award_id)
        by_prize[key].append(certificate)
    lines = [line for line in winners.decided_lines(contest) if (line.kind, line.number) in by_prize]
    people, unknown = winners.people_of(contest, lines), _without_account(lines)
    for line in lines:
        readers = [
            Reader(person.name, person.email, person.subjects, account=True, sent=person.sent)
            for person in people[line.key]
        ]
        known = {subject for reader in readers for subject in reader.subjects}
        addresses = {reader.email for reader in readers}
        readers += [
            reader
            for author in line.authors
            if author.subject not in known
            for reader in [unknown.get((line.entry_id, author.subject))]
            if reader is not None and reader.email not in addresses
        ]
        copies = [(each, (each.subject or "") if each.position else "") for each in by_prize[line.kind, line.number]]
        for reader, own in of_prize(readers, copies):
            yield from ((reader, certificate) for certificate in own)


def _in_force(contest: Contest) -> Sequence[Certificate]:
    return db.session.scalars(
        select(Certificate)
        .where(
            Certificate.contest_id == contest.id,
            Certificate.state == CertificateState.PREPARED,
            Certificate.sha256.is_not(None),
            IS_PUBLIC,
        )
        .order_by(Certificate.number)
    ).all()


def _without_account(lines: Iterable[Line]) -> dict[tuple[int | None, str], Reader]:
    """Authors by the address that the dossier names, where no account has it that was closed."""
    entries = {line.entry_id for line in lines if line.entry_id is not None}
    rows = db.session.execute(
        select(Entry.id, Byline, Person)
        .join(Byline, Byline.revision_id == Entry.revision_id)
        .join(Person, Person.id == Byline.person_id)
        .where(Entry.id.in_(entries), Person.erased_at.is_(None))
    )
    found = {
        (entry_id, person.subject): Reader(
            byline.name, (byline.email or person.email).lower(), frozenset({person.subject}), account=False
        )
        for entry_id, byline, person in rows
        if byline.email or person.email
    }
    closed = set(
        db.session.scalars(
            select(User.email).where(
                User.email.in_({reader.email for reader in found.values()}), User.disabled_at.is_not(None)
            )
        )
    )
    return {key: reader for key, reader in found.items() if reader.email not in closed}


def mark_of(email: str) -> str:
    """Mark an address, so that a link is dead once it is not the person's any more; nobody reads it from the mark."""
    return links.mark_of(current_app.config["SECRET_KEY"], "certificate", email)


def addressed_copy(contest: Contest, number: int, mark: str) -> Certificate | None:
    """Find a certificate that is public, for whoever is still told of it at the address of a link.

    A certificate that was suspended, revoked or replaced since is found by nobody: its public page says why.
    """
    return next(
        (
            certificate
            for reader, certificate in _addressed(contest)
            if certificate.number == number and not reader.account and mark_of(reader.email) == mark
        ),
        None,
    )
