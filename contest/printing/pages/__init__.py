"""Pages of which every place is known, written as tagged PDF without a layout engine in between.

WeasyPrint lays out and then writes; where a room has decided sizes and line ends by itself, only the writing is left,
and that takes a twentieth of the time. Letters are shaped by HarfBuzz, the way WeasyPrint's Pango does it and rounded
as it rounds, so that both come to the same points; a font is cut down to the letters of its document.

Measures are CSS pixels (96 to the inch) from the upper left corner of the page.

- `page`: what a page consists of, as values
- `letters`: from a text to its glyphs and widths
- `backdrop`: a picture or a page of somebody else's under all of it
- `stamps`: drawings that are the same on every page
- `writing`: from a page to the bytes of a document
"""

from __future__ import annotations

from contest.printing.pages.backdrop import Backdrop
from contest.printing.pages.letters import Style, letters
from contest.printing.pages.page import Figure, Line, Page, Paragraph, Placed, Rectangle, Run
from contest.printing.pages.stamps import Stamp
from contest.printing.pages.writing import write

__all__ = [
    "Backdrop",
    "Figure",
    "Line",
    "Page",
    "Paragraph",
    "Placed",
    "Rectangle",
    "Run",
    "Stamp",
    "Style",
    "letters",
    "write",
]
