"""Drawings that are the same on every page: drawn once by WeasyPrint, compressed once, and then only copied."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from io import BytesIO

from contest.printing.drawing import PrintingFailed, drawing

PAGE = (
    '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>-</title><style>'
    '@page {{ size: {width}px {height}px; margin: 0; background: url("{name}") 0 0 / 100% 100% no-repeat }}'
    "</style></head><body></body></html>"
)


@dataclass(frozen=True)
class Stamp:
    """A drawing in strokes and fills of solid inks, ready to be a form of any document.

    :ivar identity: tells it from other stamps of a page
    :ivar content: its operators, compressed; they count in pixels from its upper left corner
    """

    identity: str
    content: bytes
    width: float
    height: float

    @staticmethod
    @cache
    def of(name: str, width: float, height: float) -> Stamp:
        """Draw an SVG file of the print folder as a stamp of some pixels.

        :raise PrintingFailed: if it uses more than strokes and fills of solid inks
        """
        import pikepdf  # with its forty modules, for what is drawn once
        from weasyprint import HTML  # see `drawing`

        page = PAGE.format(name=escape(name), width=width, height=height)
        with drawing(()) as options:
            drawn = HTML(string=page, **options.pop("source")).write_pdf(**options)
        with pikepdf.open(BytesIO(drawn)) as document:
            (form,) = document.pages[0].Resources.XObject.values()
            content = re.sub(rb"/[Aa]1\.0 gs\n", b"", form.read_bytes())
            if re.search(rb"\b(gs|Do|Tf|sh|scn|SCN)\b", content):
                raise PrintingFailed(f"{name} uses more than strokes and fills of solid inks")
            return Stamp(sha256(content).hexdigest()[:12], zlib.compress(content, 9), width, height)
