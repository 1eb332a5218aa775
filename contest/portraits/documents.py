"""The exemplars on paper: a booklet to be printed and handed on."""

from __future__ import annotations

from typing import Final

from contest import printing
from contest.portraits.collection import Collection
from contest.regulations.lines import lines
from contest.regulations.schema import Regulation

PDF: Final = "application/pdf"


def booklet(found: Collection, regulation: Regulation, *, address: str) -> bytes:
    """Draw all exemplars as an A5 booklet, field by field.

    :param address: of the list, printed so that a reader finds what is newer
    """
    return printing.pdf(
        "documents/portraits.html",
        css=("portraits.css",),
        title=f"Những tấm gương trong {regulation.name}",
        regulation=regulation,
        name_lines=lines(regulation.name),
        found=found,
        fields=found.by_field(found.portraits),
        address=address,
        code=printing.qr(address),
    )
