"""An official document as DOCX, to be edited: the same words in the same order as the PDF, in real styles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any
from unicodedata import normalize
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx as library
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from contest.printing.fonts import face
from contest.printing.official import chart
from contest.printing.official.language import (
    Bit,
    Blank,
    Chart,
    Closing,
    Document,
    Facts,
    Head,
    Heading,
    Holds,
    Paragraph,
    RowKind,
    Sheet,
    SmallPrint,
    Table,
    Words,
    bits,
)
from contest.printing.official.styles import BESIDE, HEADS, set_up

UPRIGHT, LYING = 165.0, 262.0
"""Width of the text on upright paper and on paper that lies across, in millimetres."""
UNDATED = date(2000, 1, 1)
"""Kept as the day of a file whose document leaves it open."""
ALIGNED = {
    Holds.TEXT: WD_ALIGN_PARAGRAPH.LEFT,
    Holds.COUNT: WD_ALIGN_PARAGRAPH.CENTER,
    Holds.MONEY: WD_ALIGN_PARAGRAPH.RIGHT,
}


def docx(document: Document) -> bytes:
    """Write a document as DOCX; the same words give the same bytes."""
    book = library.Document()
    set_up(book)
    _describe(book, document)
    for number, sheet in enumerate(document.sheets):
        section = book.sections[0] if not number else book.add_section(WD_SECTION.NEW_PAGE)
        _lay_out(section, sheet)
        _write(book, sheet)
    out = BytesIO()
    book.save(out)
    return _without_hour(out.getvalue())


def _describe(book: Any, document: Document) -> None:
    """Say in the file what it is, and nothing of the machine that wrote it."""
    about = book.core_properties
    about.title, about.language = document.title[:255], "vi-VN"
    about.author = about.last_modified_by = about.comments = ""
    about.created = about.modified = datetime.combine(document.dated or UNDATED, time(), UTC)


def _without_hour(written: bytes) -> bytes:
    """Pack the parts of a file again, without the hour at which it was written."""
    out = BytesIO()
    with ZipFile(BytesIO(written)) as there, ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name in there.namelist():
            packed.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), there.read(name), ZIP_DEFLATED)
    return out.getvalue()


# Pages ----------------------------------------------------------------------------------------------------------------


def _lay_out(section: Any, sheet: Sheet) -> None:
    """Give a sheet its paper, its margins, and page numbers of its own from the second page on."""
    short, long = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.lies else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if sheet.lies else (short, long)
    section.top_margin, section.right_margin = Mm(20), Mm(15)
    section.bottom_margin, section.left_margin = (Mm(18), Mm(20)) if sheet.lies else (Mm(20), Mm(30))
    section.header_distance = Mm(11)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    numbers = section.header.paragraphs[0]
    numbers.style = "Header"
    _field(numbers, "PAGE")
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    section._sectPr.append(start)  # no other way is offered


def _field(paragraph: Any, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        run._r.append(mark)


def _write(book: Any, sheet: Sheet) -> None:
    room = LYING if sheet.lies else UPRIGHT
    if sheet.head is not None:
        _masthead(book, sheet.head, room)
    book.add_paragraph(_nfc(sheet.title), style="Heading 1")
    if sheet.about:
        _say(book.add_paragraph(style="Trích yếu" if sheet.ruled else "Dưới tên loại"), "\n".join(sheet.about))
    if sheet.about and sheet.ruled:
        _rule(book.add_paragraph(style="Đường kẻ"), room, room * 0.34)
    if sheet.beside:
        book.add_paragraph(_nfc(sheet.beside), style=BESIDE)
    for block in sheet.written_out:
        _block(book, block, room)


# Blocks ---------------------------------------------------------------------------------------------------------------


def _block(book: Any, block: Any, room: float) -> None:
    match block:
        case Paragraph(words, manner):
            _say(book.add_paragraph(style=HEADS[manner]), words)
        case Heading(text):
            book.add_paragraph(_nfc(text), style="Heading 2")
        case Facts():
            _facts(book, block, room)
        case Table():
            _grid(book, block, room)
        case Chart():
            picture = book.add_picture(BytesIO(chart.png(block)), width=Mm(min(room, chart.WIDTH)))
            picture._inline.docPr.set("descr", _nfc(block.says))
        case Blank(lines):
            for _ in range(lines):
                _bordered(book.add_paragraph(style="Dòng chấm"), "bottom", "dotted")
        case Closing():
            _closing(book, block, room)
        case SmallPrint(words):
            _say(book.add_paragraph(style="Chữ nhỏ"), words)


def _say(paragraph: Any, words: Words | Sequence[Bit], *, strong: bool = False, leaning: bool = False) -> None:
    """Write the pieces of a text into a paragraph."""
    for bit in words if isinstance(words, list) else bits(words):  # type: ignore[arg-type]
        run = paragraph.add_run(_nfc(bit.text))
        run.bold = True if bit.bold or strong else None
        run.italic = True if bit.italic or leaning else None


def _nfc(text: str) -> str:
    return normalize("NFC", text)


def _masthead(book: Any, head: Head, room: float) -> None:
    left = room * (0.47 if head.is_party else 0.41)
    table = _frame(book, 2 if head.number or head.dated else 1, (left, room - left))
    body, state = table.rows[0].cells
    _first(body, head.superior, "Cơ quan chủ quản")
    body.add_paragraph(_nfc(head.issuer), style="Cơ quan ban hành")
    if head.is_party:
        body.add_paragraph("*", style="Cơ quan chủ quản")
        title = "ĐẢNG CỘNG SẢN VIỆT NAM"
        _first(state, title, "Tiêu đề Đảng")
        _rule(state.add_paragraph(style="Đường kẻ"), room - left, face("Liberation Serif", 700).width(title, 15))
    else:
        _rule(body.add_paragraph(style="Đường kẻ"), left, left * 0.4)
        _first(state, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Quốc hiệu")
        motto = "Độc lập - Tự do - Hạnh phúc"
        state.add_paragraph(motto, style="Tiêu ngữ")
        _rule(state.add_paragraph(style="Đường kẻ"), room - left, face("Liberation Serif", 700).width(motto, 13.5))
    if len(table.rows) > 1:
        number, dated = table.rows[1].cells
        _first(number, head.number, "Số và ký hiệu")
        _first(dated, head.dated, "Địa danh và ngày")


def _facts(book: Any, facts: Facts, room: float) -> None:
    table = _frame(book, len(facts.lines), (44, room - 44))
    for row, (label, value) in zip(table.rows, facts.lines, strict=True):
        _first(row.cells[0], label, "Nhãn")
        _say(_emptied(row.cells[1], "Ô bảng"), value)
        for cell in row.cells:
            _bordered_cell(cell, "bottom")
    book.add_paragraph(style="Đường kẻ")


def _grid(book: Any, grid: Table, room: float) -> None:
    widths = grid.widths(room)
    placed = list(grid.placed())
    table = book.add_table(rows=1 + len(placed), cols=len(widths), style="Table Grid")
    _fix(table, widths)
    rows = list(table.rows)
    for cell, column in zip(rows[0].cells, grid.columns, strict=True):
        _first(cell, column.head, "Đầu bảng")
    _flag(rows[0], "w:tblHeader")
    last = len(placed)
    for number, (row, (kind, cells)) in enumerate(zip(rows[1:], placed, strict=True), 1):
        _flag(row, "w:cantSplit")
        there = row.cells
        at = 0
        # Rows over lines stay with them, and so do the last three: no page holds fewer.
        stays = kind.is_over_lines or last - 2 <= number < last
        for cell in cells:
            target = there[at] if cell.span == 1 else there[at].merge(there[at + cell.span - 1])
            paragraph = _emptied(target, "Ô bảng")
            strong = kind.kind is not RowKind.LINE
            _say(paragraph, list(cell.words), strong=strong, leaning=kind.kind is RowKind.TIER)
            paragraph.alignment = ALIGNED[cell.holds]
            paragraph.paragraph_format.keep_with_next = True if stays else None
            at += cell.span
        if grid.is_form:
            row.height = Mm(11)
    book.add_paragraph(style="Đường kẻ")


def _closing(book: Any, closing: Closing, room: float) -> None:
    left = closing.recipients or closing.aside or len(closing.signatures) == 1
    share = room * 0.42
    each = (room - (share if left else 0)) / len(closing.signatures)
    table = _frame(book, 1, (*([share] if left else []), *[each] * len(closing.signatures)))
    cells = list(table.rows[0].cells)
    if left:
        to = cells.pop(0)
        if closing.recipients:
            _first(to, "Nơi nhận:", "Nơi nhận")
            for recipient in closing.recipients:
                to.add_paragraph(_nfc(f"- {recipient}"), style="Danh sách nơi nhận")
        else:
            _say(_emptied(to, "Chữ nhỏ"), closing.aside)
    for cell, one in zip(cells, closing.signatures, strict=True):
        _first(cell, "\n".join(one.power), "Quyền hạn, chức vụ")
        if one.hint:
            cell.add_paragraph(_nfc(one.hint), style=BESIDE)
        space = cell.add_paragraph(style="Chỗ ký")
        space.paragraph_format.space_after = Mm(24)
        cell.add_paragraph(_nfc(one.name), style="Quyền hạn, chức vụ")


# Tables and rules, for which the library has no words -----------------------------------------------------------------


def _frame(book: Any, rows: int, widths: Sequence[float]) -> Any:
    """A table without lines, as a frame for what stands side by side."""
    table = book.add_table(rows=rows, cols=len(widths))
    _fix(table, widths)
    for row in table.rows:
        _flag(row, "w:cantSplit")
    return table


def _fix(table: Any, widths: Sequence[float]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def _flag(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _emptied(cell: Any, style: str) -> Any:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    return paragraph


def _first(cell: Any, text: str, style: str) -> None:
    _say(_emptied(cell, style), text)


def _rule(paragraph: Any, room: float, width: float) -> None:
    """Draw a rule in the middle, as long as said."""
    indent = (room - width) / 2
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(max(indent, 0))
    _bordered(paragraph, "top", "single")


def _bordered(paragraph: Any, side: str, line: str) -> None:
    borders = OxmlElement("w:pBdr")
    borders.append(_line(side, line))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, *_AFTER_BORDERS)


_AFTER_BORDERS = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")


def _bordered_cell(cell: Any, side: str) -> None:
    borders = OxmlElement("w:tcBorders")
    borders.append(_line(side, "single"))
    cell._tc.get_or_add_tcPr().append(borders)


def _line(side: str, line: str) -> Any:
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", line), ("sz", "4"), ("space", "1"), ("color", "auto")):
        edge.set(qn(f"w:{name}"), value)
    return edge
