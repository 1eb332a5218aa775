"""The register of printed sheets: one row a sheet, counted from one for each certificate."""

from __future__ import annotations

from datetime import datetime

from contest import audit
from contest.accounts.models import User
from contest.certificates import queries as certificates
from contest.certificates.models import IN_FORCE, Certificate
from contest.database import db, lock
from contest.delivery import queries, refusals
from contest.delivery.models import CertificateDownload, CertificatePrint, Taken
from contest.regulations.models import Contest


def record_download(
    contest: Contest, what: Taken, sha256: str, *, certificate: Certificate | None = None, by: User, now: datetime
) -> CertificateDownload:
    """Note who took a file from which certificates can be printed.

    :param sha256: of the drawn file
    :param certificate: of a single file
    """
    taken = CertificateDownload(
        contest_id=contest.id,
        what=what,
        certificate_id=certificate.id if certificate is not None else None,
        sha256=sha256,
        by_id=by.id,
        at=now,
    )
    db.session.add(taken)
    db.session.flush()
    audit.record(
        "certificates.file_taken",
        contest_id=contest.id,
        by=by,
        about=f"certificate:{certificate.number}" if certificate is not None else "certificates",
        now=now,
        details={"what": str(what), "sha256": sha256},
    )
    return taken


def record_prints(
    contest: Contest, number: int | None, *, source: Taken, reason: str = "", by: User, now: datetime
) -> list[CertificatePrint]:
    """Enter printed sheets into the register.

    :param number: of one certificate; None for every one in force that has no good sheet
    :param source: the file that was printed
    :param reason: needed where there is a sheet of the certificate already, spoiled or not
    :raise NothingToPrint, NoSuchNumber, ReasonNeeded: if there is nothing, nothing of that number, or no reason
    """
    lock(contest)
    chosen = list(queries.to_be_printed(contest)) if number is None else [_drawn(contest, number)]
    if not chosen:
        raise refusals.NothingToPrint
    copies = queries.last_copies(contest)
    if not reason and any(each.id in copies for each in chosen):
        raise refusals.ReasonNeeded
    made = [
        CertificatePrint(
            contest_id=contest.id,
            certificate_id=each.id,
            copy=copies.get(each.id, 0) + 1,
            source=source,
            reason=reason if each.id in copies else "",
            by_id=by.id,
            at=now,
        )
        for each in chosen
    ]
    db.session.add_all(made)
    db.session.flush()
    audit.record(
        "certificates.printed",
        contest_id=contest.id,
        by=by,
        about="certificates",
        now=now,
        details={
            "source": str(source),
            "sheets": [[each.number, sheet.copy] for each, sheet in zip(chosen, made, strict=True)],
        },
    )
    return made


def spoil(sheet: CertificatePrint, why: str, *, by: User, now: datetime) -> None:
    """Note that a printed sheet was spoiled; the certificate is then to be printed again.

    :raise SpoiledAlready: if it says so already
    """
    if lock(sheet).spoiled_at is not None:
        raise refusals.SpoiledAlready
    sheet.spoiled_at, sheet.spoiled_why, sheet.spoiled_by_id = now, why, by.id
    db.session.flush()
    audit.record(
        "certificates.sheet_spoiled",
        contest_id=sheet.contest_id,
        by=by,
        about=f"certificate:{sheet.certificate.number}",
        now=now,
        details={"copy": sheet.copy},
    )


def _drawn(contest: Contest, number: int) -> Certificate:
    certificate = certificates.numbered(contest, number)
    if certificate is None or certificate.state not in IN_FORCE or certificate.sha256 is None:
        raise refusals.NoSuchNumber(number=number)
    return certificate
