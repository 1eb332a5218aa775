"""Official documents: one description, drawn as PDF to be signed and as DOCX to be edited, both with the same words.

A room describes its document with the words of `language` and draws it with `pdf` or `docx`::

    sheet = Sheet("QUYẾT ĐỊNH", head=Head.of(letterhead, number="Số 127-QĐ/BTGDVTU", dated="…"), blocks=(…))
    drawn = official.pdf(Document("Quyết định tặng giải", (sheet, annex)))

Paper, margins, sizes and the order of what stands on a sheet are those of Nghị định 30/2020/NĐ-CP; the sheet of a Party
organ differs in its head alone (Hướng dẫn 36-HD/VPTW). The words are those of whoever describes the document: nothing
here speaks but the head.
"""

from contest.printing.official.language import (
    Article,
    Bit,
    Blank,
    Block,
    Chart,
    Closing,
    Column,
    Document,
    Facts,
    Head,
    Heading,
    Holds,
    Manner,
    Paragraph,
    Row,
    RowKind,
    Sheet,
    Signature,
    SmallPrint,
    Table,
    Words,
    bold,
    italic,
    keep,
    plain,
)
from contest.printing.official.paper import pdf


def docx(document: Document) -> bytes:
    """Write a document as DOCX; the same words give the same bytes."""
    from contest.printing.official import word  # a hundred modules of python-docx, for what the office takes along

    return word.docx(document)


__all__ = [
    "Article",
    "Bit",
    "Blank",
    "Block",
    "Chart",
    "Closing",
    "Column",
    "Document",
    "Facts",
    "Head",
    "Heading",
    "Holds",
    "Manner",
    "Paragraph",
    "Row",
    "RowKind",
    "Sheet",
    "Signature",
    "SmallPrint",
    "Table",
    "Words",
    "bold",
    "docx",
    "italic",
    "keep",
    "pdf",
    "plain",
]
