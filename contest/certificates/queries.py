"""Finding certificates: for whoever holds one, for whoever checks one, and for those who issue them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, and_, func, inspect, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from contest.accounts.models import Person, User
from contest.audit.models import AuditLine
from contest.certificates.models import (
    IN_FORCE,
    Certificate,
    CertificateSet,
    CertificateState,
    CertificateTemplate,
    SealKey,
    SealKind,
)
from contest.database import db
from contest.entries.models import Byline, Entry
from contest.jobs import Job
from contest.regulations.models import Contest
from contest.results import queries as results
from contest.results.models import Award, Decision, Publication

DRAWING = "certificates.draw"
FOLLOWED = "certificates.followed"  # the audit line of a change of what is in force

_issuing = inspect(Decision).local_table.alias()
IS_PUBLIC = (
    select(Publication.id)
    .join(_issuing, _issuing.c.contest_id == Publication.contest_id)
    .where(_issuing.c.id == Certificate.decision_id, Publication.version >= _issuing.c.version)
    .correlate(Certificate)
    .exists()
)
"""Whether the version of the decision that a certificate was issued by, or a later one, has been published."""


def register(contest: Contest) -> Select[tuple[Certificate]]:
    """Ask for all certificates of a contest by register number, those that are no longer in force among them."""
    return select(Certificate).filter_by(contest_id=contest.id).order_by(Certificate.number)


def register_of(contest: Contest) -> list[Certificate]:
    """List all certificates of a contest by register number."""
    return list(db.session.scalars(register(contest).options(joinedload(Certificate.decision))))


def undrawn(contest: Contest) -> int:
    """Count the certificates in force that have no file yet."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Certificate)
            .where(Certificate.contest_id == contest.id, Certificate.state.in_(IN_FORCE), Certificate.sha256.is_(None))
        )
        or 0
    )


def certificates_of(decision: Decision) -> list[Certificate]:
    """List the certificates that a version of the decision issued, by register number."""
    return list(
        db.session.scalars(
            select(Certificate)
            .filter_by(decision_id=decision.id)
            .order_by(Certificate.number)
            .options(joinedload(Certificate.kept_design))
        )
    )


def templates_of(contest: Contest, *, retired: bool = False) -> Sequence[CertificateTemplate]:
    """List the templates of a contest that are in use, or those that are not any more, the oldest first."""
    wanted = select(CertificateTemplate).filter_by(contest_id=contest.id).order_by(CertificateTemplate.id)
    state = CertificateTemplate.retired_at
    return db.session.scalars(
        wanted.where(state.is_not(None) if retired else state.is_(None)).options(
            joinedload(CertificateTemplate.updated_by)
        )
    ).all()


def template(contest: Contest, template_id: int) -> CertificateTemplate | None:
    """Find a template of a contest, in use or retired."""
    return db.session.scalar(select(CertificateTemplate).filter_by(contest_id=contest.id, id=template_id))


def in_force(contest: Contest) -> list[Certificate]:
    """List the certificates in force by register number: those that the archive and the print file hold."""
    return list(db.session.scalars(register(contest).where(Certificate.state == CertificateState.PREPARED)))


def to_draw(contest: Contest, *, again: bool) -> list[Certificate]:
    """List the certificates that have no file yet, whichever version of the decision issued them.

    :param again: also those that have one and are not public, because a file that somebody may have is never changed
    """
    waits = Certificate.sha256.is_(None)
    wanted = or_(waits, ~IS_PUBLIC) if again else waits
    return list(db.session.scalars(register(contest).where(Certificate.state.in_(IN_FORCE), wanted)))


def numbered(contest: Contest, number: int) -> Certificate | None:
    """Find a certificate by its number in the register."""
    return db.session.scalar(
        select(Certificate).filter_by(contest_id=contest.id, number=number).options(joinedload(Certificate.blob))
    )


def last_number(contest: Contest) -> int:
    """Give the highest number in the register, 0 for an empty one."""
    return db.session.scalar(select(func.max(Certificate.number)).filter_by(contest_id=contest.id)) or 0


def public_certificate(code: str) -> Certificate | None:
    """Find a certificate by its code, if its decision has been published; before that there is none."""
    return db.session.scalar(select(Certificate).where(Certificate.code == code, IS_PUBLIC))


