"""Writing to everybody whom a certificate concerns, once it is public."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from contest import audit
from contest.accounts.models import User
from contest.database import db, lock
from contest.delivery import emails, queries, refusals
from contest.delivery.models import CertificateLetter
from contest.delivery.queries import Told
from contest.mail import Letter, LetterState
from contest.regulations.models import Contest
from contest.results import queries as results
from contest.results.services import follows_publication


@follows_publication
def tell_on_publication(contest: Contest, *, by: User, now: datetime) -> None:
    """Write to everybody with the very act that makes their certificates public."""
    _write(contest, queries.told(contest), by, now)


def tell_everybody(contest: Contest, *, by: User, now: datetime) -> int:
    """Write to everybody who has not been told of all of their certificates: of one that was issued since, for one.

    :return: number of letters
    :raise NotPublicYet: before the publication
    :raise EverybodyTold: if nobody is missing
    """
    lock(contest)
    if results.publication_of(contest) is None:
        raise refusals.NotPublicYet
    untold = [each for each in queries.told(contest) if not each.is_told]
    if not untold:
        raise refusals.EverybodyTold
    return _write(contest, untold, by, now)


def tell_again(contest: Contest, letter: Letter, *, by: User, now: datetime) -> Letter:
    """Write once more to the address of a letter: of all certificates that are there for it now, with fresh links.

    :raise NobodyThere: if no certificate is
    :raise StillWaiting: while the letter waits to be sent
    """
    lock(contest)
    told = next((each for each in queries.told(contest) if each.email == letter.to), None)
    if told is None:
        raise refusals.NobodyThere
    if told.letter is not None and told.letter.state == LetterState.QUEUED and told.is_told:
        raise refusals.StillWaiting
    _write(contest, [told], by, now)
    return next(each.letter for each in queries.told(contest) if each.email == letter.to and each.letter is not None)


def _write(contest: Contest, people: Iterable[Told], by: User, now: datetime) -> int:
    written = 0
    for told in people:
        letter = emails.tell(contest, told, now=now)
        db.session.add_all(
            CertificateLetter(certificate_id=certificate.id, letter_id=letter.id) for certificate in told.certificates
        )
        written += 1
    db.session.flush()
    if written:
        audit.record(
            "certificates.told",
            contest_id=contest.id,
            by=by,
            about="certificates",
            now=now,
            details={"letters": written},
        )
    return written
