"""Signatures of files: a PAdES signature by the organization's certificate, made once and kept with the file.

`credentials` finds the key (a PKCS#12 file, a token behind PKCS#11, or one that signs itself), `signature` puts the
signature behind a drawn file without touching a byte of the drawing, `timestamps` asks an outside clock where one is
set. Whether a file is signed, and whether it still is what was signed, is read by `contest.storage.tracing`.
"""

from __future__ import annotations

from contest.certificates.signing.credentials import (
    SELF_SIGNED_FILE,
    Credentials,
    KeyUnusable,
    make_self_signed,
    of_settings,
)
from contest.certificates.signing.signature import Sealing, Signature, sign

__all__ = [
    "SELF_SIGNED_FILE",
    "Credentials",
    "KeyUnusable",
    "Sealing",
    "Signature",
    "make_self_signed",
    "of_settings",
    "sign",
]
