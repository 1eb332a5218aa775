"""Certificates as sheets of paper, from their frozen words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO

import pypdfium2
from flask import get_template_attribute

from contest.certificates import codes
from contest.certificates.layout import set_certificate
from contest.certificates.models import Certificate
from contest.certificates.wording import Printed
from contest.printing import qr
from contest.printing.batch import Sheet, draw_sheets
from contest.web.addresses import absolute_url

CSS = ("certificate.css",)
BACKGROUND = "border.svg"
PICTURE_WIDTH = 1600
SPECIMEN = codes.make(0)  # never drawn by chance: what a preview shows where the code will stand


def sheet(printed: Printed, code: str, payload: str) -> Sheet:
    """Set a certificate: its frozen words, its code, and the address with the payload as a QR code.

    :raise ContestError: if the words cannot be set on one sheet
    """
    address = absolute_url("certificates.show", code=codes.shown(code))
    markup = get_template_attribute("certificates/_sheet.html", "sheet")(
        printed=printed,
        set=set_certificate(printed),
        code=codes.shown(code),
        address=address.partition("://")[2],
        qr=qr(f"{address}#{payload}" if payload else address),
    )
    people = ", ".join(author["name"] for author in printed["authors"])
    return Sheet(str(markup), f"Giấy chứng nhận {printed['register_number']} – {people}", address)


def sheets_of(certificates: Sequence[Certificate]) -> list[Sheet]:
    """Set certificates in the order given."""
    return [sheet(each.printed, each.code, each.payload) for each in certificates]


def draw(sheets: Sequence[Sheet], *, finish: Callable[[Sheet, bytes], bytes] | None = None) -> Iterator[bytes]:
    """Draw sheets as documents of one page each, in the order given; twice gives the same bytes.

    :param finish: what is done with each drawn document: signing it, which gives other bytes each time
    """
    return draw_sheets(sheets, css=CSS, background=BACKGROUND, finish=finish)


def draw_specimen(printed: Printed) -> bytes:
    """Draw words that have no number and no code yet, to see how they will stand."""
    (drawn,) = draw([sheet(printed, SPECIMEN, "")])
    return drawn


def picture(document: bytes) -> bytes:
    """Show the first page of a document as a PNG picture, wide enough to proofread."""
    with pypdfium2.PdfDocument(document) as opened:
        page = opened[0]
        shown = page.render(scale=PICTURE_WIDTH / page.get_width()).to_pil()
    out = BytesIO()
    shown.save(out, "PNG")
    return out.getvalue()
