"""Drawing cards as pictures of 1200 by 630 points of light, which is what every network shows in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Final

import pypdfium2

from contest import printing
from contest.showcase.cards import Card

WIDTH: Final = 1200
CHUNK: Final = 20
"""Cards set in one document: fonts are loaded once for all of them, and memory stays small."""


def pictures(cards: Sequence[Card]) -> Iterator[bytes]:
    """Draw cards as PNG pictures, in their order. The same card gives the same bytes."""
    for first in range(0, len(cards), CHUNK):
        chunk = cards[first : first + CHUNK]
        document = printing.pdf("showcase/cards.html", css=("cards.css",), title=chunk[0].contest, cards=chunk)
        with pypdfium2.PdfDocument(document) as opened:
            for page in opened:
                drawn = page.render(scale=WIDTH / page.get_width()).to_pil()
                out = BytesIO()
                drawn.convert("RGB").quantize(128, dither=0).save(out, "PNG", optimize=True)
                yield out.getvalue()
