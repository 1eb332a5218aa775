"""The register of printed sheets, and who took the files that sheets are printed from."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from contest.certificates.models import IN_FORCE, Certificate
from contest.database import db
from contest.delivery.models import CertificateDownload, CertificatePrint
from contest.regulations.models import Contest


def prints(contest: Contest, number: int | None = None) -> Select[CertificatePrint]:
    """Ask for the printed sheets of a contest by register number and copy.

    :param number: only those of this certificate
    """
    wanted = (
        select(CertificatePrint)
        .join(CertificatePrint.certificate)
        .where(CertificatePrint.contest_id == contest.id)
        .options(
            contains_eager(CertificatePrint.certificate),
            joinedload(CertificatePrint.by),
            joinedload(CertificatePrint.spoiled_by),
        )
        .order_by(Certificate.number, CertificatePrint.copy)
    )
    return wanted.where(Certificate.number == number) if number is not None else wanted


def print_of(contest: Contest, print_id: int) -> CertificatePrint | None:
    """Find one printed sheet."""
    return db.session.scalar(prints(contest).where(CertificatePrint.id == print_id))


def last_copies(contest: Contest) -> dict[int, int]:
    """Give how many sheets of each certificate were printed, spoiled ones counted."""
    counted = select(CertificatePrint.certificate_id, func.max(CertificatePrint.copy)).where(
        CertificatePrint.contest_id == contest.id
    )
    return dict(db.session.execute(counted.group_by("certificate_id")).all())


def unspoiled(contest: Contest) -> set[int]:
    """The certificates of which there is a good sheet."""
    good = select(CertificatePrint.certificate_id).filter_by(contest_id=contest.id, spoiled_at=None)
    return set(db.session.scalars(good))


def to_be_printed(contest: Contest) -> Sequence[Certificate]:
    """List the certificates in force that are drawn and have no good sheet, by register number."""
    return db.session.scalars(
        select(Certificate)
        .where(
            Certificate.contest_id == contest.id,
            Certificate.state.in_(IN_FORCE),
            Certificate.sha256.is_not(None),
            Certificate.id.not_in(unspoiled(contest)),
        )
        .order_by(Certificate.number)
    ).all()


def downloads(contest: Contest) -> Select[CertificateDownload]:
    """Ask who took which file, the newest first."""
    return (
        select(CertificateDownload)
        .filter_by(contest_id=contest.id)
        .options(joinedload(CertificateDownload.by), joinedload(CertificateDownload.certificate))
        .order_by(CertificateDownload.at.desc(), CertificateDownload.id.desc())
    )
