"""QR codes for paper."""

from __future__ import annotations

import segno

DOTS = 8  # a module: finer than a printer needs, so that a viewer that smooths pictures does no harm


def qr(text: str) -> str:
    """Give a QR code as a ``data:`` address of an image, to be put into an ``<img class="qr">`` with an ``alt``.

    A picture of dots, because a vector one costs a fifth of the drawing of a whole certificate and prints the same.
    The quiet zone is the document's to keep free.
    """
    uri: str = _code(text).png_data_uri(scale=DOTS, border=0)
    return uri


def qr_rows(text: str) -> tuple[bytes, ...]:
    """Give the rows of a QR code, a byte for each module: 0 for a dark one, 255 for a light one."""
    return tuple(bytes(0 if module & 1 else 255 for module in row) for row in _code(text).matrix)


def _code(text: str) -> segno.QRCode:
    """Encode a text.

    The mask is fixed: choosing the best of eight costs six times as much and readers do not need it. Medium error
    correction survives a fold and a stamp's edge.
    """
    return segno.make(text, error="m", mask=4, boost_error=False, micro=False)
