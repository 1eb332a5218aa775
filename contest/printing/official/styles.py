"""The styles of an official document in a word processor, named as its users call them."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from contest.printing.official.language import Manner

FONT = "Times New Roman"
BESIDE = "Kèm theo"

HEADS = {
    Manner.BODY: "Nội dung",
    Manner.GROUND: "Căn cứ",
    Manner.FLAT: "Nội dung không thụt dòng",
    Manner.CENTRED: "Giữa trang",
    Manner.ORDER: "Thẩm quyền ban hành",
    Manner.NOTE: "Ghi chú",
    Manner.REMARKS: "Nhận xét",
}
"""Style of a paragraph by its manner."""

LEFT, MIDDLE, BOTH = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY

#: Name, size in points, alignment, bold, italic, indent of the first line in millimetres, space after in points.
STYLES: tuple[tuple[str, float, Any, bool, bool, float, float], ...] = (
    ("Nội dung", 14, BOTH, False, False, 10, 6),
    ("Căn cứ", 14, BOTH, False, True, 10, 4),
    ("Nội dung không thụt dòng", 14, LEFT, False, False, 0, 6),
    ("Giữa trang", 14, MIDDLE, False, False, 0, 6),
    ("Thẩm quyền ban hành", 14, MIDDLE, True, False, 0, 8),
    ("Ghi chú", 12, LEFT, False, True, 0, 6),
    ("Nhận xét", 14, LEFT, False, False, 0, 6),
    ("Trích yếu", 14, MIDDLE, True, False, 0, 2),
    ("Dưới tên loại", 14, MIDDLE, False, False, 0, 8),
    (BESIDE, 13, MIDDLE, False, True, 0, 8),
    ("Cơ quan chủ quản", 12.5, MIDDLE, False, False, 0, 0),
    ("Cơ quan ban hành", 12.5, MIDDLE, True, False, 0, 0),
    ("Quốc hiệu", 12.5, MIDDLE, True, False, 0, 0),
    ("Tiêu ngữ", 13.5, MIDDLE, True, False, 0, 1),
    ("Tiêu đề Đảng", 15, MIDDLE, True, False, 0, 1),
    ("Số và ký hiệu", 13, MIDDLE, False, False, 0, 6),
    ("Địa danh và ngày", 13, MIDDLE, False, True, 0, 6),
    ("Đầu bảng", 11.5, MIDDLE, True, False, 0, 2),
    ("Ô bảng", 12, LEFT, False, False, 0, 2),
    ("Nhãn", 12, LEFT, False, False, 0, 2),
    ("Nơi nhận", 12, LEFT, True, True, 0, 0),
    ("Danh sách nơi nhận", 11, LEFT, False, False, 0, 0),
    ("Quyền hạn, chức vụ", 13, MIDDLE, True, False, 0, 0),
    ("Chỗ ký", 6, MIDDLE, False, False, 0, 0),
    ("Chữ nhỏ", 8.5, LEFT, False, False, 0, 0),
    ("Đường kẻ", 3, LEFT, False, False, 0, 0),
    ("Dòng chấm", 14, LEFT, False, False, 0, 6),
)
STAYING = {"Thẩm quyền ban hành", "Quyền hạn, chức vụ", "Chỗ ký", "Trích yếu"}
"""Styles whose paragraphs stay on the page of what follows."""


def set_up(book: Any) -> None:
    """Give a new file the styles of official documents, and its language."""
    normal = book.styles["Normal"]
    _font(normal, 14)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    normal.paragraph_format.widow_control = True
    _language(normal)
    for name, size, alignment, strong, leaning, indent, after in STYLES:
        style = book.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = normal, True
        _font(style, size)
        style.font.bold, style.font.italic = strong, leaning
        _set(style, alignment, indent, after)
        style.paragraph_format.keep_with_next = name in STAYING
        if size < 14:
            style.paragraph_format.line_spacing = 1.05
    for name, alignment, before in (("Heading 1", MIDDLE, 12), ("Heading 2", LEFT, 8)):
        style = book.styles[name]
        _font(style, 14)
        style.font.bold, style.font.italic = True, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        _set(style, alignment, 0, 0 if name == "Heading 1" else 4)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.keep_with_next = True
    _font(book.styles["Header"], 13)
    book.styles["Header"].paragraph_format.alignment = MIDDLE


def _set(style: Any, alignment: Any, indent: float, after: float) -> None:
    layout = style.paragraph_format
    layout.alignment, layout.first_line_indent = alignment, Mm(indent)
    layout.space_before, layout.space_after = Pt(0), Pt(after)


def _font(style: Any, size: float) -> None:
    """Name the font for every script: a word processor else keeps another one for letters it thinks foreign."""
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{key}"), None)
    for key in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{key}"), FONT)


def _language(style: Any) -> None:
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    properties.append(language)