def public_replacement(certificate: Certificate) -> Certificate | None:
    """Find the certificate that took the place of another, if it has been published."""
    if certificate.replaced_by_id is None:
        return None
    return db.session.scalar(select(Certificate).where(Certificate.id == certificate.replaced_by_id, IS_PUBLIC))


def published_certificates_of(user: User, contest: Contest) -> Sequence[Certificate]:
    """List the published certificates that somebody may have.

    Those of works that they sent, those that name them, alone or in a group, and those of the newsroom that they
    represent. An author is known by the account, or by the address of the account in the byline.
    """
    named = select(Person.id, Person.subject).where(
        or_(Person.id == user.person_id, and_(Person.email != "", Person.email == user.email))
    )
    in_byline = (
        select(Byline.position)
        .where(Byline.revision_id == Entry.revision_id, Byline.person_id.in_(named.with_only_columns(Person.id)))
        .correlate(Entry)
        .exists()
    )
    return db.session.scalars(
        select(Certificate)
        .outerjoin(Certificate.award)
        .outerjoin(Award.entry)
        .where(
            IS_PUBLIC,
            Certificate.contest_id == contest.id,
            or_(
                Entry.owner_id == user.id,
                Certificate.subject.in_(named.with_only_columns(Person.subject)),
                and_(Certificate.subject.is_(None), in_byline),
                Certificate.collective_award_id.in_(results.collective_awards_for(user, contest)),
            ),
        )
        .options(contains_eager(Certificate.award).contains_eager(Award.entry), joinedload(Certificate.blob))
        .order_by(Certificate.number)
    ).all()


def published_certificate_of(user: User, contest: Contest, number: int) -> Certificate | None:
    """Find one of somebody's published certificates by its number."""
    return next((each for each in published_certificates_of(user, contest) if each.number == number), None)


def by_fingerprint(sha256: str) -> Certificate | None:
    """Find the certificate whose drawn file has this hash, if it is public."""
    return db.session.scalar(select(Certificate).where(Certificate.sha256 == sha256, IS_PUBLIC))


def set_of(decision: Decision) -> CertificateSet | None:
    """Give the archive and the print file of a decision, once drawn."""
    return db.session.scalar(
        select(CertificateSet)
        .filter_by(decision_id=decision.id)
        .options(joinedload(CertificateSet.archive), joinedload(CertificateSet.print_file))
    )


def newest_drawing(contest: Contest) -> Job | None:
    """Give the last job that draws or drew the certificates of a contest."""
    return db.session.scalar(
        select(Job).filter_by(kind=DRAWING, contest_id=contest.id).order_by(Job.id.desc()).limit(1)
    )


def seal_key(kind: SealKind, key_id: str) -> SealKey | None:
    """Find a key that everybody may know."""
    return db.session.scalar(select(SealKey).filter_by(kind=kind, key_id=key_id))


def seal_keys(kind: SealKind) -> Sequence[SealKey]:
    """List the keys that everybody may know, those that signed first first."""
    return db.session.scalars(select(SealKey).filter_by(kind=kind).order_by(SealKey.id)).all()


def no_longer_in_force() -> list[tuple[Certificate, Certificate | None]]:
    """List every published certificate that was suspended, revoked or replaced, each with the one in its place.

    Of all contests, the newest first; one that is not public yet stands in no place.
    """
    over = db.session.scalars(
        select(Certificate)
        .where(Certificate.state != CertificateState.PREPARED, IS_PUBLIC)
        .order_by(Certificate.ended_on.desc(), Certificate.id.desc())
    ).all()
    wanted = {each.replaced_by_id for each in over if each.replaced_by_id is not None}
    public = {
        each.id: each for each in db.session.scalars(select(Certificate).where(Certificate.id.in_(wanted), IS_PUBLIC))
    }
    return [(each, public.get(each.replaced_by_id or 0)) for each in over]


def version_of_endings() -> int:
    """Count how often what is in force has changed since certificates are public: the number of the public list."""
    published = select(Publication.contest_id)
    return (
        db.session.scalar(
            select(func.count(AuditLine.id)).where(AuditLine.action == FOLLOWED, AuditLine.chain.in_(published))
        )
        or 0
    )
