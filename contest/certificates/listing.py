"""What is published for everybody's programs: the keys, and the certificates that are no longer in force."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from contest.certificates.models import Certificate, SealKey

FORMAT = 1


def keys_document(codes: Iterable[SealKey], files: Iterable[SealKey]) -> dict[str, Any]:
    """Write down every key that certificates were signed with."""
    return {
        "format": FORMAT,
        "codes": [
            {"kid": key.key_id, "alg": "Ed25519", "public": key.public, "withdrawn_at": _moment(key)} for key in codes
        ],
        "files": [
            {
                "sha256": key.key_id,
                "name": key.name,
                "self_signed": key.self_signed,
                "valid_until": key.valid_until.isoformat() if key.valid_until else None,
                "pem": key.public,
                "withdrawn_at": _moment(key),
            }
            for key in files
        ],
    }


def _moment(key: SealKey) -> str | None:
    return key.withdrawn_at.isoformat() if key.withdrawn_at else None


def ended_document(
    over: Sequence[tuple[Certificate, Certificate | None]], *, version: int, issuer: str
) -> dict[str, Any]:
    """Write down what is no longer in force: no names and no reasons, which stand on the page of each code."""
    return {
        "format": FORMAT,
        "issuer": issuer,
        "version": version,
        "ended": [
            {
                "code": each.shown_code,
                "register_number": each.printed["register_number"],
                "state": str(each.state),
                "since": each.ended_on.isoformat() if each.ended_on else None,
                "by": each.ended_by,
                "replaced_by": successor.shown_code if successor is not None else None,
            }
            for each, successor in over
        ],
    }
