"""Keys that everybody may know: each is written down once, and stays for as long as what it signed."""

from __future__ import annotations

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from contest import audit
from contest.accounts.models import User
from contest.certificates import queries, seal
from contest.certificates.models import SealKey, SealKind
from contest.certificates.signing import Credentials
from contest.database import db


def know_certificate(credentials: Credentials, *, now: datetime) -> SealKey:
    """Write down the certificate that files are signed with, if it is not known yet."""
    return _know(
        SealKey(
            kind=SealKind.FILE,
            key_id=credentials.fingerprint,
            public=credentials.pem,
            name=credentials.name,
            self_signed=credentials.is_self_signed,
            valid_until=credentials.valid_until,
            known_since=now,
        )
    )


def know_code_key(key: Ed25519PublicKey, *, now: datetime) -> SealKey:
    """Write down the key that square codes are signed with, if it is not known yet."""
    return _know(SealKey(kind=SealKind.CODE, key_id=seal.key_id(key), public=seal.public_text(key), known_since=now))


def _know(key: SealKey) -> SealKey:
    known = queries.seal_key(key.kind, key.key_id)
    if known is not None:
        return known
    db.session.add(key)
    db.session.flush()
    audit.record(
        "certificates.key_known",
        contest_id=None,
        by=None,
        about=f"key:{key.kind}",
        now=key.known_since,
        details={"key": key.key_id, "self_signed": key.self_signed},
    )
    return key


def withdraw_key(key: SealKey, *, why: str, by: User | None, now: datetime) -> None:
    """Say that somebody else may have got hold of a key: from now on nothing is believed for its sake alone."""
    if key.withdrawn_at is not None:
        return
    key.withdrawn_at, key.withdrawn_why = now, why
    audit.record(
        "certificates.key_withdrawn",
        contest_id=None,
        by=by,
        about=f"key:{key.kind}",
        now=now,
        details={"key": key.key_id},
    )
