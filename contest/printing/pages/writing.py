"""From a page to the bytes of a document: tagged for screen readers (PDF/UA-1), fonts inside, the same bytes each time.

What is read out stands in the order of the page, each line a piece of marked content of its own; ornaments are
artifacts. The structure knows the lines, the letters know what they stand for, and nothing depends on the hour.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import pydyf

from contest.printing.pages.letters import Letters, Style, letters
from contest.printing.pages.page import Figure, Line, Page, Paragraph, Placed, Rectangle

POINTS = 0.75  # to a pixel
STAMP = "/Stamp"  # how the names of forms begin that are the same in other documents
ABOVE = 16  # of a rule, where its two rectangles begin
DOTS = 8  # of a figure to one of its squares: finer than a printer needs, so that smoothing does no harm
XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt>'
    '<rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>\n'
    '<?xpacket end="r"?>'
)
TO_UNICODE = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
    "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    "{letters}endcmap CMapName currentdict /CMap defineresource pop end end"
)
MOST_IN_A_BLOCK = 100  # letters in one block of such a table


def write(page: Page) -> bytes:
    """Write a page as a document of its own."""
    return _Writer(page).written()


@dataclass
class _Used:
    """A style used on the page, its glyphs and what they stand for."""

    name: str
    letters: Letters
    texts: dict[int, str] = field(default_factory=dict)


class _Writer:
    """The objects of one document, growing."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pdf = pydyf.PDF()
        self.fonts: dict[Style, _Used] = {}
        self.forms: dict[str, bytes] = {}
        self.operators: list[str] = []
        self.elements: list[Any] = []  # of the structure, by the number of their marked content

    def written(self) -> bytes:
        """Write everything."""
        page, pdf = self.page, self.pdf
        scale = POINTS * page.enlargement
        width, height = page.width * scale, page.height * scale
        self.operators.append(f"{_number(scale)} 0 0 {_number(-scale)} 0 {_number(height)} cm")
        for ornament in page.ornaments:
            self._ornament(ornament)
        sheet = pydyf.Dictionary({"Type": "/Page", "Parent": pdf.pages.reference, "Tabs": "/S", "StructParents": 0})
        pdf.add_page(sheet)
        self._structure(sheet)
        content = _stream("\n".join(self.operators).encode())
        pdf.add_object(content)
        sheet |= {
            "MediaBox": pydyf.Array([0, 0, round(width, 6), round(height, 6)]),
            "Contents": content.reference,
            "Resources": pydyf.Dictionary(
                {"Font": pydyf.Dictionary(self._fonts()), "XObject": pydyf.Dictionary(self.forms)}
            ),
        }
        self._metadata()
        out = BytesIO()
        pdf.write(out, version=b"1.7", identifier=sha256(repr(page).encode()).digest()[:16], compress=True)
        return out.getvalue()

    def _metadata(self) -> None:
        title = self.page.title
        metadata = _stream(XMP.format(title=escape(title)).encode(), Type="/Metadata", Subtype="/XML")
        self.pdf.add_object(metadata)
        self.pdf.info["Title"] = pydyf.String(title)
        self.pdf.catalog |= {
            "Metadata": metadata.reference,
            "Lang": pydyf.String("vi"),
            "MarkInfo": pydyf.Dictionary({"Marked": "true"}),
            "ViewerPreferences": pydyf.Dictionary({"DisplayDocTitle": "true"}),
        }

    def _ornament(self, ornament: Placed | Rectangle) -> None:
        self.operators.append("/Artifact BMC")
        if isinstance(ornament, Rectangle):
            x, y, wide, high = ornament.x, ornament.y, ornament.width, ornament.height
            corners = ((x + wide, y + high), (x, y + high), (x, y), (x + wide, y))
            clip = " l ".join(f"{_number(across)} {_number(down)}" for across, down in corners).replace(" l", " m", 1)
            outer, inner = (" ".join(map(_number, (x, y - ABOVE, wide, ABOVE + tall))) for tall in (high, 0))
            # As WeasyPrint draws the border of a box: the clip is smoothed too, so that a rule is a shade paler at its
            # edges than a filled rectangle, and is not moved to whole dots as some viewers do with those.
            self.operators.append(f"q {clip} l W* n {_colour(ornament.colour)} {inner} re {outer} re f* Q")
        else:
            name = self._form(ornament)
            place = " ".join(map(_number, (ornament.scale, 0, 0, ornament.scale, ornament.x, ornament.y)))
            self.operators.append(f"q {place} cm /{name} Do Q")
        self.operators.append("EMC")

    def _form(self, placed: Placed) -> str:
        stamp = placed.stamp
        name = STAMP[1:] + sha256(stamp.content).hexdigest()[:12]
        if name not in self.forms:
            form = pydyf.Stream(
                [stamp.content],
                {
                    "Type": "/XObject",
                    "Subtype": "/Form",
                    "BBox": pydyf.Array([0, 0, stamp.width, stamp.height]),
                    "Resources": pydyf.Dictionary(),
                    "Filter": "/FlateDecode",
                },
            )
            self.pdf.add_object(form)
            self.forms[name] = form.reference
        return name

    def _structure(self, sheet: Any) -> None:
        """Write the content, and the tree that says what is what."""
        add = self.pdf.add_object
        root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        whole = pydyf.Dictionary({"Type": "/StructElem", "S": "/Document"})
        add(root)
        add(whole)
        whole["P"] = root.reference
        root["K"] = whole.reference
        kids = []
        for part in self.page.content:
            element = pydyf.Dictionary({"Type": "/StructElem", "P": whole.reference, "Pg": sheet.reference})
            add(element)
            kids.append(element.reference)
            if isinstance(part, Figure):
                self._figure(part, element)
            else:
                self._paragraph(part, element)
        whole["K"] = pydyf.Array(kids)
        root["ParentTree"] = pydyf.Dictionary(
            {"Nums": pydyf.Array([0, pydyf.Array([element.reference for element in self.elements])])}
        )
        self.pdf.catalog["StructTreeRoot"] = root.reference

    def _begin(self, tag: str, element: Any, said: str = "") -> int:
        number = len(self.elements)
        self.elements.append(element)
        self.operators.append(f"/{tag} <</MCID {number}{said}>> BDC")
        return number

    def _paragraph(self, paragraph: Paragraph, element: Any) -> None:
        element["S"] = f"/{paragraph.tag}"
        last = len(paragraph.lines) - 1
        element["K"] = pydyf.Array(
            [self._line(paragraph.tag, line, element, place < last) for place, line in enumerate(paragraph.lines)]
        )

    def _line(self, tag: str, line: Line, element: Any, goes_on: bool) -> int:
        shown, x, ambiguous = [], line.x, False
        for run in line.runs:
            used = self._use(run.style)
            shaped = used.letters.shape(run.text, run.size, run.spacing)
            for glyph, text in shaped.texts:
                ambiguous |= used.texts.setdefault(glyph, text) != text
            size = int(run.size * 1024) / 1024
            place = f"1 0 0 -1 {_number(x + run.margin)} {_number(line.y)} Tm"
            shown.append(f"{_colour(run.colour)} BT {place} /{used.name} {_number(size)} Tf {shaped.shown}{{space}} ET")
            x += shaped.width + 2 * run.margin
        # A line that goes on ends in a space that nobody sees: read aloud, its last word stays apart from the next.
        space = ""
        if goes_on:
            blank = used.letters.shape(" ", run.size)
            used.texts |= dict(blank.texts)
            space = f" {blank.shown}"
        # Two letters that look the same share a glyph; then the line says itself what it is.
        said = f"/ActualText {pydyf.String(line.text).data.decode('latin-1')}" if ambiguous else ""
        number = self._begin(tag, element, said)
        self.operators += [text.replace("{space}", space if text is shown[-1] else "") for text in shown]
        self.operators.append("EMC")
        return number

    def _figure(self, figure: Figure, element: Any) -> None:
        scale, height = POINTS * self.page.enlargement, self.page.height
        image = _stream(
            b"".join(row * DOTS for row in figure.rows),
            Type="/XObject",
            Subtype="/Image",
            Width=len(figure.rows[0]) * 8,
            Height=len(figure.rows) * DOTS,
            ColorSpace="/DeviceGray",
            BitsPerComponent=1,
        )
        self.pdf.add_object(image)
        self.forms["Figure"] = image.reference
        bottom = figure.y + figure.height
        box = (figure.x, height - bottom, figure.x + figure.width, height - figure.y)
        element["S"] = "/Figure"
        element["Alt"] = pydyf.String(figure.alt)
        element["A"] = pydyf.Dictionary(
            {"O": "/Layout", "BBox": pydyf.Array([round(side * scale, 4) for side in box]), "Placement": "/Block"}
        )
        element["K"] = pydyf.Array([self._begin("Figure", element)])
        place = " ".join(map(_number, (figure.width, 0, 0, -figure.height, figure.x, bottom)))
        self.operators += [f"q {place} cm /Figure Do Q", "EMC"]

    def _use(self, style: Style) -> _Used:
        if style not in self.fonts:
            self.fonts[style] = _Used(f"F{len(self.fonts)}", letters(style))
        return self.fonts[style]

    def _fonts(self) -> dict[str, bytes]:
        return {used.name: self._font(used) for used in self.fonts.values()}

    def _font(self, used: _Used) -> bytes:
        """Embed a font, cut down to the glyphs used; they keep the numbers of the whole font in the content."""
        style, glyphs = used.letters.style, sorted(used.texts)
        content, numbers = used.letters.cut(frozenset(glyphs))
        mapped = bytearray(2 * glyphs[-1] + 2)
        for glyph in glyphs:
            mapped[2 * glyph : 2 * glyph + 2] = numbers[glyph].to_bytes(2, "big")
        file, to_glyph = _stream(content, Length1=len(content)), _stream(bytes(mapped))
        to_unicode = _stream(_to_unicode(used.texts).encode())
        descriptor, name = pydyf.Dictionary(), _font_name(style, content)
        descendant, font = pydyf.Dictionary(), pydyf.Dictionary()
        for thing in (file, to_glyph, to_unicode, descriptor, descendant, font):
            self.pdf.add_object(thing)
        em = used.letters.em
        descriptor |= {
            "Type": "/FontDescriptor",
            "FontName": name,
            "Flags": 4 | (64 if style.slant == "italic" else 0),
            "FontBBox": pydyf.Array(used.letters.box),
            "ItalicAngle": -12 if style.slant == "italic" else 0,
            "Ascent": round(used.letters.ascender * 1000 / em),
            "Descent": round(used.letters.descender * 1000 / em),
            "CapHeight": round(used.letters.ascender * 650 / em),
            "StemV": 80,
            "FontFile2": file.reference,
        }
        widths = [part for glyph in glyphs for part in (glyph, pydyf.Array([used.letters.advance(glyph)]))]
        descendant |= {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": name,
            "CIDSystemInfo": pydyf.Dictionary(
                {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"), "Supplement": 0}
            ),
            "CIDToGIDMap": to_glyph.reference,
            "W": pydyf.Array(widths),
            "FontDescriptor": descriptor.reference,
        }
        font |= {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": name,
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([descendant.reference]),
            "ToUnicode": to_unicode.reference,
        }
        reference: bytes = font.reference
        return reference


def _font_name(style: Style, content: bytes) -> str:
    """Name a font that was cut down: six letters that no other cut has, the family, the style."""
    tag = "".join(chr(65 + byte % 26) for byte in sha256(content).digest()[:6])
    slanted = "-Italic" if style.slant == "italic" else ""
    return f"/{tag}+{style.family.replace(' ', '-')}-{style.weight}{slanted}"


def _to_unicode(texts: dict[int, str]) -> str:
    pairs = [f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>\n" for glyph, text in sorted(texts.items())]
    return TO_UNICODE.format(letters="".join(_blocks(pairs)))


def _blocks(pairs: list[str]) -> Iterator[str]:
    for start in range(0, len(pairs), MOST_IN_A_BLOCK):
        block = pairs[start : start + MOST_IN_A_BLOCK]
        yield f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n"


def _stream(content: bytes, **entries: Any) -> Any:
    """Make a compressed stream; compressed here, because pydyf would do it twice."""
    return pydyf.Stream([zlib.compress(content)], {**entries, "Filter": "/FlateDecode"})


def _colour(colour: str) -> str:
    return " ".join(_number(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5)) + " rg"


def _number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
