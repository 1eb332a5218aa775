"""Preparing certificates, having them drawn, and keeping what was drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contest import audit, jobs, storage
from contest.accounts.models import User
from contest.audit.chain import canonical
from contest.certificates import queries, refusals, wording
from contest.certificates.models import Certificate, CertificateSet, SealKey
from contest.certificates.services.following import follow_decision
from contest.certificates.services.register import decision_of, enter, given_on, words_of
from contest.database import db, lock
from contest.jobs import Job, JobState
from contest.regulations.models import Contest, Stage
from contest.results import queries as results
from contest.results.models import Decision
from contest.results.services import mark_prepared
from contest.winners.services import check_confirmed


@dataclass(frozen=True)
class Drawn:
    """Files of one drawing, on disk but not yet known to any row."""

    singles: Sequence[storage.Received]
    archive: storage.Received
    print_file: storage.Received


def specimens(contest: Contest) -> dict[str, wording.Printed]:
    """Choose the certificates of a decision with the fewest and with the most letters, to see how they stand.

    :raise NothingDecided: if there is no decision
    """
    worded = [printed for _issue, printed in _unnumbered(contest)]
    by_length = sorted(worded, key=wording.letters)
    return {"ngan": by_length[0], "dai": by_length[-1]} if by_length else {}


def specimen_of(contest: Contest, award_id: int) -> wording.Printed | None:
    """Word the certificate of one prize of a work as it will stand, the group's where several wrote it."""
    found = (printed for issue, printed in _unnumbered(contest) if issue.award_id == award_id and not issue.position)
    return next(found, None)


def _unnumbered(contest: Contest) -> list[tuple[wording.Issue, wording.Printed]]:
    """Word every certificate with a number that none will have."""
    decision = decision_of(contest)
    register_number = contest.regulation.certificate.register_number(0, given_on(contest, decision).year)
    return [
        (issue, {**issue.printed, "register_number": register_number, "register": f"Vào sổ số {register_number}"})
        for issue in words_of(contest, decision)
    ]


def prepare(contest: Contest, *, key: Ed25519PrivateKey, by: User, now: datetime) -> list[Certificate]:
    """Give every certificate of the decision its words, its number in the register and its code; once.

    Where an earlier version of the decision has issued certificates, they are brought in line with the one in force.
    Numbers follow the order of the decision and have no gaps: they are counted under the lock of the contest. Words
    that do not fit on a sheet are refused now, before any number is given.

    :return: the certificates that the decision in force issued, by number, also when they were prepared before
    :raise NothingDecided: if there is no decision
    :raise LinesUnconfirmed: while winners have not confirmed what is printed of them
    :raise ContestError: if the words of one cannot be set
    """
    lock(contest)
    decision = decision_of(contest)
    check_confirmed(contest)
    if queries.last_number(contest):
        follow_decision(contest, key=key, by=by, now=now)
        return queries.certificates_of(decision)
    made = enter(contest, decision, words_of(contest, decision), key=key, now=now)
    audit.record(
        "certificates.numbered",
        contest_id=contest.id,
        by=by,
        about=f"decision:{decision.version}",
        now=now,
        details={
            "first": made[0].number if made else None,
            "last": made[-1].number if made else None,
            "sha256": sha256(canonical([each.printed for each in made])).hexdigest(),
        },
    )
    return made


def request_drawing(contest: Contest, *, by: User, now: datetime) -> Job:
    """Have all certificates of the decision drawn in the background; one drawing at a time.

    :raise NothingPrepared: if they have no numbers yet
    :raise AlreadyPublic: if they are published
    """
    lock(contest)
    decision = decision_of(contest)
    check_drawable(contest, decision)
    last = queries.newest_drawing(contest)
    if last is not None and last.state in (JobState.QUEUED, JobState.RUNNING):
        return last
    key = f"{queries.DRAWING}:{decision.id}:{last.id + 1 if last is not None else 1}"
    return jobs.enqueue(queries.DRAWING, {"decision": decision.id}, key=key, contest_id=contest.id, by=by, now=now)


def check_drawable(contest: Contest, decision: Decision) -> None:
    """Pass when the certificates of a decision may be drawn.

    :raise NothingPrepared: if they have no numbers yet
    :raise AlreadyPublic: if they are published
    """
    if not queries.certificates_of(decision):
        raise refusals.NothingPrepared
    publication = results.publication_of(contest)
    if publication is not None and publication.decision_id == decision.id and not queries.undrawn(contest):
        raise refusals.AlreadyPublic


def keep_drawn(
    contest: Contest, decision: Decision, drawn: Drawn, *, signed_by: SealKey | None = None, by: User, now: datetime
) -> None:
    """Keep the files of a drawing with their certificates, and let the contest go on to publication.

    Drawing again puts the new files in place of the old; unless an address has changed the drawings are the same
    bytes, with another signature behind them.

    :param signed_by: the key that signed the files
    """
    lock(contest)
    check_drawable(contest, decision)
    certificates = queries.certificates_of(decision)
    old = {each.sha256 for each in certificates}
    for certificate, received in zip(certificates, drawn.singles, strict=True):
        certificate.sha256 = storage.register(received, media_type="application/pdf").sha256
        certificate.signed_by_id = signed_by.id if signed_by is not None else None
        certificate.signed_at = now if signed_by is not None else None
    archive = storage.register(drawn.archive, media_type="application/zip")
    print_file = storage.register(drawn.print_file, media_type="application/pdf")
    kept = queries.set_of(decision)
    if kept is None:
        kept = CertificateSet(decision_id=decision.id)
        db.session.add(kept)
    else:
        old |= {kept.archive_sha256, kept.print_sha256}
    kept.count, kept.drawn_at = len(certificates), now
    kept.archive_sha256, kept.print_sha256 = archive.sha256, print_file.sha256
    db.session.flush()
    _release(old)
    audit.record(
        "certificates.drawn",
        contest_id=contest.id,
        by=by,
        about=f"decision:{decision.version}",
        now=now,
        details={"count": kept.count, "archive": archive.sha256, "print_file": print_file.sha256},
    )
    if contest.stage == Stage.DECIDED:
        mark_prepared(contest, certificates=queries.last_number(contest), by=by, now=now)


def _release(fingerprints: Iterable[str | None]) -> None:
    for sha256_ in fingerprints:
        if sha256_ is not None:
            storage.release(sha256_)
