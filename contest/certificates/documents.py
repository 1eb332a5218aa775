"""Certificates as sheets of paper, and what programs may read of them: the keys, and what is no longer in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from math import ceil
from typing import Any

import pypdfium2

from contest import storage
from contest.certificates import codes
from contest.certificates.design import LOWEST, Box, Design
from contest.certificates.layout import set_certificate
from contest.certificates.models import Certificate, SealKey
from contest.certificates.placing import Words, beyond, place, standing
from contest.certificates.refusals import LeavesSheet
from contest.certificates.wording import Printed, tidy
from contest.printing.batch import Finish, Sheet, draw_sheets
from contest.printing.matrix import qr_rows
from contest.printing.pages import Backdrop, write
from contest.web.addresses import absolute_url

PICTURE_WIDTH = 1600
SPECIMEN = codes.make(0)  # never drawn by chance: what a preview shows where the code will stand


@dataclass(frozen=True)
class CertificateSheet(Sheet):
    """A certificate to be drawn.

    :ivar printed: its frozen words
    :ivar payload: what the QR code says besides the address
    """

    printed: Printed
    code: str
    payload: str
    design: Design

    def drawn(self) -> bytes:
        """Set the words, give them their places, and write the document.

        :raise ContestError: if the words cannot be set on one sheet
        """
        printed = tidy(self.printed)
        backdrop = _backdrop(self.design.background) if self.design.background else None
        setting = set_certificate(printed, self.design)
        return write(place(printed, setting, self.words(), self.design, self.title, backdrop))

    def words(self) -> Words:
        """Give what is drawn beside the frozen words."""
        scanned = f"{self.address}#{self.payload}" if self.payload else self.address
        return Words(codes.shown(self.code), self.address.partition("://")[2], qr_rows(scanned))


@lru_cache(2)
def _backdrop(sha256: str) -> Backdrop:
    """Read the background of a design; a batch has one."""
    return Backdrop.of(storage.path(sha256).read_bytes())


def sheet(printed: Printed, code: str, payload: str, design: Design | None = None) -> CertificateSheet:
    """Give a certificate to be drawn.

    :param design: the look of the house when left out
    """
    people = ", ".join(author["name"] for author in printed["authors"])
    title = f"Giấy chứng nhận {printed['register_number']} – {people}"
    address = absolute_url("certificates.show", code=codes.shown(code))
    return CertificateSheet(title, address, printed, code, payload, design or Design.default())


def sheets_of(certificates: Sequence[Certificate]) -> list[Sheet]:
    """Give certificates to be drawn, in the order given, each by the design that it was prepared with."""
    kept = {each.kept_design for each in certificates}
    # None is kept by certificates from before there were templates: they are drawn as the house draws.
    designs = {each: Design.default() if each is None else Design.of(each.design) for each in kept}
    return [sheet(each.printed, each.code, each.payload, designs[each.kept_design]) for each in certificates]


def draw(sheets: Sequence[Sheet], *, finish: Finish | None = None) -> Iterator[bytes]:
    """Draw sheets as documents of one page each, in the order given; twice gives the same bytes.

    :param finish: what is done with each drawn document: signing it, which gives other bytes each time
    :raise ContestError: if the words of one cannot be set
    """
    return draw_sheets(sheets, finish=finish)


def draw_specimen(printed: Printed, design: Design | None = None) -> bytes:
    """Draw words that have no number and no code yet, to see how they will stand."""
    return sheet(printed, SPECIMEN, "", design).drawn()


def check_sheet(printed: Printed, design: Design) -> None:
    """Pass when words set by a design stand on the sheet.

    :raise LeavesSheet: if some go beyond it
    """
    beyond_sheet = beyond(place(printed, set_certificate(printed, design), _specimen_words(), design, ""))
    if beyond_sheet is not None:
        raise LeavesSheet(text=beyond_sheet)


def where_parts_stand(printed: Printed, design: Design) -> dict[str, Box]:
    """Tell where the parts that stand in an area come to stand with some words.

    In hundredths, and as high as whole millimetres hold them: in a box of its own each would look the same.
    """
    found = standing(printed, set_certificate(printed, design), _specimen_words(), design)
    return {
        part: Box(round(box.x, 2), round(box.y, 2), round(box.width, 2), max(ceil(box.height + 0.1), LOWEST))
        for part, box in found.items()
    }


def _specimen_words() -> Words:
    address = absolute_url("certificates.show", code=codes.shown(SPECIMEN))
    return Words(codes.shown(SPECIMEN), address.partition("://")[2], ())


def picture(document: bytes, width: int = PICTURE_WIDTH, kind: str = "PNG") -> bytes:
    """Show the first page of a document as a picture, wide enough to proofread unless told otherwise."""
    with pypdfium2.PdfDocument(document) as opened:
        page = opened[0]
        shown = page.render(scale=width / page.get_width()).to_pil()
    out = BytesIO()
    shown.save(out, kind)
    return out.getvalue()


FORMAT = 1
"""Of the lists for programs."""


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
