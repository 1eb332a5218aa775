"""QR codes for paper."""

from __future__ import annotations

import segno


def qr(text: str) -> str:
    """Give a QR code as a ``data:`` address of an SVG image, to be put into an ``<img>`` with an ``alt``.

    The mask is fixed: choosing the best of eight costs six times as much and readers do not need it. Medium error
    correction survives a fold and a stamp's edge. The quiet zone is the document's to keep free.
    """
    uri: str = segno.make(text, error="m", mask=4, boost_error=False, micro=False).svg_data_uri(border=0, dark="#000")
    return uri
