"""An official document as a PDF."""

from __future__ import annotations

from contest.printing.drawing import pdf as draw_template
from contest.printing.official import chart
from contest.printing.official.language import Document, bits

CSS = ("official.css",)


def pdf(document: Document) -> bytes:
    """Draw a document as a tagged PDF; the same words give the same bytes.

    :raise PrintingFailed: if something that the document needs is missing
    """
    return draw_template(
        "documents/official.html",
        css=CSS,
        title=document.title,
        document=document,
        bits=bits,
        picture=chart.address,
    )
