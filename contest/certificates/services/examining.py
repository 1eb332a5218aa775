"""Saying of a file that somebody has whether it is one of ours, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from contest import storage
from contest.certificates import codes, queries
from contest.certificates.codes import CodeUnreadable
from contest.certificates.comparing import Difference, Verdict, differences
from contest.certificates.models import Certificate, CertificateState, SealKind
from contest.storage import limited
from contest.storage.errors import ParserFailed

SECONDS = 10  # of the limited process
MEGABYTES = 1024
TRACING = "tracing.py"

OF_STATE = {
    CertificateState.PREPARED: Verdict.GENUINE,
    CertificateState.SUSPENDED: Verdict.SUSPENDED,
    CertificateState.REVOKED: Verdict.REVOKED,
    CertificateState.SUPERSEDED: Verdict.SUPERSEDED,
}


@dataclass(frozen=True)
class Examined:
    """What is said of a file.

    :ivar certificate: the one that the file is, or once was; none for a file that is unknown
    :ivar appended: the file is one of ours to which something was added after it was signed
    :ivar is_pdf: whether it is a PDF at all
    """

    verdict: Verdict
    certificate: Certificate | None = None
    differences: Sequence[Difference] = ()
    appended: bool = False
    is_pdf: bool = True


def examine(path: Path) -> Examined:
    """Say what a file is. It is only read here by the byte; whatever understands it runs in the limited process.

    A certificate that is not published yet is answered like one that does not exist: no step is left out for it.
    """
    with path.open("rb") as opened:
        whole = file_digest(opened, "sha256").hexdigest()
    certificate = queries.by_fingerprint(whole)
    if certificate is not None:
        return Examined(OF_STATE[certificate.state], certificate)
    roots = [key.public for key in queries.seal_keys(SealKind.FILE)]
    try:
        traced = limited.ask(TRACING, "trace", seconds=SECONDS, megabytes=MEGABYTES, path=str(path), roots=roots)
    except ParserFailed:
        return Examined(Verdict.UNKNOWN)
    covered = [queries.by_fingerprint(each["sha256"]) for each in traced["signatures"]]
    named = [queries.public_certificate(code) for code in _codes(traced["codes"])]
    certificate = next((each for each in [*covered, *named] if each is not None), None)
    if certificate is None:
        return Examined(Verdict.UNKNOWN, is_pdf=traced["is_pdf"])
    return Examined(
        Verdict.ALTERED,
        certificate,
        differences(_issued_lines(certificate), traced["lines"]),
        appended=any(covered),
        is_pdf=traced["is_pdf"],
    )


def _codes(found: Sequence[str]) -> list[str]:
    read = []
    for each in found:
        try:
            read.append(codes.read(each))
        except CodeUnreadable:
            continue
    return read


def _issued_lines(certificate: Certificate) -> list[str]:
    if certificate.sha256 is None:
        return []
    path = str(storage.path(certificate.sha256))
    lines: list[str] = limited.ask(TRACING, "words", seconds=SECONDS, megabytes=MEGABYTES, path=path)["lines"]
    return lines
