"""Putting a signature behind a drawn file: the drawing stays byte for byte as it was.

The signature is PAdES B-B, or B-T with the time of an outside server. Its field is hidden, so that it is no thing to be
read out, and the tags of the drawing stay whole (PDF/UA-1). It says what the file is and where to ask about it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from contest.certificates.signing.credentials import Credentials
from contest.printing.batch import Sheet

if TYPE_CHECKING:
    from pyhanko.sign.signers import PdfSigner

FIELD = "ChuKySo"
FIELD_NAME = "Chữ ký số của Ban Tổ chức"
ALGORITHM = "sha256"
HOLE = b"/Contents <"
ROOM = 1024  # bytes that a signature is given are a multiple of this


@dataclass(frozen=True)
class Signature:
    """What a signature says of itself.

    :ivar reason: what is signed, in words
    :ivar address: where to ask whether it is still in force
    :ivar at: the moment, by the clock of this machine
    """

    reason: str
    address: str
    at: datetime


def sign(document: bytes, credentials: Credentials, words: Signature, *, room: int | None = None) -> bytes:
    """Put a signature behind a document.

    :param room: bytes to leave for the signature; worked out by a trial signature when left out
    :raise TimestampRefused: if the server that is to vouch for the moment does not
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(document))
    signed: bytes = _signer(credentials, words).sign_pdf(writer, bytes_reserved=room).getvalue()
    return signed


class Sealing:
    """Signs the documents of one drawing, all with the same key and moment."""

    def __init__(self, credentials: Credentials, at: datetime) -> None:
        self._credentials = credentials
        self._at = at
        self._room: int | None = None

    def __call__(self, sheet: Sheet, document: bytes) -> bytes:
        """Sign the document that a sheet became; how much room a signature takes is tried out with the first."""
        words = Signature(sheet.title, sheet.address, self._at)
        signed = sign(document, self._credentials, words, room=self._room)
        if self._room is None:
            start = signed.rindex(HOLE) + len(HOLE)
            self._room = math.ceil((signed.index(b">", start) - start) / ROOM) * ROOM
        return signed


def _signer(credentials: Credentials, words: Signature) -> PdfSigner:
    from pyhanko.sign import signers
    from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter

    class Moment(signers.PdfSigner):
        """Signs at the moment of our clock."""

        def init_signing_session(self, *arguments: Any, **options: Any) -> Any:
            """Begin a signature."""
            session = super().init_signing_session(*arguments, **options)
            session.system_time = words.at
            return session

    return Moment(
        signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm=ALGORITHM,
            subfilter=SigSeedSubFilter.PADES,
            reason=words.reason,
            contact_info=words.address,
            name=credentials.name,
        ),
        credentials.signer(),
        timestamper=_timestamper(credentials),
        new_field_spec=SigFieldSpec(
            FIELD,
            readable_field_name=FIELD_NAME,
            # Out of bounds and hidden: nothing to see, and by PDF/UA-1 (7.18.1) nothing to tag.
            invis_sig_settings=InvisSigSettings(set_print_flag=False, set_hidden_flag=True, box_out_of_bounds=True),
        ),
    )


def _timestamper(credentials: Credentials) -> Any:
    if not credentials.timestamp_url:
        return None
    from contest.certificates.signing.timestamps import FencedTimeStamper

    return FencedTimeStamper(credentials.timestamp_url, allow_private=credentials.timestamp_private)
