"""Documents read back: words of a PDF and of a DOCX in their order, and pages as they were laid out."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import is_normalized

import docx as library
import pikepdf
import weasyprint
from flask import render_template

from contest.printing import official
from contest.printing.drawing import drawing
from contest.printing.official import Document, chart, paper
from contest.printing.official.language import Table, bits, plain

HEADINGS = ("h1", "h2", "tr.group", "tr.tier")


@dataclass(frozen=True)
class LaidOut:
    """A document as the engine laid it out.

    :ivar blocks: on each page from the top down: what stands there and which element of the source it is
    """

    pdf: bytes
    blocks: tuple[tuple[tuple[str, int], ...], ...]

    @property
    def parted_rows(self) -> int:
        """Number of rows of which parts stand on two pages."""
        pages: dict[int, set[int]] = {}
        for number, page in enumerate(self.blocks):
            for name, element in page:
                if name.startswith("tr"):
                    pages.setdefault(element, set()).add(number)
        return sum(len(found) > 1 for found in pages.values())

    @property
    def feet(self) -> list[str]:
        """What stands last on each page."""
        return [page[-1][0] for page in self.blocks if page]


def lay_out(document: Document) -> LaidOut:
    """Lay a document out, and write it."""
    html = render_template(
        "documents/official.html", title=document.title, document=document, bits=bits, picture=chart.address
    )
    with drawing(paper.CSS) as options:
        laid = weasyprint.HTML(string=html, **options.pop("source")).render(**options, pdf_variant="pdf/ua-1")
        return LaidOut(
            laid.write_pdf(pdf_variant="pdf/ua-1"),
            tuple(tuple(_blocks(page._page_box)) for page in laid.pages),
        )


def _blocks(box: Any) -> Iterator[tuple[str, int]]:
    element = getattr(box, "element", None)
    tag = getattr(element, "tag", None)
    kind = type(box).__name__
    if kind == "MarginBox":
        return
    if tag == "thead":
        return
    if kind == "TableRowBox" and tag == "tr":
        yield ".".join(filter(None, ("tr", element.get("class") or ""))), id(element)
        return
    if kind == "BlockBox" and tag in ("h1", "h2", "p", "img"):
        yield tag, id(element)
        return
    for child in getattr(box, "children", ()):
        yield from _blocks(child)


def words_of_pdf(written: bytes, document: Document, path: Any) -> list[str]:
    """Read the words of a PDF in the order in which they are drawn, without page numbers and repeated heads."""
    path.write_bytes(written)
    answer = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    heads = [
        " ".join(plain(column.head) for column in block.columns).split()
        for sheet in document.sheets
        for block in sheet.blocks
        if isinstance(block, Table)
    ]
    found: list[str] = []
    number = 1
    for page in answer.split("\f"):
        *rest, last = page.strip().split("\n")
        number = number + 1 if last == str(number + 1) else 1
        words = (" ".join(rest) if number > 1 else page).split()
        for head in heads:
            if words[: len(head)] == head and _continues(found, head):
                words = words[len(head) :]
                break
        found += words
    return found


def _continues(found: list[str], head: list[str]) -> bool:
    """Whether a head has stood before."""
    joined = "\x1f".join(found)
    return "\x1f".join(head) in joined


def words_of_docx(written: bytes) -> list[str]:
    """Read the words of a DOCX in the order of its paragraphs and cells."""
    found: list[str] = []
    for block in library.Document(BytesIO(written)).iter_inner_content():
        if not hasattr(block, "rows"):
            found += block.text.split()
            continue
        for row in block.rows:
            seen: list[Any] = []
            for cell in row.cells:
                if cell._tc not in seen:
                    seen.append(cell._tc)
                    found += [word for each in cell.paragraphs for word in each.text.split()]
    return found


def fonts_of(written: bytes) -> tuple[set[str], bool]:
    """Names of the fonts of a PDF, and whether all are embedded and cut down to their letters."""
    names, whole = set(), True
    for page in pikepdf.open(BytesIO(written)).pages:
        for font in page.Resources.get("/Font", {}).values():
            names.add(str(font.BaseFont).split("+")[-1])
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            whole &= "/FontFile2" in inner.FontDescriptor or "/FontFile3" in inner.FontDescriptor
            whole &= "+" in str(font.BaseFont)
    return names, whole


def is_sound(written: bytes, path: Any) -> bool:
    """Whether qpdf finds nothing to mend."""
    path.write_bytes(written)
    return subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode == 0


def check_document(document: Document, folder: Path) -> None:
    """Draw a document both ways and hold it to what is promised of every one."""
    laid, written = lay_out(document), official.docx(document)
    words = words_of_pdf(laid.pdf, document, folder / "document.pdf")
    assert words == words_of_docx(written)
    assert all(is_normalized("NFC", word) for word in words)
    assert laid.parted_rows == 0
    assert [foot for foot in laid.feet if foot in HEADINGS] == []
    assert is_sound(laid.pdf, folder / "document.pdf")
    names, whole = fonts_of(laid.pdf)
    assert whole
    assert all(name.startswith("Liberation-Serif") for name in names)
