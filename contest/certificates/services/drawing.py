"""Having certificates drawn, and keeping what was drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from contest import audit, jobs, storage
from contest.accounts.models import User
from contest.certificates import queries, refusals
from contest.certificates.models import CertificateSet, SealKey
from contest.certificates.services.following import consequences_of
from contest.certificates.services.register import decision_of
from contest.database import db, lock
from contest.jobs import Job, JobState
from contest.regulations.models import Contest, Stage
from contest.results import queries as results
from contest.results.models import Decision
from contest.results.services import mark_prepared
from contest.winners.queries import unconfirmed


@dataclass(frozen=True)
class Drawn:
    """Files of one drawing, on disk but not yet known to any row.

    :ivar singles: what was drawn, by id of the certificate
    :ivar packed: ids of the certificates in the archive and the print file
    """

    singles: Mapping[int, storage.Received]
    packed: Sequence[int]
    archive: storage.Received
    print_file: storage.Received


def request_drawing(contest: Contest, *, again: bool = False, by: User, now: datetime) -> Job:
    """Have the certificates that have no file drawn in the background, and all in force packed; one drawing at a time.

    :param again: draw those that are not public once more
    :raise NothingPrepared: if they have no numbers yet
    :raise BehindDecision: if they are not those of the decision in force
    :raise AlreadyPublic: if all are published and packed
    """
    lock(contest)
    decision = decision_of(contest)
    check_drawable(contest, decision)
    last = queries.newest_drawing(contest)
    waits = last is not None and last.state in (JobState.QUEUED, JobState.RUNNING)
    if last is not None and waits and last.payload["decision"] == decision.id:
        return last
    key = f"{queries.DRAWING}:{decision.id}:{last.id + 1 if last is not None else 1}"
    payload = {"decision": decision.id, "again": again}
    return jobs.enqueue(queries.DRAWING, payload, key=key, contest_id=contest.id, by=by, now=now)


def check_drawable(contest: Contest, decision: Decision) -> None:
    """Pass when certificates may be drawn and packed as a decision has them.

    :raise NothingPrepared: if they have no numbers yet
    :raise BehindDecision: if they are not those of this decision
    :raise AlreadyPublic: if all are published and packed
    """
    if not queries.last_number(contest):
        raise refusals.NothingPrepared
    if is_behind(contest, decision):
        raise refusals.BehindDecision
    if contest.stage == Stage.PUBLISHED and not queries.undrawn(contest) and queries.set_of(decision) is not None:
        raise refusals.AlreadyPublic


def is_behind(contest: Contest, decision: Decision) -> bool:
    """Say whether certificates were issued and are others than a version of the decision asks for."""
    return not consequences_of(contest, results.copy_of(decision)).are_none


def keep_drawn(
    contest: Contest, decision: Decision, drawn: Drawn, *, signed_by: SealKey | None = None, by: User, now: datetime
) -> None:
    """Keep the files of a drawing with their certificates, and let the contest go on to publication.

    Drawing again puts the new files in place of the old; unless an address has changed the drawings are the same
    bytes, with another signature behind them. What was drawn for a decision that is not in force any more is kept with
    the certificates alone; the drawing for the one in force packs them.

    :param signed_by: the key that signed the files
    :raise DrawnMeanwhile: if another drawing has been kept, or what is in force has changed, since this one began
    """
    lock(contest)
    is_newest = decision.id == decision_of(contest).id
    if is_newest:
        check_drawable(contest, decision)
        if set(drawn.packed) != {each.id for each in queries.in_force(contest)}:
            raise refusals.DrawnMeanwhile
    released = _keep_singles(contest, drawn, signed_by, now)
    if is_newest:
        released |= _keep_set(contest, decision, drawn, by=by, now=now)
    _release(released)
    if is_newest and contest.stage == Stage.DECIDED and not queries.undrawn(contest) and not unconfirmed(contest):
        mark_prepared(contest, certificates=queries.last_number(contest), by=by, now=now)


def _keep_singles(contest: Contest, drawn: Drawn, signed_by: SealKey | None, now: datetime) -> set[str | None]:
    """Keep each file with its certificate; give the files in whose place they came."""
    old: set[str | None] = set()
    drawable = {each.id: each for each in queries.to_draw(contest, again=True)}
    if not drawable.keys() >= drawn.singles.keys():
        raise refusals.DrawnMeanwhile
    for number, received in drawn.singles.items():
        certificate = drawable[number]
        old.add(certificate.sha256)
        certificate.sha256 = storage.register(received, media_type="application/pdf").sha256
        certificate.signed_by_id = signed_by.id if signed_by is not None else None
        certificate.signed_at = now if signed_by is not None else None
    db.session.flush()
    return old


def _keep_set(contest: Contest, decision: Decision, drawn: Drawn, *, by: User, now: datetime) -> set[str | None]:
    """Keep the archive and the print file; give those in whose place they came."""
    archive = storage.register(drawn.archive, media_type="application/zip")
    print_file = storage.register(drawn.print_file, media_type="application/pdf")
    kept, old = queries.set_of(decision), set[str | None]()
    if kept is None:
        kept = CertificateSet(decision_id=decision.id)
        db.session.add(kept)
    else:
        old = {kept.archive_sha256, kept.print_sha256}
    kept.count, kept.drawn_at = len(drawn.packed), now
    kept.archive_sha256, kept.print_sha256 = archive.sha256, print_file.sha256
    db.session.flush()
    audit.record(
        "certificates.drawn",
        contest_id=contest.id,
        by=by,
        about=f"decision:{decision.version}",
        now=now,
        details={"count": kept.count, "archive": archive.sha256, "print_file": print_file.sha256},
    )
    return old


def _release(fingerprints: Iterable[str | None]) -> None:
    for sha256 in fingerprints:
        if sha256 is not None:
            storage.release(sha256)
